"""Minutes spent on an appraisal: from the first answer to the last, without the gaps in which nothing was answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

IDLE = timedelta(minutes=5)


def minutes_spent(moments: Iterable[datetime], idle: timedelta = IDLE) -> int:
    """Whole minutes between the first and the last moment; a gap longer than `idle` is left out whole. Nothing is rounded up."""
    inside = [after - before for before, after in pairwise(sorted(moments)) if after - before <= idle]
    return sum(inside, timedelta()) // timedelta(minutes=1)
