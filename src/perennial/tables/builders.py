"""Lets tests do two things at the same time, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from django.db import connections, transaction

WAIT, A_WHILE = 60, 0.4  # seconds, at most; and in which the second would be done, if it did not wait


def at_once(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """What both give, where the second begins while the transaction of the first is open. Raises what either raises."""
    done, may_end = Event(), Event()

    def early() -> Any:
        with transaction.atomic():
            made = first()
            done.set()
            may_end.wait(WAIT)
            return made

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(on_its_own, early)
        assert done.wait(WAIT)  # noqa: S101  called by tests alone
        two = pool.submit(on_its_own, second)
        may_end.wait(A_WHILE)
        may_end.set()
        return one.result(WAIT), two.result(WAIT)


def on_its_own(work: Callable[[], Any]) -> Any:
    """What the work gives on a connection of this thread, closed afterwards."""
    try:
        return work()
    finally:
        connections.close_all()
