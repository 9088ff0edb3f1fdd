"""An answer that was accepted outlives the server: killed 50 times with SIGKILL in the midst of answers, nothing is lost or doubled.

The first server and the last are `perennial serve` itself. Those between are forks of one process that has imported the site
(`prefork.py`), so that 50 restarts take seconds and not minutes; they run the same gunicorn on the same SQLite file.
"""

import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.doors import free_port

KILLS = 50
PATIENCE = 90.0
LEFT_OPEN = 3  # questions never answered, so that no attempt passes by luck
SIGN_IN = {"login": "dana@example.org", "password": "sample-meadow-2026"}
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="kills the server on SQLite; PostgreSQL has a server of its own"
)


class Gone(Exception):
    """The server did not answer: nothing is known of what was sent."""


@dataclass
class Browser:
    """A signed-in client with a connection of its own; cookies are shared by copies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Browser":
        """Another client of the same person."""
        return Browser(self.port, self.cookies)

    def send(self, method: str, path: str, body: str | None = None, kind: str = "application/json") -> tuple[int, str]:
        """Status and text; Gone when there is no whole answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "X-CSRFToken": self.cookies.get("csrftoken", ""), **({"Content-Type": kind} if body else {})}
        try:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            text = reply.read().decode()
        except (OSError, HTTPException) as fault:
            raise Gone from fault
        finally:
            connection.close()
        for name, value in re.findall(r"^(\w+)=([^;]*)", "\n".join(reply.headers.get_all("Set-Cookie") or []), re.MULTILINE):
            self.cookies[name] = value
        return reply.status, text

    def api(self, method: str, path: str, data: object = None) -> Any:
        """What the API says to a request that must be accepted."""
        status, text = self.send(method, f"/api/v1{path}", None if data is None else json.dumps(data))
        assert status == 200, (method, path, status, text)
        return json.loads(text)

    def sign_in(self) -> None:
        """Sign in as a sample person, as the page does."""
        _, page = self.send("GET", "/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = urlencode({**SIGN_IN, "csrfmiddlewaretoken": token[1]})
        status, _ = self.send("POST", "/account/login/", form, "application/x-www-form-urlencoded")
        assert status == 302


@dataclass
class Known:
    """What the client knows: per question the last accepted answer and those sent since without an answer; what was handed in."""

    accepted: dict[str, list[str]] = field(default_factory=dict)
    unknown: dict[str, list[list[str]]] = field(default_factory=dict)
    handed_in: dict[int, int] = field(default_factory=dict)  # attempt id -> score
    started: set[int] = field(default_factory=set)
    attempt: int = 0  # id of the attempt that the answers belong to
    count: int = 0
    more: threading.Condition = field(default_factory=threading.Condition)

    def accept(self, item: str, chosen: list[str]) -> None:
        """The server said 200."""
        with self.more:
            self.accepted[item] = chosen
            self.unknown[item] = []
            self.count += 1
            self.more.notify_all()

    def compare(self, attempt: dict[str, Any]) -> None:
        """Every stored answer is the last accepted one, or one sent after it; then take the stored state as known."""
        stored = {question["id"]: question["chosen"] for question in attempt["questions"]}
        for item, chosen in stored.items():
            last = self.accepted.get(item)
            assert chosen == last or chosen in self.unknown.get(item, []), f"lost: {item} was {last}, is {chosen}"
        self.accepted = {item: chosen for item, chosen in stored.items() if chosen is not None}
        self.unknown = {}


def write(browser: Browser, attempt: dict[str, Any], questions: list[dict[str, Any]], known: Known, chance: random.Random) -> None:
    """Answer these questions over and over until the server is gone or the attempt is handed in."""
    while True:
        question = chance.choice(questions)
        chosen = [chance.choice(question["options"])["key"]]
        known.unknown.setdefault(question["id"], []).append(chosen)
        try:
            status, text = browser.send(
                "PUT", f"/api/v1/assessments/attempts/{attempt['id']}/answers/{question['id']}", json.dumps({"chosen": chosen})
            )
        except Gone:
            return
        if status == 409:
            known.unknown[question["id"]].remove(chosen)
            return
        assert status == 200, text
        known.accept(question["id"], chosen)


def end_and_begin(browser: Browser, slug: str, attempt: dict[str, Any], known: Known) -> None:
    """Hand in, and start the next attempt, from a tab of one's own; both again, as an impatient person does."""
    try:
        for _ in range(2):
            done = browser.api("POST", f"/assessments/attempts/{attempt['id']}/submission")
            assert known.handed_in.setdefault(attempt["id"], done["score_percent"]) == done["score_percent"]
        while True:
            known.started.add(browser.api("POST", f"/courses/{slug}/attempts")["id"])
    except Gone:
        return


def begin_again(browser: Browser, slug: str, known: Known) -> None:
    """Press start until the server is gone."""
    try:
        while True:
            known.started.add(browser.api("POST", f"/courses/{slug}/attempts")["id"])
    except Gone:
        return


def check_attempts(browser: Browser, slug: str, known: Known) -> dict[str, Any]:
    """No attempt is doubled or lost, what was handed in is as it was; gives the open attempt."""
    attempts = browser.api("GET", f"/courses/{slug}/progress")["attempts"]
    assert [attempt["number"] for attempt in attempts] == list(range(1, len(attempts) + 1))
    assert known.started <= {attempt["id"] for attempt in attempts}
    assert sum(attempt["submitted_at"] is None for attempt in attempts) <= 1
    scores = {attempt["id"]: attempt["score_percent"] for attempt in attempts}
    assert {pk: scores[pk] for pk in known.handed_in} == known.handed_in
    before = len(attempts)
    is_open = any(attempt["submitted_at"] is None for attempt in attempts)
    opened = browser.api("POST", f"/courses/{slug}/attempts")
    assert opened["number"] == before + (not is_open)
    known.started.add(opened["id"])
    found: dict[str, Any] = browser.api("GET", f"/assessments/attempts/{opened['id']}")
    return found


def check_all(browser: Browser, slug: str, known: Known) -> dict[str, Any]:
    """Attempts and answers are as the client knows them, also where the attempt was handed in meanwhile; gives the open attempt."""
    attempt = check_attempts(browser, slug, known)
    if known.attempt:
        known.compare(browser.api("GET", f"/assessments/attempts/{known.attempt}"))
    if known.attempt != attempt["id"]:
        known.attempt, known.accepted = attempt["id"], {}
        known.compare(attempt)
    return attempt


def one_round(browser: Browser, slug: str, known: Known, chance: random.Random, kill: Any, *, ending: bool) -> None:
    """Write from several tabs, and kill the server after some answers at a random moment."""
    attempt = check_all(browser, slug, known)
    questions = attempt["questions"][:-LEFT_OPEN]
    tabs = [
        threading.Thread(target=write, args=(browser.copy(), attempt, questions[tab::3], known, random.Random(chance.random())))
        for tab in range(3)
    ]
    tabs.append(threading.Thread(target=begin_again, args=(browser.copy(), slug, known)))
    target = known.count + chance.randint(1, 8)
    for tab in tabs[: 3 + chance.randint(0, 1)] if not ending else tabs:
        tab.start()
    with known.more:
        assert known.more.wait_for(lambda: known.count >= target, PATIENCE)
    if ending:
        ender = threading.Thread(target=end_and_begin, args=(browser.copy(), slug, attempt, known))
        tabs.append(ender)
        ender.start()
    time.sleep(chance.uniform(0, 0.3 if ending else 0.03))
    kill()
    for tab in tabs:
        if tab.ident is not None:
            tab.join(PATIENCE)
            assert not tab.is_alive()


def wait_until(port: int, *, up: bool) -> None:
    """Until the server takes connections, or until the last of its killed processes has let the port go."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            taken = True
        except OSError:
            taken = False
        if taken == up:
            return
        time.sleep(0.01)
    raise AssertionError(f"the server is not {'up' if up else 'gone'} after {PATIENCE} s")


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[int]:
    """`perennial serve`, in a process group of its own; gives its id."""
    command = [sys.executable, "-m", "perennial.cli", "serve"]
    with subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until(int(environment["PORT"]), up=True)
            yield server.pid
        finally:
            end(server.pid)
            wait_until(int(environment["PORT"]), up=False)


def end(group: int) -> None:
    """SIGKILL for the whole process group, if it is still there."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def prepare(browser: Browser) -> str:
    """Sign in, begin the first course, read it all; gives its slug."""
    browser.sign_in()
    slug: str = browser.api("GET", "/courses")[0]["slug"]
    for part in browser.api("POST", f"/courses/{slug}/enrolments")["sections"]:
        browser.api("PUT", f"/courses/{slug}/sections/{part['stem']}/progress", {"read": True})
    return slug


def check_file(path: Path, known: Known) -> None:
    """The file is whole; each question has one answer, each number one attempt."""
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        doubled = "SELECT COUNT(*) FROM (SELECT 1 FROM {} GROUP BY {} HAVING COUNT(*) > 1)"
        assert database.execute(doubled.format("assessments_answer", "attempt_id, item_id")).fetchone() == (0,)
        assert database.execute(doubled.format("assessments_attempt", "person_id, purpose_key, number")).fetchone() == (0,)
        assert database.execute("SELECT COUNT(*) FROM assessments_attempt WHERE submitted_at IS NULL").fetchone() == (1,)
        attempts = {pk for (pk,) in database.execute("SELECT id FROM assessments_attempt")}
    assert known.started <= attempts


def test_fifty_kills_lose_no_accepted_answer_and_double_no_attempt(tmp_path: Path) -> None:
    port, known, chance = free_port(), Known(), random.Random(50)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PERENNIAL_", "DJANGO_")) and name != "DATABASE_URL"}
    environment = {**clean, "PERENNIAL_DATA": str(tmp_path / "data"), "PORT": str(port)}
    browser = Browser(port)
    with serving(environment) as server:
        slug = prepare(browser)
        one_round(browser, slug, known, chance, lambda: end(server), ending=False)
    prefork = subprocess.Popen(
        [sys.executable, str(HERE / "prefork.py")], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with prefork:
        assert prefork.stdin
        assert prefork.stdout
        for number in range(1, KILLS):
            prefork.stdin.write("another\n")
            prefork.stdin.flush()
            child = int(prefork.stdout.readline())
            try:
                wait_until(port, up=True)
                one_round(browser, slug, known, chance, lambda child=child: end(child), ending=number % 7 == 3)
            finally:
                end(child)
                wait_until(port, up=False)
        prefork.stdin.close()
    with serving(environment):
        check_all(browser, slug, known)
    check_file(tmp_path / "data" / "perennial.sqlite3", known)
    assert known.count >= KILLS
    assert len(known.handed_in) >= 3
