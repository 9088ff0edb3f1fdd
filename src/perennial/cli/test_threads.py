"""Tests of how a server process answers, over real sockets."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

APP = """
import os, time
def app(environ, start):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(0.6)
    body = str(os.getpid()).encode()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "small.py").write_text(APP, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", "2", "--threads", "2", "--log-level", "warning"]
    server = subprocess.Popen([*command, "-k", "perennial.cli.threads.Threads", "--chdir", str(folder), "small:app"])
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port
    server.terminate()
    assert server.wait(10) == 0, "it ends when told to"


def asked(connection: http.client.HTTPConnection, path: str = "/") -> int:
    connection.request("GET", path)
    return int(connection.getresponse().read())


def test_requests_on_one_connection_are_answered_in_turn_also_after_a_rest(door: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", door, timeout=5)
    first = asked(connection)
    assert [asked(connection) for _ in range(5)] == [first] * 5
    time.sleep(0.1)
    assert asked(connection) == first != os.getpid()


def test_more_connections_than_threads_are_all_answered(door: int) -> None:
    connections = [http.client.HTTPConnection("127.0.0.1", door, timeout=5) for _ in range(12)]
    assert len([asked(connection) for connection in connections for _ in range(2)]) == 24


def test_a_busy_process_leaves_a_new_connection_to_an_idle_one(door: int) -> None:
    with ThreadPoolExecutor() as pool:
        busy = pool.submit(asked, http.client.HTTPConnection("127.0.0.1", door, timeout=5), "/slow")
        time.sleep(0.2)
        others = [asked(http.client.HTTPConnection("127.0.0.1", door, timeout=5)) for _ in range(8)]
        assert others.count(busy.result()) < 4
