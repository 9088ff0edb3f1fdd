"""A restart neither loses nor repeats a reminder: workers are killed with SIGKILL while they search and while they send.

The mail server is a real one that listens on this machine. A mail that was being handed over when its worker died may have been
taken by the server without the worker hearing of it; only such a mail is sent twice, under one Message-ID. They are counted apart.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.doors import free_port, mail_server

PEOPLE, KILLS = 120, 20
PATIENCE = 90.0
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="looks into the SQLite file")


@dataclass
class Sink:
    """A mail server that remembers to whom it took which mail."""

    taken: list[tuple[str, str]] = field(default_factory=list)

    def has(self, enough: int) -> bool:
        """Whether it took so many."""
        return len(self.taken) >= enough

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  as aiosmtpd calls it
        """Take a mail."""
        self.taken.append((envelope.rcpt_tos[0], str(message_from_bytes(envelope.content)["Message-ID"])))
        return "250 OK"


def environment_of(data: Path, **more: str) -> dict[str, str]:
    """A site of its own in `data`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PERENNIAL_", "DJANGO_")) and name != "DATABASE_URL"}
    return {**clean, "PERENNIAL_DATA": str(data), **more}


def rows(data: Path, query: str) -> list[Any]:
    """What the file says."""
    with sqlite3.connect(data / "perennial.sqlite3", timeout=20) as database:
        return database.execute(query).fetchall()


def wait_for(true: Callable[[], object]) -> None:
    """Until it is true; fails after PATIENCE seconds."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, f"not so after {PATIENCE} s"
        time.sleep(0.005)


def kill_over_and_over(crew: "subprocess.Popen[str]", sink: Sink, chance: random.Random) -> int:
    """Start a worker and kill it: at first in its search, then after it has sent a few. Gives the last worker, which lives."""
    assert crew.stdin
    assert crew.stdout
    for number in range(KILLS + 1):
        before = len(sink.taken)
        crew.stdin.write("another\n")
        crew.stdin.flush()
        worker = int(crew.stdout.readline())
        if number == KILLS:
            break
        if number < KILLS // 4:
            time.sleep(chance.uniform(0.02, 0.15))
        else:
            enough = min(before + chance.randint(1, 5), PEOPLE)
            wait_for(partial(sink.has, enough))
            time.sleep(chance.uniform(0, 0.02))
        os.kill(worker, signal.SIGKILL)
    return worker


def test_twenty_kills_lose_no_reminder_and_repeat_none(tmp_path: Path) -> None:
    sink = Sink()
    with mail_server(sink) as port:
        environment = environment_of(tmp_path, PERENNIAL_EMAIL_URL=f"smtp://127.0.0.1:{port}")
        command = [sys.executable, str(HERE / "reminded.py"), str(PEOPLE)]
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as crew:
            try:
                assert crew.stdout
                assert crew.stdout.readline() == "ready\n"
                last = kill_over_and_over(crew, sink, random.Random(20))
                wait_for(lambda: rows(tmp_path, "SELECT COUNT(*) FROM notices_mail WHERE state = 'sent'") == [(PEOPLE,)])
                os.kill(last, signal.SIGTERM)
            finally:
                crew.kill()
    arrived = Counter(sink.taken)
    assert {address for address, _ in arrived} == {f"person{number}@example.org" for number in range(PEOPLE)}
    assert len(arrived) == PEOPLE, "one Message-ID for each person"
    for table in ("standing_reminder", "notices_notice", "notices_mail"):
        assert rows(tmp_path, f"SELECT COUNT(*) FROM {table}") == [(PEOPLE,)]
    doubted = {message for (message,) in rows(tmp_path, "SELECT message_id FROM notices_mail WHERE doubts > 0")}
    twice = {message for (_, message), times in arrived.items() if times > 1}
    print(f"{KILLS} kills: {len(doubted)} mails in doubt, {len(twice)} of them arrived twice under one Message-ID")
    assert twice <= doubted
    assert len(doubted) <= KILLS


def worker_of(data: Path) -> int:
    """The process of the worker that lives, 0 where none has begun."""
    with suppress(sqlite3.OperationalError):
        found = rows(data, "SELECT process FROM notices_worker WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1")
        return int(found[0][0]) if found else 0
    return 0


def gone(process: int) -> bool:
    """Whether a process runs no more; one that no one has waited for counts as gone."""
    try:
        return (
            Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
            if Path("/proc/self").exists()
            else not alive(process)
        )
    except OSError:
        return True


def alive(process: int) -> bool:
    """Whether a process takes signals."""
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def test_the_site_runs_a_worker_starts_it_anew_and_ends_with_it(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, PORT=str(free_port()))
    command = [sys.executable, "-m", "perennial.cli", "serve"]
    with subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(lambda: worker_of(tmp_path))
            first = worker_of(tmp_path)
            os.kill(first, signal.SIGKILL)
            wait_for(lambda: worker_of(tmp_path) not in (0, first))
            second = worker_of(tmp_path)
            server.send_signal(signal.SIGINT)
            assert server.wait(PATIENCE) == 0
            assert gone(second)
            assert worker_of(tmp_path) == 0, "it took its leave"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
    with subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(lambda: worker_of(tmp_path))
            third = worker_of(tmp_path)
            os.kill(server.pid, signal.SIGKILL)
            wait_for(lambda: gone(third))
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
