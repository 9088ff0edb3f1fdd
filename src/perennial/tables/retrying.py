"""Does again what the database broke off for the sake of another transaction, as it asks."""

import random
import time
from collections.abc import Callable

from django.db import OperationalError

TIMES, LONGEST_WAIT = 4, 1.0
DEADLOCK, NOT_SERIAL = "40P01", "40001"  # of PostgreSQL


def again(act: Callable[[], None]) -> None:
    """Do `act`, a whole transaction, and up to three times more where another one stood in its way. Other faults are raised."""
    for number in range(1, TIMES):
        try:
            act()
        except OperationalError as fault:
            if not _passes(fault):
                raise
            time.sleep(random.uniform(0, LONGEST_WAIT) * number / TIMES)  # noqa: S311  so that two do not meet again
        else:
            return
    act()


def _passes(fault: OperationalError) -> bool:
    return getattr(fault.__cause__, "sqlstate", "") in (DEADLOCK, NOT_SERIAL) or "database is locked" in str(fault)
