"""How a server process answers: gunicorn's threads, with less to and fro between them.

gunicorn hands each request from the thread that waits to one that answers and back, through a pipe, and signs that it lives after every
event. Here a thread that has answered waits a moment for the next request on the same connection, as browsers and proxies send
them; a process leaves a new connection to one that holds fewer, so that they spread evenly over all cores. Where three of four sit in
one process, they wait for one another while the other core has little to do.
"""

import select
import time
from mmap import mmap
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

LINGER_SECONDS = 0.02
YIELD_SECONDS = 0.02  # so long a process lets one that holds fewer take a new connection
SIGN_SECONDS = 1.0
PROCESSES, SILENT_SECONDS = 64, 3.0  # one that has not told its load for so long is gone, or does not answer
_loads = memoryview(mmap(-1, PROCESSES * 16)).cast("d")  # what every process forked after this sees: when it was told, and the load


class Threads(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's `gthread`, made for pages that take a few milliseconds."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.busy = 0
        self.place = 2 * (self.age % PROCESSES)
        self.signed_at = 0.0
        self.looked_at = self.yields_since = 0.0

    def notify(self) -> None:
        """Tell the load, and sign that the process lives, once a second."""
        now = self.tell()
        if now - self.signed_at >= SIGN_SECONDS:
            self.signed_at = now
            super().notify()

    def tell(self) -> float:
        """Write down how many connections this process holds, and half a one more while it answers any; gives the moment."""
        now = time.monotonic()
        _loads[self.place], _loads[self.place + 1] = now, self.nr_conns + (0.5 if self.busy else 0.0)
        return now

    def accept(self, listener: Any) -> None:
        """Take a new connection; where another process holds fewer, it may take it first."""
        now = self.tell()
        if self.holds_more(now):
            if now - self.looked_at > YIELD_SECONDS:  # another connection than the one that was looked at before
                self.yields_since = now
            self.looked_at = now
            if now - self.yields_since < YIELD_SECONDS:
                time.sleep(YIELD_SECONDS / 10)
                return
        super().accept(listener)
        self.yields_since = self.tell()

    def holds_more(self, now: float) -> bool:
        """Whether any other process that lives has less to do."""
        mine = _loads[self.place + 1]
        return any(_loads[at + 1] < mine and now - _loads[at] < SILENT_SECONDS for at in range(0, 2 * PROCESSES, 2) if at != self.place)

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
