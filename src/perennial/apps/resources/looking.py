"""Looks whether an address on the web answers: HEAD, then GET; only public machines, only where robots.txt lets us."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from perennial.core.values.late import late

if TYPE_CHECKING:
    import httpx
else:
    httpx = late("httpx")

NAME = "PerennialLinks"
MOST_HOPS = 5
ROBOTS_BYTES = 500_000
SECONDS = 10.0
FOR_GOOD = (301, 308)
GONE = (404, 410)
PORTS = {"http": 80, "https": 443}
MayAsk = Callable[[str, int], bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found, by the words of `Look.Found`; the status where there was one, and a sentence where there is more to say."""

    found: str
    status: int | None = None
    says: str = ""


class NotAsked(Exception):
    """The address may not be asked; the message says why."""


def is_public(address: str, port: int) -> bool:
    """Whether a machine is one of the public web: no private, local or reserved address, and none but the usual ports."""
    return ipaddress.ip_address(address).is_global and port in PORTS.values()


def look_at(address: str, *, agent: str, may_ask: MayAsk = is_public, seconds: float = SECONDS) -> Seen:
    """Look at an address, through at most five redirects. `agent` is how the site names itself."""
    try:
        with httpx.Client(timeout=seconds, headers={"User-Agent": f"{NAME} {agent}"}, trust_env=False) as client:
            return _followed(client, address, may_ask)
    except NotAsked as reason:
        return Seen("not_asked", None, str(reason))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as fault:
        return Seen("silent", None, f"{type(fault).__name__}: {fault}")


def _followed(client: "httpx.Client", address: str, may_ask: MayAsk) -> Seen:
    here, for_good = address, True
    for _ in range(MOST_HOPS + 1):
        _ask_robots(client, here, may_ask)
        status, to = _ask(client, "HEAD", here, may_ask)
        if status >= httpx.codes.BAD_REQUEST:
            status, to = _ask(client, "GET", here, may_ask)
        if not to:
            return _judged(status, here, moved=for_good and here != address)
        for_good = for_good and status in FOR_GOOD
        here = urljoin(here, to)
    return Seen("fails", status, f"more than {MOST_HOPS} redirects, the last to {here}")


def _judged(status: int, here: str, *, moved: bool) -> Seen:
    if status in GONE:
        return Seen("gone", status)
    if status >= httpx.codes.MULTIPLE_CHOICES:
        return Seen("fails", status)
    return Seen("moved", status, f"now at {here}") if moved else Seen("works", status)


def _ask_robots(client: "httpx.Client", address: str, may_ask: MayAsk) -> None:
    """Raises NotAsked where the site's robots.txt forbids the address, or cannot be had for a fault of the site."""
    parts = urlsplit(address)
    with _stream(client, "GET", f"{parts.scheme}://{parts.netloc}/robots.txt", may_ask) as reply:
        if reply.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise NotAsked(f"robots.txt answered with {reply.status_code}, so nothing was asked")
        if reply.status_code != httpx.codes.OK:
            return
        text = bytearray()
        for piece in reply.iter_bytes():
            text += piece
            if len(text) > ROBOTS_BYTES:
                break
    rules = RobotFileParser()
    rules.parse(text.decode("utf-8", "replace").splitlines())
    if not rules.can_fetch(NAME, address):
        raise NotAsked("robots.txt asks programs not to open it")


def _ask(client: "httpx.Client", method: str, address: str, may_ask: MayAsk) -> tuple[int, str]:
    """The status, and where a redirect leads; the body is not read."""
    with _stream(client, method, address, may_ask) as reply:
        return reply.status_code, reply.headers.get("location", "") if reply.is_redirect else ""


def _stream(client: "httpx.Client", method: str, address: str, may_ask: MayAsk) -> "AbstractContextManager[httpx.Response]":
    """Ask the very machine that was looked up, so that a name cannot lead elsewhere between the look and the question."""
    url = httpx.URL(address)
    if url.scheme not in PORTS or not url.host or url.userinfo:
        raise NotAsked("it is no plain address of the web")
    port = url.port or PORTS[url.scheme]
    found = {entry[4][0] for entry in socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)}
    machines = sorted(str(machine) for machine in found)
    if not machines or not all(may_ask(machine, port) for machine in machines):
        raise NotAsked("it leads to a machine that is not of the public web")
    headers = {"Host": url.netloc.decode("ascii")}
    return client.stream(method, url.copy_with(host=machines[0]), headers=headers, extensions={"sni_hostname": url.host})
