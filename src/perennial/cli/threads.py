"""How a server process answers: gunicorn's threads, with less to and fro between them.

gunicorn hands each request from the thread that waits to one that answers and back, through a pipe, and signs that it lives after every
event. Here a thread that has answered waits a moment for the next request on the same connection, as browsers and proxies send
them; a process that is busy leaves a new connection to one that is idle, so that few connections spread over all cores.
"""

import select
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

LINGER_SECONDS = 0.02
YIELD_SECONDS = 0.01  # so long a busy process lets another one take a new connection
SIGN_SECONDS = 1.0


class Threads(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's `gthread`, made for pages that take a few milliseconds."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.busy = 0
        self.signed_at = 0.0
        self.shy_until = 0.0

    def notify(self) -> None:
        """Sign that the process lives, once a second."""
        now = time.monotonic()
        if now - self.signed_at >= SIGN_SECONDS:
            self.signed_at = now
            super().notify()

    def accept(self, listener: Any) -> None:
        """Take a new connection; while this process answers another, an idle process may take it first."""
        now = time.monotonic()
        if self.busy and now >= self.shy_until + YIELD_SECONDS:
            self.shy_until = now + YIELD_SECONDS
        if self.busy and now < self.shy_until:
            time.sleep(YIELD_SECONDS / 5)
            return
        super().accept(listener)

    def handle(self, conn: Any) -> Any:
        """Answer on a connection for as long as requests come one after another and no other connection waits for a thread."""
        while True:
            self.busy += 1
            try:
                again = super().handle(conn)
            finally:
                self.busy -= 1
            if again is not True or not self.alive or not self.tpool._work_queue.empty() or not comes_soon(conn):  # noqa: SLF001
                return again


def comes_soon(conn: Any) -> bool:
    """Whether the next request is there, or comes within a moment."""
    if conn.parser.unreader.buf.getvalue():
        return True
    waiting = select.poll()  # unlike select, it takes any number of a file
    waiting.register(conn.sock, select.POLLIN)
    return bool(waiting.poll(LINGER_SECONDS * 1000))
