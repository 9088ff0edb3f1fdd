"""The count of one license, compiled: `ledger`, `count` and `assign` over flat columns, in whole ten-thousandths.

`judge_all` says of each license how many hours count and what each requirement lacks, or that only `evaluate` can tell.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from perennial.core.rules.roster.columns import Columns, Ints
from perennial.core.rules.roster.tables import Tables

AS_READ, STRICT, LOOSE = 0, 1, 2
PERIOD, YEAR, ON_DAY, CREDIT, COURSE, FORM, TOPIC = range(7)
NOTHING_SHORT = 0
INCOMPLETE = -1
"""Of a shortfall: only completion counts, and it is lacking."""
UNASKED = -2
UNSURE = 2
"""Of a license: the kernel cannot decide it exactly."""
ALL_UNITS = -1


class Program(NamedTuple):
    """What is asked in each situation that a rule can put a license in, under one reading.

    Demands of situation s are `demand_first[s]:demand_first[s + 1]`; likewise limits, unread caps, pairs that share no
    hour, and topics that come on top of the hours in all.
    """

    demand_first: Ints
    requirement: Ints
    picker: Ints
    asked: Ints
    yearly: Ints
    in_total: npt.NDArray[np.bool_]
    is_total: npt.NDArray[np.bool_]
    lookback: Ints
    open_topics: npt.NDArray[np.uint64]
    first_only: Ints
    within_first: Ints
    within_picker: Ints
    within_units: Ints
    limit_first: Ints
    limit_picker: Ints
    limit_units: Ints
    limit_each: Ints
    cap_first: Ints
    cap_matcher: Ints
    cap_units: Ints
    pair_first: Ints
    pair_one: Ints
    pair_other: Ints
    outside_first: Ints
    outside_topics: npt.NDArray[np.uint64]
    outside_where: Ints
    where_first: Ints
    where: Ints
    kinds_first: Ints
    kinds: Ints
    kinds_least: Ints
    carry: Ints
    carry_late: Ints
    carry_not: npt.NDArray[np.uint64]
    full: Ints
    years: Ints


class Ledger(NamedTuple):
    """The credits of one person that may count: row, units, day; by day."""

    row: Ints
    units: Ints


@njit(nogil=True, cache=True)
def in_topics(columns: Columns, row: int, mask: np.uint64, units: int) -> int:
    """Units inside topics, at most those of the credit."""
    found = 0
    for at in range(columns.topic_first[row], columns.topic_first[row + 1]):
        if (mask >> np.uint64(columns.topic[at])) & np.uint64(1):
            found += columns.topic_units[at]
    return min(found, units)


@njit(nogil=True, cache=True)
def matched(tables: Tables, columns: Columns, matcher: int, mode: int, row: int, units: int) -> int:
    """Units of a credit that a matcher picks out."""
    if not tables.whole[mode, matcher, columns.key[row]]:
        return 0
    mask = tables.topics[matcher]
    return units if mask == 0 else in_topics(columns, row, mask, units)


@njit(nogil=True, cache=True)
def picked(tables: Tables, columns: Columns, picker: int, reading: int, row: int, units: int) -> int:
    """Units of a credit that a picker picks out in a reading."""
    mode = 0
    if reading != AS_READ:
        mode = 1 if (reading == LOOSE) != tables.is_limit[picker] else 2
    if tables.own[picker, columns.key[row]]:
        return units
    found = matched(tables, columns, tables.base[picker], mode, row, units)
    taken = tables.unsure_in[picker] if mode == 0 else mode == 1
    for at in range(tables.doubt_first[picker], tables.doubt_first[picker + 1]):
        if tables.apart[at] and not taken:
            continue
        more = matched(tables, columns, tables.doubts[at], mode, row, units)
        found = settle(found, more, units, taken, tables.apart[at])
    for at in range(tables.also_first[picker], tables.also_first[picker + 1]):
        found = max(found, matched(tables, columns, tables.also[at], mode, row, units))
    return found


@njit(nogil=True, cache=True)
def settle(found: int, more: int, units: int, taken: bool, apart: bool) -> int:  # noqa: FBT001  compiled, by place
    """Sure units with one doubt settled."""
    if not taken:
        return max(0, found - more)
    return min(units, found + more) if apart else max(found, more)


@njit(nogil=True, cache=True)
def read_ledger(tables: Tables, columns: Columns, person: int, as_of: int) -> Ledger:
    """The credits of a person that may count in some period: each once, of a kind that counts, measured."""
    begin, stop = columns.first[person], columns.first[person + 1]
    row = np.empty(stop - begin, np.int64)
    units = np.empty(stop - begin, np.int64)
    many = 0
    for at in range(begin, stop):
        here = columns.order[at]
        if columns.day[here] > as_of or entered_before(columns, begin, at) or never_counts(tables, columns, here):
            continue
        measure = measured(tables, columns.units[here])
        if measure:
            row[many], units[many] = here, measure
            many += 1
    return Ledger(row[:many], units[:many])


@njit(nogil=True, cache=True)
def entered_before(columns: Columns, begin: int, at: int) -> bool:
    """Whether the same certificate stands earlier."""
    ident = columns.ident[columns.order[at]]
    for other in range(begin, at):
        if columns.ident[columns.order[other]] == ident:
            return True
    return False


@njit(nogil=True, cache=True)
def never_counts(tables: Tables, columns: Columns, row: int) -> bool:
    """Whether this board never counts such a credit."""
    for at in range(len(tables.excluded)):
        if matched(tables, columns, tables.excluded[at], 0, row, columns.units[row]):
            return True
    return tables.exclusive and not tables.accepted[columns.key[row]]


@njit(nogil=True, cache=True)
def measured(tables: Tables, units: int) -> int:
    """Units in this board's steps and least length."""
    if units < tables.least:
        return 0
    if tables.step == 0 or units <= tables.step_after:
        return units
    return units // tables.step * tables.step


