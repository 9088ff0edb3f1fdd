"""Asks Crossref about one DOI: politely, with limits, and only where the site may."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings

from perennial.core.values.late import late

if TYPE_CHECKING:
    import httpx
else:
    httpx = late("httpx")

LARGEST_BYTES = 2 * 1024 * 1024
SECONDS, SECONDS_TO_CONNECT = 8.0, 4.0
LEAST_BETWEEN = 0.2  # seconds between two questions of one process; Crossref's polite pool allows more
LONGEST_WAIT, USUAL_WAIT = 3600.0, 10.0  # seconds after being told to wait, and where no time is named


class Unanswered(Exception):
    """Crossref could not be asked, or did not answer; the message is a sentence for people."""


@dataclass
class Pause:
    """Until when nothing is asked, by the clock of this process."""

    clock: Callable[[], float] = time.monotonic
    until: float = field(default=float("-inf"))

    def check(self) -> None:
        """Go on, and keep the least time to the next question. Raises Unanswered where it is too early."""
        now = self.clock()
        if now < self.until:
            raise Unanswered(f"Crossref asked us to wait. Try again in {max(1, round(self.until - now))} seconds.")
        self.until = now + LEAST_BETWEEN

    def wait(self, seconds: float) -> None:
        """Ask nothing for so long."""
        self.until = self.clock() + min(max(seconds, 1.0), LONGEST_WAIT)


PAUSE = Pause()


def ask_crossref(doi: str, pause: Pause = PAUSE) -> Any | None:
    """Crossref's answer about the DOI as JSON; None where it knows no such DOI. Raises Unanswered, saying why."""
    if not settings.NETWORK:
        raise Unanswered("This site asks no other services (PERENNIAL_NETWORK), so the work was not looked up.")
    pause.check()
    try:
        with (
            httpx.Client(timeout=httpx.Timeout(SECONDS, connect=SECONDS_TO_CONNECT), headers={"User-Agent": agent()}) as client,
            client.stream("GET", f"{settings.CROSSREF}/works/{quote(doi, safe='')}") as reply,
        ):
            if reply.status_code == httpx.codes.NOT_FOUND:
                return None
            if reply.status_code == httpx.codes.TOO_MANY_REQUESTS:
                pause.wait(_seconds(reply.headers.get("retry-after", "")))
                pause.check()
            if reply.status_code != httpx.codes.OK:
                raise Unanswered(f"Crossref answered with status {reply.status_code}. Try again later.")
            return json.loads(_body(reply))
    except httpx.HTTPError as fault:
        raise Unanswered(f"Crossref could not be reached ({type(fault).__name__}). Try again later.") from fault
    except (ValueError, RecursionError) as fault:
        raise Unanswered("Crossref's answer was not whole. Try again.") from fault


def agent() -> str:
    """How this site names itself to others: with an address for complaints where the setting gives one."""
    contact = f"; mailto:{settings.CONTACT}" if settings.CONTACT else ""
    return f"Perennial/1 ({settings.SITE_ADDRESS}{contact})"


def _body(reply: "httpx.Response") -> bytes:
    body = bytearray()
    for piece in reply.iter_bytes():
        body += piece
        if len(body) > LARGEST_BYTES:
            raise ValueError("too long")
    return bytes(body)


def _seconds(text: str) -> float:
    return float(text) if text.isdecimal() and len(text) < 8 else USUAL_WAIT
