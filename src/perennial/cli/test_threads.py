"""Tests of how a server process answers, over real sockets."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

PATIENCE = 60  # seconds, on a machine where others work too
ROUNDS = 10

APP = """
import os, pathlib, time
def app(environ, start):
    if environ["PATH_INFO"] == "/slow":
        pathlib.Path("begun").touch()
        while not pathlib.Path("may-end").exists():
            time.sleep(0.01)
    if environ["PATH_INFO"] == "/work":
        sum(range(100_000))
    body = str(os.getpid()).encode()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server runs."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def door(folder: Path) -> Iterator[int]:
    """The port of a server that was given its socket, so that nobody else can take it; who connects early waits in the socket's queue."""
    (folder / "small.py").write_text(APP, encoding="utf-8")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        fd, port = listening.fileno(), listening.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "-b", f"fd://{fd}", "-w", "2", "--threads", "2", "--log-level", "warning"]
        more = ["-k", "perennial.cli.threads.Threads", "--chdir", str(folder), "small:app"]
        server = subprocess.Popen([*command, *more], pass_fds=[fd])
    asked(connected(port))
    yield port
    server.terminate()
    assert server.wait(PATIENCE) == 0, "it ends when told to"


def connected(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)


def asked(connection: http.client.HTTPConnection, path: str = "/") -> int:
    connection.request("GET", path)
    return int(connection.getresponse().read())


def several(connection: http.client.HTTPConnection) -> int:
    """The process that answered twenty requests, one after another."""
    return [asked(connection, "/work") for _ in range(20)][-1]


def test_requests_on_one_connection_are_answered_in_turn_also_after_a_rest(door: int) -> None:
    connection = connected(door)
    first = asked(connection)
    assert [asked(connection) for _ in range(5)] == [first] * 5
    time.sleep(0.1)
    assert asked(connection) == first != os.getpid()


def test_more_connections_than_threads_are_all_answered(door: int) -> None:
    connections = [connected(door) for _ in range(12)]
    assert len([asked(connection) for connection in connections for _ in range(2)]) == 24


def test_a_busy_process_leaves_a_new_connection_to_an_idle_one(door: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    with ThreadPoolExecutor() as pool:
        busy = pool.submit(asked, connected(door), "/slow")
        try:
            while not (folder / "begun").exists():
                assert time.monotonic() < until
                time.sleep(0.01)
            others = []
            for _ in range(8):
                others.append(asked(connected(door)))
                time.sleep(0.05)  # until its end was seen
        finally:
            (folder / "may-end").touch()
        assert others.count(busy.result()) < 4, others


def test_connections_that_come_at_once_and_stay_are_spread_evenly(door: int) -> None:
    even = 0
    for _ in range(ROUNDS):
        connections = [connected(door) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            answered = list(pool.map(several, connections))
        even += sorted(answered.count(process) for process in set(answered)) == [2, 2]
        for connection in connections:
            connection.close()
        time.sleep(0.1)  # until their end was seen
    assert even >= ROUNDS - 2
