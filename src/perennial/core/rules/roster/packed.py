"""What the compiled count reads, in six arrays: a rule's tables and programs as one list of numbers, credits as rows.

Few and plain arrays keep compilation short: each array in a signature costs seconds.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Columns, Ints
from perennial.core.rules.roster.compiling import inner

AS_READ, STRICT, LOOSE = 0, 1, 2
PERIOD, YEAR, ON_DAY, CREDIT, COURSE, FORM, TOPIC = range(7)
NOTHING_SHORT = 0
INCOMPLETE = -1
"""Of a shortfall: only completion counts, and it is lacking."""
UNASKED = -2
ALL_UNITS = -1

DAY, UNITS_OF, KEY, IDENT, COURSE_OF, NAMED, TOPIC_FIRST, TOPIC_STOP = range(8)
"""Columns of `Read.rows`."""

# fmt: off
(MASK, BASE, DOUBT_FIRST, DOUBTS, APART, ALSO_FIRST, ALSO, UNSURE_IN, IS_LIMIT, NAME, FORM_OF, EXCLUDED, REPEATS_OF, REPEATS,
 EXCLUSIVE, STEP, STEP_AFTER, LEAST,
 DEMAND_FIRST, REQUIREMENT, PICKER, ASKED, YEARLY, IN_TOTAL, IS_TOTAL, LOOKBACK, OPEN_TOPICS, FIRST_ONLY, WITHIN_FIRST,
 WITHIN_PICKER, WITHIN_UNITS, LIMIT_FIRST, LIMIT_PICKER, LIMIT_UNITS, LIMIT_EACH, CAP_FIRST, CAP_MATCHER, CAP_UNITS,
 PAIR_FIRST, PAIR_ONE, PAIR_OTHER, OUTSIDE_FIRST, OUTSIDE_TOPICS, OUTSIDE_WHERE, WHERE_FIRST, WHERE, KINDS_FIRST, KINDS,
 KINDS_LEAST, CARRY, CARRY_LATE, CARRY_NOT, FULL, YEARS) = range(54)
# fmt: on
TABLES = 18
"""The first so many lists come from a rule's tables, the others from the program of a reading, in the order of their fields."""
OF_BITS = ("whole", "own", "accepted", "names_accepted")
"""Fields of the tables that are packed as bits, or that the count does not read."""


class Read(NamedTuple):
    """All that a count reads.

    `ints`: where each list begins, then the lists; `bits`: which matchers take credits of a key in each mode, then which
    pickers own a key, then which keys are accepted, with the three sizes in `shape` (matchers, pickers, keys);
    `order[first[p]:first[p + 1]]` the rows of a person, `topics` units * 256 + number.
    """

    ints: Ints
    bits: npt.NDArray[np.bool_]
    shape: Ints
    first: Ints
    order: Ints
    rows: npt.NDArray[np.int64]
    topics: Ints


class Rows(NamedTuple):
    """Credits as rows of numbers, packed once for all rules."""

    first: Ints
    order: Ints
    rows: npt.NDArray[np.int64]
    topics: Ints


def pack_rows(columns: Columns) -> Rows:
    """Credits as rows, 64 bytes each."""
    numbers = (columns.day, columns.units, columns.key)
    names = [name.view(np.int64) for name in (columns.ident, columns.course, columns.named)]
    filled: list[npt.NDArray[Any]] = [*numbers, *names, columns.topic_first[:-1], columns.topic_first[1:]]
    rows = np.empty((len(columns.day), len(filled)), dtype=np.int64)
    for place, column in enumerate(filled):
        rows[:, place] = column
    return Rows(columns.first, columns.order, rows, columns.topic_units * 256 + columns.topic)


def pack(tables: Any, program: Any, rows: Rows) -> Read:
    """A rule's tables and a reading's program, together with the rows."""
    parts = [getattr(tables, name) for name in tables._fields if name not in OF_BITS]
    parts += list(program)
    lists = [np.atleast_1d(part).astype(np.uint64 if np.asarray(part).dtype == np.uint64 else np.int64).view(np.int64) for part in parts]
    begins = np.cumsum([len(lists) + 1, *(len(each) for each in lists)]).astype(np.int64)
    bits = np.concatenate([tables.whole.ravel(), tables.own.ravel(), tables.accepted])
    shape = np.array([tables.whole.shape[1], tables.own.shape[0], len(tables.accepted)], dtype=np.int64)
    return Read(np.concatenate([begins, *lists]), bits, shape, *rows)


@inner
def whole(read: Read, mode: int, matcher: int, key: int) -> bool:
    """Whether a matcher takes credits of a key."""
    return read.bits[(mode * read.shape[0] + matcher) * read.shape[2] + key]


@inner
def own(read: Read, picker: int, key: int) -> bool:
    """Whether credits of a key belong to a picker outright."""
    return read.bits[(3 * read.shape[0] + picker) * read.shape[2] + key]


@inner
def accepted(read: Read, key: int) -> bool:
    """Whether the approver is one that the rule names, or none is needed."""
    return read.bits[(3 * read.shape[0] + read.shape[1]) * read.shape[2] + key]
