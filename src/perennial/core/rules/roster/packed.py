"""What the compiled count reads, in eight arrays: a rule's tables and programs as one list of numbers, credits as rows.

Few and plain arrays keep compilation short: each array in a signature costs seconds.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import in_rows, inner, maker, pointer, uncounted

AS_READ, STRICT, LOOSE = 0, 1, 2
PERIOD, YEAR, ON_DAY, CREDIT, COURSE, FORM, TOPIC = range(7)
NOTHING_SHORT = 0
INCOMPLETE = -1
"""Of a shortfall: only completion counts, and it is lacking."""
UNASKED = -2
ALL_UNITS = -1
BENCH = 1 << 22
"""At most so many numbers on a bench; whoever has more credits than can then be counted goes to `evaluate`."""
NEVER_BEFORE = 10**9
"""Instead of a day: no hours from before serve; numbers above it say which requirement that counts back."""

TAKES_NONE, TAKES_WHOLE, TAKES_TOPICS, TAKES_PARTS = range(4)

DAY, UNITS_OF, KEY, COURSE_OF, NAMED, TOPIC_FIRST, TOPIC_STOP, ORIGIN = range(8)
"""Columns of `Read.rows`. `COURSE_OF` and `NAMED` are numbers among the credits of one person; see `Rows`."""
ROW = 8
TOPIC_BITS = 6
"""A topic's number takes so many bits of an entry of `Read.topics`, its units the others."""

# fmt: off
(MASK, BASE, DOUBT_FIRST, DOUBTS, APART, ALSO_FIRST, ALSO, UNSURE_IN, IS_LIMIT, NAME, FORM_OF, EXCLUDED, REPEATS_OF, REPEATS,
 EXCLUSIVE, STEP, STEP_AFTER, LEAST,
 DEMAND_FIRST, REQUIREMENT, PICKER, ASKED, YEARLY, IN_TOTAL, IS_TOTAL, LOOKBACK, OPEN_TOPICS, FIRST_ONLY, WITHIN_FIRST,
 WITHIN_PICKER, WITHIN_UNITS, LIMIT_FIRST, LIMIT_PICKER, LIMIT_UNITS, LIMIT_EACH, CAP_FIRST, CAP_MATCHER, CAP_UNITS,
 PAIR_FIRST, PAIR_ONE, PAIR_OTHER, OUTSIDE_FIRST, OUTSIDE_TOPICS, OUTSIDE_WHERE, WHERE_FIRST, WHERE, KINDS_FIRST, KINDS,
 KINDS_LEAST, CARRY, CARRY_LATE, CARRY_NOT, FULL, YEARS) = range(54)
# fmt: on
# The first 18 lists come from a rule's tables, the others from the program of a reading, in the order of their fields.
OF_BITS = ("whole", "own", "accepted", "names_accepted")
"""Fields of the tables that are packed as bits or into `takes`, or that the count does not read."""


class Read(NamedTuple):
    """All that a count reads.

    `ints`: where each list begins, then the lists; `bits`: which matchers take credits of a key in each mode, then which
    keys are accepted; `takes`: how each picker in each mode takes credits of a key; `shape`: how many
    matchers, pickers and keys there are, and the most credits that are counted here; `first`, `rows` and `topics`: see `Rows`;
    `bench`: see `empty`.
    """

    ints: Ints
    bits: npt.NDArray[np.bool_]
    takes: npt.NDArray[np.uint8]
    shape: Ints
    first: Ints
    rows: npt.NDArray[np.int32]
    topics: npt.NDArray[np.int32]
    bench: Ints


class Rows(NamedTuple):
    """Credits as rows of eight numbers, packed once for all rules.

    `rows[first[p]:first[p + 1]]` are those of person p, each certificate once, by day and then by the name of the certificate. Credits of
    one person with the same `COURSE_OF` are of one course, 0 where none is named; with the same `NAMED` of one course or title, where a
    rule of that person looks at it. `topics[TOPIC_FIRST:TOPIC_STOP]` holds units and numbers of topics; `ORIGIN` tells which of the
    credits given a row was.
    """

    first: Ints
    rows: npt.NDArray[np.int32]
    topics: npt.NDArray[np.int32]


class Laid(NamedTuple):
    """A rule's tables and a reading's program, as `Read` holds them."""

    ints: Ints
    bits: npt.NDArray[np.bool_]
    takes: npt.NDArray[np.uint8]
    shape: Ints
    widths: Ints


class LaidTables(NamedTuple):
    """A rule's tables, as `Read` holds them."""

    lists: list[Ints]
    bits: npt.NDArray[np.bool_]
    takes: npt.NDArray[np.uint8]
    shape: Ints


def lay_out_tables(tables: Any) -> LaidTables:
    """A rule's tables, the same for every reading."""
    lists = [_as_numbers(getattr(tables, name)) for name in tables._fields if name not in OF_BITS]
    bits = np.concatenate([tables.whole.ravel(), tables.accepted])
    shape = np.array([tables.whole.shape[1], tables.own.shape[0], len(tables.accepted)], dtype=np.int64)
    return LaidTables(lists, bits, ways(tables).ravel(), shape)


