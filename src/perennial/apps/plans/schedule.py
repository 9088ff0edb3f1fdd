"""Sets a day for each chosen course that can be taken on any day: as fast as the person has time, and never at a license's expense."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAYS_A_MONTH = 30.4
MARGIN = timedelta(days=14)
FIRST_STEP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """A chosen course: its day, whether that day is fixed, the minutes that it takes, and the last day that helps."""

    id: str
    on: date
    fixed: bool
    takes: int
    until: date


def spread(
    slots: Sequence[Slot], today: date, minutes_a_month: int | None, holds: Callable[[Mapping[str, date]], bool]
) -> tuple[Slot, ...]:
    """The same courses with days set for those that have none: one after the other, the earliest needed first.

    At so many minutes a month, or evenly up to two weeks before the last day that helps. A day that `holds` does not
    accept, since a license would lose by it, is not taken: the course keeps the day that the planner gave it.
    """
    days = {slot.id: slot.on for slot in slots}
    loose = sorted((slot for slot in slots if not slot.fixed), key=lambda slot: (slot.until, slot.id))
    whole = sum(slot.takes for slot in loose)
    done = 0
    for slot in loose:
        done += slot.takes
        wanted = _paced(today, done, minutes_a_month) if minutes_a_month else _even(today, slot.until, done, whole)
        day = min(max(wanted, today), slot.until)
        if holds({**days, slot.id: day}):
            days[slot.id] = day
    return tuple(replace(slot, on=days[slot.id]) for slot in slots)


def _paced(today: date, done: int, minutes_a_month: int) -> date:
    return today + timedelta(days=min(round(DAYS_A_MONTH * done / minutes_a_month), 3650))


def _even(today: date, until: date, done: int, whole: int) -> date:
    last = max(until - MARGIN, today)
    return today + min(max((last - today) * done / whole, FIRST_STEP), last - today)
