"""Fetching from stubs on this machine that speak the services' shapes, limits and faults."""

import json
import re
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from perennial.apps.accounts.builders import make_person
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.services import follow
from perennial.apps.works import reaching, sources
from perennial.apps.works.asking import Unanswered
from perennial.apps.works.fetching import fetch_works
from perennial.apps.works.models import Work, WorkImport
from perennial.apps.works.queries import count, practice_slugs_of
from perennial.apps.works.reaching import Pace
from perennial.apps.works.tasks import fetch, fetch_news, news_of
from perennial.core.literature.test_literature import MESSAGE
from perennial.core.literature.test_services import EUROPE_PMC, FOOT, HEAD, OPENALEX, articles
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
TOTAL = 450  # articles that the stub of PubMed finds
LIMITED = b'{"error":"API rate limit exceeded","api-key":"127.0.0.1","count":"4","limit":"3"}'
PAGE_OF_FAULT = b"<!DOCTYPE html><html><body>Service unavailable</body></html>"
Answer = tuple[int, dict[str, str], bytes]


class Stub(BaseHTTPRequestHandler):
    """Answers as the four services do; first with the faults that are due, each once."""

    asked: ClassVar[list[tuple[str, dict[str, str], str]]] = []
    faults: ClassVar[list[Answer]] = []
    pages: ClassVar[dict[str, Any]] = {}

    def do_GET(self) -> None:
        """Answer."""
        parts = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append((parts.path, given, self.headers["User-Agent"]))
        status, headers, body = self.faults.pop(0) if self.faults else (200, {}, self.answer(parts.path, given))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer(self, path: str, given: dict[str, str]) -> bytes:
        """What the service at this path answers."""
        if path.endswith("esearch.fcgi"):
            start, most = int(given["retstart"]), int(given["retmax"])
            numbers = [str(number) for number in range(1 + start, 1 + min(TOTAL, start + most))]
            found = {"count": str(TOTAL), "retmax": str(len(numbers)), "retstart": str(start), "idlist": numbers}
            result = {"ERROR": "Invalid query"} if given["term"] == "(" else found
            return json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result}).encode()
        if path.endswith("efetch.fcgi"):
            return (HEAD + articles(*map(int, given["id"].split(","))) + FOOT).encode()
        if path.endswith("/search"):
            last = given["cursorMark"] == EUROPE_PMC["nextCursorMark"]
            return json.dumps({**EUROPE_PMC, "resultList": {"result": []}} if last else EUROPE_PMC).encode()
        if "query.bibliographic" in given:
            items = [MESSAGE["message"], {"title": ["without DOI"]}] if given["cursor"] == "*" else []
            message = {"total-results": 2, "items": items, "next-cursor": "DnF1ZXJ5+/="}
            return json.dumps({"status": "ok", "message-type": "work-list", "message": message}).encode()
        meta = {"count": 1, "next_cursor": "IlsxXSI=" if given["cursor"] == "*" else None}
        return json.dumps({"meta": meta, "results": [OPENALEX] if given["cursor"] == "*" else []}).encode()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def naps(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The services on this machine; the seconds that we waited for them, which took none."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.NETWORK, settings.CONTACT = True, "care@example.org"
    for name in ("EUTILS", "EUROPE_PMC", "OPENALEX", "CROSSREF"):
        setattr(settings, name, f"http://127.0.0.1:{server.server_port}")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    waited: list[float] = []
    monkeypatch.setattr(sources, "PACES", {name: Pace(0.3, lambda: 0.0, waited.append) for name in sources.PACES})
    Stub.asked.clear()
    Stub.faults.clear()
    cache.clear()
    yield waited
    server.shutdown()
    server.server_close()


def ask(service: str = "pubmed", question: str = "anxiety", most: int = 2000) -> WorkImport:
    """Fetch."""
    return fetch_works(service=service, question=question, now=timezone.now, most=most)


def test_pubmed_is_asked_page_by_page_politely_and_with_its_key(naps: list[float], settings: Settings) -> None:
    settings.NCBI_KEY = "0123456789abcdef"
    state = ask()
    assert (state.taken, count(), state.place, state.done_at is not None) == (TOTAL, TOTAL, 3, True)
    paths = [path for path, _, _ in Stub.asked]
    assert paths == ["/esearch.fcgi", "/efetch.fcgi"] * 3
    for _, given, user in Stub.asked:
        assert (given["tool"], given["email"], given["api_key"]) == ("perennial", "care@example.org", "0123456789abcdef")
        assert user == "Perennial/1 (http://localhost:8000; mailto:care@example.org)"
    assert naps == [0.11] * 5, "ten a second with a key"


@pytest.mark.parametrize(("service", "works"), [("europepmc", 2), ("openalex", 1), ("crossref", 1)])
def test_the_others_are_asked_by_cursor_to_the_last_page(naps: list[float], service: str, works: int) -> None:
    state = ask(service)
    assert (state.taken, count(), state.done_at is not None) == (works, works, True)
    again = ask(service)
    assert (again.pk, again.counts["new"], count()) == (state.pk, 0, works)
    mails = {given.get("mailto") or given.get("email") for _, given, _ in Stub.asked}
    assert mails == {"care@example.org"}


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        ((429, {"Retry-After": "7"}, LIMITED), [7.0]),
        ((503, {"Retry-After": formatdate(0, usegmt=True)}, b""), [0.0]),
        ((500, {}, PAGE_OF_FAULT), [2.0]),
        ((200, {"Content-Length": "9999"}, b'{"esearchresult": {"coun'), [2.0]),
    ],
)
def test_faults_that_pass_are_waited_out(naps: list[float], fault: Answer, waits: list[float]) -> None:
    Stub.faults.append(fault)
    assert ask(most=1).taken == 200
    assert [nap for nap in naps if nap != 0.35] == waits, "beside the pace of three a second"
    assert len(Stub.asked) == 3


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ((200, {}, PAGE_OF_FAULT), "web page where data was promised"),
        ((200, {}, b'{"esearchresult": {"coun'), "not whole"),
        ((200, {}, b"[" * 50_000), "not whole"),
        ((200, {}, b"[]"), "not of its form"),
        ((400, {}, b""), "status 400"),
        ((429, {"Retry-After": "600"}, LIMITED), "Try again in 600 seconds"),
    ],
)
def test_faults_that_stay_are_told_and_what_came_before_is_kept(naps: list[float], fault: Answer, says: str) -> None:
    ask(most=1)
    WorkImport.objects.update(done_at=None)
    Stub.faults.append(fault)
    with pytest.raises(Unanswered, match=re.escape(says)):
        ask()
    assert count() == 200
    assert says in WorkImport.objects.get().stopped
    if fault[0] == 429:
        with pytest.raises(Unanswered, match="asked us to wait"):
            ask()
        cache.clear()
    Stub.asked.clear()
    assert (ask().taken, count()) == (TOTAL, TOTAL)
    assert Stub.asked[0][1]["retstart"] == "200", "it goes on where it stopped"