def lay_out(tables: LaidTables, program: Any) -> Laid:
    """A rule's tables and a reading's program in three arrays."""
    lists = [*tables.lists, *(_as_numbers(part) for part in program)]
    begins = np.cumsum([len(lists) + 1, *(len(each) for each in lists)]).astype(np.int64)
    return Laid(np.concatenate([begins, *lists]), tables.bits, tables.takes, tables.shape, widths_of(program))


def _as_numbers(part: Any) -> Ints:
    """Numbers, truths or masks as a list of whole numbers."""
    if isinstance(part, np.ndarray) and part.dtype in (np.int64, np.uint64):
        return part.view(np.int64)
    return np.atleast_1d(part).astype(np.int64)


def widths_of(program: Any) -> Ints:
    """How many demands (with those of single years), limits, limits with a group for each day or such, caps inside demands, unread
    caps, pairs and kinds the widest situation has."""
    most = [int(np.max(np.diff(first), initial=0)) for first in (program.demand_first, program.limit_first)]
    most[0] *= 1 + int(program.years[0]) * bool(program.yearly.any())
    grouped = most[1] if (program.limit_each != PERIOD).any() else 0
    within = int(np.max(np.diff(program.within_first[program.demand_first]), initial=0))
    last = [int(np.max(np.diff(first), initial=0)) for first in (program.cap_first, program.pair_first, program.kinds_first)]
    return np.array([*most, grouped, within, *last], dtype=np.int64)


def needed(widths: Ints, credits: int) -> int:
    """The most numbers that one license with so many credits takes from a bench: each array of the compiled modules, as often as made."""
    demands, limits, grouped, within, caps, pairs, kinds = (int(each) for each in widths)
    rows = caps + limits + within + grouped * max(64, credits)
    each_credit = 30 + 4 * limits + 16 * demands + 2 * within + kinds + 2 * rows
    return 2 * (each_credit * credits + rows * (12 + 2 * kinds) + 24 * demands + 4 * pairs + 256)


def ways(tables: Any) -> npt.NDArray[np.uint8]:
    """How each picker in each mode takes credits of a key: not at all, whole, inside topics, or as only its parts together tell."""
    found = np.full((3, *tables.own.shape), TAKES_NONE, dtype=np.uint8)
    for picker in range(tables.own.shape[0]):
        parts = [*tables.doubts[tables.doubt_first[picker] : tables.doubt_first[picker + 1]]]
        parts += [*tables.also[tables.also_first[picker] : tables.also_first[picker + 1]]]
        base, here = tables.base[picker], found[:, picker]
        here[tables.whole[:, base]] = TAKES_TOPICS if tables.topics[base] else TAKES_WHOLE
        here[tables.whole[:, parts].any(axis=1)] = TAKES_PARTS
        here[:, tables.own[picker]] = TAKES_WHOLE
    return found


def pack(laid: Laid, rows: Rows, person: Ints) -> Read:
    """What a count of these people reads, with an empty bench that suffices for whoever of them may be counted here."""
    held = int(np.max(rows.first[person + 1] - rows.first[person], initial=0))
    counted = held
    while counted and needed(laid.widths, counted) > BENCH:
        counted //= 2
    bench = np.empty(max(needed(laid.widths, counted), 16 * held + 64), dtype=np.int64)
    bench[0] = 1
    return Read(laid.ints, laid.bits, laid.takes, np.append(laid.shape, counted), *rows, bench)


@maker
def borrowed(read: Read) -> Read:
    """The same to hand around in compiled code: bare places in memory, `rows` as one list of numbers, `ROW` for each row."""
    ints, bits, takes, shape = pointer(read.ints), pointer(read.bits), pointer(read.takes), pointer(read.shape)
    first, rows, topics = pointer(read.first), pointer(read.rows), pointer(read.topics)
    return Read(ints, bits, takes, shape, first, rows, topics, uncounted(read.bench))


@inner
def clear(bench: Ints) -> None:
    """Give back all that was taken from a bench."""
    bench[0] = 1


@maker
def empty(bench: Ints, many: int) -> Ints:
    """So many numbers to write to, taken from the bench until it is cleared: much quicker than memory of one's own.

    The first number of a bench says where its free part begins. That it suffices is for `needed` to see to.
    """
    begin = bench[0]
    if begin + many > len(bench):
        raise AssertionError("a bench is too small")
    bench[0] = begin + many
    return bench[begin : begin + many]


@maker
def zeros(bench: Ints, many: int) -> Ints:
    """The same, all 0."""
    found = empty(bench, many)
    for at in range(many):
        found[at] = 0
    return found


@maker
def table(bench: Ints, rows: int, columns: int) -> npt.NDArray[np.int64]:
    """The same in rows, all 0."""
    return in_rows(zeros(bench, rows * columns), rows, columns)


@inner
def whole(read: Read, mode: int, matcher: int, key: int) -> bool:
    """Whether a matcher takes credits of a key."""
    return read.bits[(mode * read.shape[0] + matcher) * read.shape[2] + key]


@inner
def accepted(read: Read, key: int) -> bool:
    """Whether the approver is one that the rule names, or none is needed."""
    return read.bits[3 * read.shape[0] * read.shape[2] + key]
