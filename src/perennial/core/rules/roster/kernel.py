"""The ledger of one person, compiled: which credits may count, what a selection takes of them, what earlier ones still serve."""

from typing import NamedTuple

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, maker
from perennial.core.rules.roster.packed import (
    ALSO,
    ALSO_FIRST,
    APART,
    AS_READ,
    BASE,
    COURSE_OF,
    DAY,
    DOUBT_FIRST,
    DOUBTS,
    EXCLUDED,
    EXCLUSIVE,
    IS_LIMIT,
    KEY,
    LEAST,
    LOOSE,
    MASK,
    REPEATS,
    REPEATS_OF,
    ROW,
    STEP,
    STEP_AFTER,
    TAKES_NONE,
    TAKES_TOPICS,
    TAKES_WHOLE,
    TOPIC_BITS,
    TOPIC_FIRST,
    TOPIC_STOP,
    UNITS_OF,
    UNSURE_IN,
    Read,
    accepted,
    empty,
    whole,
)

TOPICS = (1 << TOPIC_BITS) - 1


class Ledger(NamedTuple):
    """The credits of one person that may count: row, units, day; by day."""

    row: Ints
    units: Ints


@inner
def in_topics(read: Read, row: int, mask: int, units: int) -> int:
    """Units inside topics, at most those of the credit."""
    found = 0
    for at in range(read.rows[ROW * row + TOPIC_FIRST], read.rows[ROW * row + TOPIC_STOP]):
        if (mask >> (read.topics[at] & TOPICS)) & 1:
            found += read.topics[at] >> TOPIC_BITS
    return min(found, units)


@inner
def matched(read: Read, matcher: int, mode: int, row: int, units: int) -> int:
    """Units of a credit that a matcher picks out."""
    if not whole(read, mode, matcher, read.rows[ROW * row + KEY]):
        return 0
    mask = read.ints[read.ints[MASK] + matcher]
    return units if mask == 0 else in_topics(read, row, mask, units)


@inner
def picked(read: Read, picker: int, reading: int, row: int, units: int) -> int:
    """Units of a credit that a picker picks out in a reading."""
    mode = 0
    if reading != AS_READ:
        mode = 1 if (reading == LOOSE) != read.ints[read.ints[IS_LIMIT] + picker] else 2
    way = read.takes[(mode * read.shape[1] + picker) * read.shape[2] + read.rows[ROW * row + KEY]]
    if way == TAKES_NONE:
        return 0
    if way == TAKES_WHOLE:
        return units
    if way == TAKES_TOPICS:
        return in_topics(read, row, read.ints[read.ints[MASK] + read.ints[read.ints[BASE] + picker]], units)
    return put_together(read, (picker, mode), row, units)


@inner
def put_together(read: Read, at_mode: tuple[int, int], row: int, units: int) -> int:
    """Units of a credit that the parts of a picker pick out together."""
    picker, mode = at_mode
    found = matched(read, read.ints[read.ints[BASE] + picker], mode, row, units)
    taken = read.ints[read.ints[UNSURE_IN] + picker] if mode == 0 else mode == 1
    for at in range(read.ints[read.ints[DOUBT_FIRST] + picker], read.ints[read.ints[DOUBT_FIRST] + picker + 1]):
        if read.ints[read.ints[APART] + at] and not taken:
            continue
        more = matched(read, read.ints[read.ints[DOUBTS] + at], mode, row, units)
        found = settle(found, more, units, taken, read.ints[read.ints[APART] + at])
    for at in range(read.ints[read.ints[ALSO_FIRST] + picker], read.ints[read.ints[ALSO_FIRST] + picker + 1]):
        found = max(found, matched(read, read.ints[read.ints[ALSO] + at], mode, row, units))
    return found


@inner
def settle(found: int, more: int, units: int, taken: bool, apart: bool) -> int:  # noqa: FBT001  compiled, by place
    """Sure units with one doubt settled."""
    if not taken:
        return max(0, found - more)
    return min(units, found + more) if apart else max(found, more)