@njit(nogil=True, cache=True)
def inside(tables: Tables, columns: Columns, ledger: Ledger, between: tuple[int, int], before: tuple[int, int]) -> Ledger:
    """Entries in a window, repeats of a course taken out where the rule does so."""
    row = np.empty(len(ledger.row), np.int64)
    units = np.empty(len(ledger.row), np.int64)
    many = 0
    for at in range(len(ledger.row)):
        day = columns.day[ledger.row[at]]
        if between[0] <= day <= between[1] and not (tables.repeats and repeated(tables, columns, ledger, at, between, before)):
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])


@njit(nogil=True, cache=True)
def bound_by_repeats(tables: Tables, columns: Columns, row: int, units: int) -> bool:
    """Whether the rule on repeats holds for a credit."""
    for at in range(len(tables.repeats_of)):
        if matched(tables, columns, tables.repeats_of[at], 0, row, units):
            return True
    return len(tables.repeats_of) == 0


@njit(nogil=True, cache=True)
def repeated(tables: Tables, columns: Columns, ledger: Ledger, at: int, between: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether another credit of the same course takes this one's place: the longer, then the earlier."""
    row, units = ledger.row[at], ledger.units[at]
    course = columns.course[row]
    if course == 0 or not bound_by_repeats(tables, columns, row, units):
        return False
    window = before if tables.repeats == 2 else between
    for other in range(len(ledger.row)):
        there = ledger.row[other]
        if columns.course[there] != course or not window[0] <= columns.day[there] <= window[1] or other == at:
            continue
        if tables.repeats == 2:
            return True
        longer = ledger.units[other] > units or (ledger.units[other] == units and other < at)
        if longer and bound_by_repeats(tables, columns, there, ledger.units[other]):
            return True
    return False


@njit(nogil=True, cache=True)
def same_course_twice_a_day(columns: Columns, ledger: Ledger) -> bool:
    """Whether two equally long credits of one course and day would have to be told apart by their names."""
    for at in range(1, len(ledger.row)):
        here = ledger.row[at]
        for other in range(at):
            there = ledger.row[other]
            same = columns.course[here] == columns.course[there] and columns.day[here] == columns.day[there]
            if same and columns.course[here] != 0 and ledger.units[at] == ledger.units[other]:
                return True
    return False


@njit(nogil=True, cache=True)
def earlier_units(tables: Tables, columns: Columns, ledger: Ledger, picker: int, reading: int, between: tuple[int, int]) -> int:
    """Units before a window that still serve."""
    found = 0
    for at in range(len(ledger.row)):
        if between[0] <= columns.day[ledger.row[at]] < between[1]:
            found += picked(tables, columns, picker, reading, ledger.row[at], ledger.units[at])
    return found
