"""Looking works up at a stub that speaks Crossref's shapes and faults, and taking over retractions."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.utils import timezone
from pytest_django import Settings

from perennial.apps.works.asking import Pause, Unanswered, ask_crossref
from perennial.apps.works.models import Work
from perennial.apps.works.queries import Standing, standings_of
from perennial.apps.works.services import look_up
from perennial.core.literature.test_literature import MESSAGE
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
DOI = "10.1000/sample.1"
WHOLE = json.dumps(MESSAGE).encode()


class Stub(BaseHTTPRequestHandler):
    """Answers as Crossref does, by the end of the DOI; keeps who asked for what."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append((self.path, self.headers["User-Agent"]))
        name = self.path.rpartition("%2F")[2]
        status, body = {
            "sample.1": (200, WHOLE),
            "limited": (429, b""),
            "cut": (200, WHOLE[:200]),
            "deep": (200, b"[" * 100_000),
            "broken": (503, b""),
        }.get(name, (404, b"Resource not found."))
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "30")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Clock:
    """A clock that goes when told."""

    now = 0.0

    def __call__(self) -> float:
        """The moment."""
        return self.now


@pytest.fixture
def crossref(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Stub]]:
    """A service like Crossref on this machine, which the site may ask as often as it likes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.NETWORK, settings.CROSSREF, settings.CONTACT = True, f"http://127.0.0.1:{server.server_port}", "care@example.org"
    Stub.asked.clear()
    monkeypatch.setattr("perennial.apps.works.asking.LEAST_BETWEEN", -1.0)
    yield Stub
    server.shutdown()
    server.server_close()


def test_a_work_is_looked_up_once_and_kept_with_its_notices(crossref: type[Stub]) -> None:
    at = timezone.now()
    for _ in range(2):
        looked = look_up(doi=f"https://doi.org/{DOI}", at=at)
    assert looked.work is not None
    assert looked.work.year == 2019
    assert crossref.asked == [("/works/10.1000%2Fsample.1", "Perennial/1 (http://localhost:8000; mailto:care@example.org)")]
    assert standings_of([DOI.upper()])[DOI].standing == Standing.RETRACTED


@pytest.mark.parametrize(
    ("name", "says"),
    [("none", "knows no work"), ("cut", "not whole"), ("deep", "not whole"), ("broken", "503"), ("limited", "Try again in 30 seconds")],
)
def test_faults_are_told_and_what_is_kept_stays(crossref: type[Stub], monkeypatch: pytest.MonkeyPatch, name: str, says: str) -> None:
    monkeypatch.setattr(ask_crossref, "__defaults__", (Pause(),))
    Work.objects.create(doi=f"10.1000/{name}", citation="Kept.", source="course", read_at=timezone.now())
    looked = look_up(doi=f"10.1000/{name}", at=timezone.now())
    assert says in looked.says
    assert looked.work is not None
    assert looked.work.citation == "Kept."
    assert len(crossref.asked) == 1


def test_nothing_is_asked_until_the_time_to_wait_is_over(crossref: type[Stub]) -> None:
    clock = Clock()
    pause = Pause(clock)
    for _ in range(2):
        with pytest.raises(Unanswered, match="wait"):
            ask_crossref("10.1000/limited", pause)
    assert len(crossref.asked) == 1
    clock.now = 31
    assert ask_crossref(DOI, pause) is not None


def test_a_site_that_may_ask_nobody_says_so(crossref: type[Stub], settings: Settings) -> None:
    settings.NETWORK = False
    assert "PERENNIAL_NETWORK" in look_up(doi=DOI, at=timezone.now()).says
    assert crossref.asked == []
    with pytest.raises(Refusal):
        look_up(doi="nonsense", at=timezone.now())