@maker
def read_ledger(read: Read, person: int, as_of: int) -> Ledger:
    """The credits of a person that may count in some period: of a kind that counts, measured."""
    begin, stop = read.first[person], read.first[person + 1]
    row = empty(read.bench, stop - begin)
    units = empty(read.bench, stop - begin)
    many = 0
    for here in range(begin, stop):
        if read.rows[ROW * here + DAY] > as_of:
            break
        if never_counts(read, here):
            continue
        measure = measured(read, read.rows[ROW * here + UNITS_OF])
        if measure:
            row[many], units[many] = here, measure
            many += 1
    return Ledger(row[:many], units[:many])


@inner
def never_counts(read: Read, row: int) -> bool:
    """Whether this board never counts such a credit."""
    for at in range(read.ints[EXCLUDED + 1] - read.ints[EXCLUDED]):
        if matched(read, read.ints[read.ints[EXCLUDED] + at], 0, row, read.rows[ROW * row + UNITS_OF]):
            return True
    return read.ints[read.ints[EXCLUSIVE]] and not accepted(read, read.rows[ROW * row + KEY])


@inner
def measured(read: Read, units: int) -> int:
    """Units in this board's steps and least length."""
    if units < read.ints[read.ints[LEAST]]:
        return 0
    if read.ints[read.ints[STEP]] == 0 or units <= read.ints[read.ints[STEP_AFTER]]:
        return units
    return units // read.ints[read.ints[STEP]] * read.ints[read.ints[STEP]]


@maker
def inside(read: Read, ledger: Ledger, between: tuple[int, int], before: tuple[int, int]) -> Ledger:
    """Entries in a window, repeats of a course taken out where the rule does so."""
    row = empty(read.bench, len(ledger.row))
    units = empty(read.bench, len(ledger.row))
    many = 0
    for at in range(len(ledger.row)):
        day = read.rows[ROW * ledger.row[at] + DAY]
        if between[0] <= day <= between[1] and not (read.ints[read.ints[REPEATS]] and repeated(read, ledger, at, between, before)):
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])


@inner
def bound_by_repeats(read: Read, row: int, units: int) -> bool:
    """Whether the rule on repeats holds for a credit."""
    for at in range(read.ints[REPEATS_OF + 1] - read.ints[REPEATS_OF]):
        if matched(read, read.ints[read.ints[REPEATS_OF] + at], 0, row, units):
            return True
    return (read.ints[REPEATS_OF + 1] - read.ints[REPEATS_OF]) == 0


@inner
def repeated(read: Read, ledger: Ledger, at: int, between: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether another credit of the same course takes this one's place: the longer, then the earlier."""
    row, units = ledger.row[at], ledger.units[at]
    course = read.rows[ROW * row + COURSE_OF]
    if course == 0 or not bound_by_repeats(read, row, units):
        return False
    window = before if read.ints[read.ints[REPEATS]] == 2 else between
    for other in range(len(ledger.row)):
        there = ledger.row[other]
        if read.rows[ROW * there + COURSE_OF] != course or not window[0] <= read.rows[ROW * there + DAY] <= window[1] or other == at:
            continue
        if read.ints[read.ints[REPEATS]] == 2:
            return True
        longer = ledger.units[other] > units or (ledger.units[other] == units and other < at)
        if longer and bound_by_repeats(read, there, ledger.units[other]):
            return True
    return False


@inner
def earlier_units(read: Read, ledger: Ledger, picker: int, reading: int, between: tuple[int, int]) -> int:
    """Units before a window that still serve."""
    found = 0
    for at in range(len(ledger.row)):
        if between[0] <= read.rows[ROW * ledger.row[at] + DAY] < between[1]:
            found += picked(read, picker, reading, ledger.row[at], ledger.units[at])
    return found
