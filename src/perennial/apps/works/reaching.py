"""Asks services of others from the background: politely, with limits on size and time, waiting and asking again where they say so."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from perennial.apps.works.asking import Unanswered, agent
from perennial.core.values.late import late

if TYPE_CHECKING:
    import httpx
else:
    httpx = late("httpx")

LARGEST_BYTES = 48 * 1024 * 1024  # of one answer: 200 records of PubMed take about 2 MB
SECONDS, SECONDS_TO_CONNECT = 60.0, 10.0
TRIES, FIRST_WAIT, LONGEST_NAP = 4, 2.0, 60.0  # a longer wait ends the job, which is tried again later
LONGEST_WAIT = 24 * 3600.0
AGAIN = {HTTPStatus.TOO_MANY_REQUESTS, 500, 502, 503, 504}
NO_NETWORK = "This site asks no other services (PERENNIAL_NETWORK), so it works on what it has."


@dataclass
class Pace:
    """How often a service may be asked by this process: the least seconds between two questions, by a clock and a way to wait."""

    least: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    last: float = field(default=float("-inf"))

    def turn(self) -> None:
        """Wait until the next question may be asked."""
        rest = self.last + self.least - self.clock()
        if rest > 0:
            self.sleep(rest)
        self.last = self.clock()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a service: its name for people, the address, what is asked, and how often it may be."""

    service: str
    address: str
    params: Mapping[str, str | int]
    pace: Pace


def answer_to(asked: Asked) -> bytes:
    """The whole answer. Asks again after faults that pass, at most four times; raises Unanswered with a sentence that says why."""
    if not settings.NETWORK:
        raise Unanswered(NO_NETWORK)
    waiting = cache.get(_key(asked.service), 0.0) - time.time()
    if waiting > 0:
        raise Unanswered(f"{asked.service} asked us to wait. Try again in {round(waiting) + 1} seconds.")
    says = ""
    for number in range(TRIES):
        asked.pace.turn()
        body, says, wait = _once(asked)
        if body is not None:
            return body
        wait = wait if wait is not None else FIRST_WAIT * 2**number
        if wait > LONGEST_NAP:
            cache.set(_key(asked.service), time.time() + wait, timeout=wait)
            raise Unanswered(f"{asked.service} asked us to wait. Try again in {round(wait)} seconds.")
        if number < TRIES - 1:
            asked.pace.sleep(wait)
    raise Unanswered(f"{says} It was asked {TRIES} times. Try again later.")


def _once(asked: Asked) -> tuple[bytes | None, str, float | None]:
    """The answer; or None, why, and how long the service asks to wait, if it says. Raises Unanswered for what will not pass."""
    try:
        with (
            httpx.Client(timeout=httpx.Timeout(SECONDS, connect=SECONDS_TO_CONNECT), headers={"User-Agent": agent()}) as client,
            client.stream("GET", asked.address, params=dict(asked.params)) as reply,
        ):
            if reply.status_code in AGAIN:
                return None, f"{asked.service} answered with status {reply.status_code}.", _seconds(reply.headers.get("retry-after", ""))
            if reply.status_code != httpx.codes.OK:
                raise Unanswered(f"{asked.service} answered with status {reply.status_code}: the question is not one that it takes.")
            return _body(reply, asked.service), "", None
    except httpx.RemoteProtocolError:
        return None, f"{asked.service}'s answer was not whole.", None
    except httpx.HTTPError as fault:
        return None, f"{asked.service} could not be reached ({type(fault).__name__}).", None


def _body(reply: "httpx.Response", service: str) -> bytes:
    body = bytearray()
    for piece in reply.iter_bytes():
        body += piece
        if len(body) > LARGEST_BYTES:
            raise Unanswered(f"{service}'s answer was larger than {LARGEST_BYTES // 1024 // 1024} MB, and was not read.")
    if bytes(body[:200]).lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise Unanswered(f"{service} answered with a web page where data was promised. Try again later.")
    return bytes(body)


def _seconds(text: str) -> float | None:
    """What `Retry-After` says: seconds, or a moment."""
    if text.isdecimal() and len(text) < 8:
        return min(float(text), LONGEST_WAIT)
    try:
        return min(max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0), LONGEST_WAIT)
    except ValueError:
        return None


def _key(service: str) -> str:
    return f"works:wait:{service.replace(' ', '-')}"