def test_half_a_page_of_articles_is_not_kept(naps: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Stub.answer
    monkeypatch.setattr(Stub, "answer", lambda self, path, given: whole(self, path, given)[: -50 if "efetch" in path else None])
    with pytest.raises(Unanswered, match="PubMed's answer was not whole"):
        ask()
    assert count() == 0


def test_a_service_that_fails_for_good_is_asked_four_times(naps: list[float]) -> None:
    Stub.faults.extend([(503, {}, b"")] * 9)
    with pytest.raises(Unanswered, match="asked 4 times"):
        ask()
    assert len(Stub.asked) == 4


def test_a_slow_answer_is_given_up(naps: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "SECONDS", 0.05)
    monkeypatch.setattr(reaching, "TRIES", 1)

    given_up = Event()

    def slowly(self: Stub, path: str, given: dict[str, str]) -> bytes:
        given_up.wait(60)
        return b"{}"

    monkeypatch.setattr(Stub, "answer", slowly)
    try:
        with pytest.raises(Unanswered, match=r"could not be reached \(ReadTimeout\)"):
            ask()
    finally:
        given_up.set()


def test_questions_that_cannot_be_asked_are_refused_or_told(naps: list[float]) -> None:
    with pytest.raises(Refusal):
        ask(service="none")
    with pytest.raises(Unanswered, match="Invalid query"):
        ask(question="(")


def test_a_site_that_may_ask_nobody_says_so(naps: list[float], settings: Settings) -> None:
    settings.NETWORK = False
    assert "PERENNIAL_NETWORK" in fetch.func(service="pubmed", question="anxiety")
    with pytest.raises(Unanswered, match="PERENNIAL_NETWORK"):
        ask()
    assert fetch_news() == 0
    assert Stub.asked == []


def test_news_are_asked_for_what_is_followed_and_tagged(naps: list[float]) -> None:
    followed = make_practice(slug="anxiety", name="Anxiety", mesh=["Anxiety", "Anxiety Disorders"])
    make_practice(slug="other")
    follow(person=make_person(), practice=followed, at=timezone.now())
    assert fetch_news() == 1
    question = news_of(followed)
    assert question.startswith('("Anxiety"[mh] OR "Anxiety Disorders"[mh] OR "Anxiety"[tiab]) AND (systematic[sb]')
    assert re.search(r"\d{4}/\d\d/\d\d:\d{4}/\d\d/\d\d\[edat\]$", question)
    assert fetch.func(service="pubmed", question=question, most=100) == "200 records, 200 of them new."
    assert practice_slugs_of([Work.objects.latest("pk").pk]).popitem()[1] == ["anxiety"]
