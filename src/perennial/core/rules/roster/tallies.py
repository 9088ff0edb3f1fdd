"""What each requirement lacks once hours are assigned, compiled; and the whole of it for many licenses."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, maker, outer, uncounted
from perennial.core.rules.roster.counting import (
    Here,
    ceilings,
    is_hopeless,
    limited,
    make_choice,
    places,
    toward_total,
    years_in,
)
from perennial.core.rules.roster.filling import MANY, Choice, assigned, at_most, given, held, in_size
from perennial.core.rules.roster.kernel import Ledger, in_topics, inside, matched, picked, read_ledger
from perennial.core.rules.roster.packed import (
    ALL_UNITS,
    AS_READ,
    ASKED,
    CARRY,
    CARRY_LATE,
    CARRY_NOT,
    DAY,
    DEMAND_FIRST,
    FULL,
    INCOMPLETE,
    IS_TOTAL,
    KEY,
    KINDS,
    KINDS_FIRST,
    KINDS_LEAST,
    NOTHING_SHORT,
    OPEN_TOPICS,
    REQUIREMENT,
    ROW,
    YEARLY,
    Read,
    accepted,
    borrowed,
    clear,
    empty,
    table,
)
from perennial.core.rules.roster.plainly import count_plainly, is_plain, lack, open_short, summed
from perennial.core.rules.selection import UNITS

NEVER, PERHAPS, SURELY = range(3)


class Cases(NamedTuple):
    """The licenses to judge: whose credits, in which situation and window; `before` is the period before.

    `strict` leaves out credits whose approver the rule does not name.
    """

    person: Ints
    situation: Ints
    before: Ints
    start: Ints
    end: Ints
    before_start: Ints
    before_end: Ints
    late: Ints
    as_of: Ints
    done: npt.NDArray[np.bool_]
    years: npt.NDArray[np.int64]
    years_before: npt.NDArray[np.int64]
    since: npt.NDArray[np.int64]
    strict: npt.NDArray[np.bool_]


class Found(NamedTuple):
    """The answers: status 0 not compliant, 1 compliant, 2 unsure; units counted; what each requirement lacks; what else is seen."""

    status: npt.NDArray[np.int8]
    counted: Ints
    short: npt.NDArray[np.int64]
    unaccepted: npt.NDArray[np.bool_]
    earlier: npt.NDArray[np.bool_]


@outer
def judge_all(read: Read, cases: Cases, reading: int, found: Found) -> None:
    """Fill in the answers to all licenses under one reading."""
    read, short, done, since = borrowed(read), uncounted(found.short), uncounted(cases.done), uncounted(cases.since)
    years, years_before = uncounted(cases.years), uncounted(cases.years_before)
    for i in range(len(cases.person)):
        if read.first[cases.person[i] + 1] - read.first[cases.person[i]] > read.shape[3]:
            found.status[i] = 2
            continue
        clear(read.bench)
        ledger = read_ledger(read, cases.person[i], cases.as_of[i])
        if cases.strict[i]:
            ledger = only_accepted(read, ledger)
        between, before = (cases.start[i], cases.end[i]), (cases.before_start[i], cases.before_end[i])
        entries = inside(read, ledger, between, before)
        here = Here(cases.situation[i], reading, between[0], between[1], done[i], years[i], since[i], 0)
        earlier = Here(cases.before[i], reading, before[0], before[1], done[i], years_before[i], since[i], cases.late[i])
        decided, carried = carried_over(read, here.situation, earlier, ledger)
        status, most = count(read, here, (ledger, entries), carried, short[i])
        found.status[i] = status if decided else 2
        found.counted[i] = most + carried
        found.unaccepted[i] = len(only_accepted(read, entries).row) < len(entries.row)
        found.earlier[i] = len(ledger.row) > 0 and read.rows[ROW * ledger.row[0] + DAY] < cases.start[i]


@maker
def only_accepted(read: Read, ledger: Ledger) -> Ledger:
    """Those credits whose approver the rule names."""
    row = empty(read.bench, len(ledger.row))
    units = empty(read.bench, len(ledger.row))
    many = 0
    for at in range(len(ledger.row)):
        if accepted(read, read.rows[ROW * ledger.row[at] + KEY]):
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])


@outer
def any_between(read: Read, cases: Cases, picker: int, spans: tuple[Ints, Ints], out: npt.NDArray[np.bool_]) -> None:
    """Whether a person has hours that a picker takes in the loosest reading after one day and before another."""
    read = borrowed(read)
    for i in range(len(cases.person)):
        clear(read.bench)
        ledger = read_ledger(read, cases.person[i], cases.as_of[i])
        if cases.strict[i]:
            ledger = only_accepted(read, ledger)
        for at in range(len(ledger.row)):
            day = read.rows[ROW * ledger.row[at] + DAY]
            if spans[0][i] < day < spans[1][i] and picked(read, picker, 2, ledger.row[at], ledger.units[at]):
                out[i] = True
                break


@outer
def mark_keys(first: Ints, rows: npt.NDArray[np.int32], person: Ints, seen: npt.NDArray[np.bool_]) -> None:
    """Say which keys these people's credits have."""
    for i in range(len(person)):
        for at in range(first[person[i]], first[person[i] + 1]):
            seen[rows[at, KEY]] = True


@inner
def count(read: Read, here: Here, held: tuple[Ledger, Ledger], carried: int, short: Ints) -> tuple[int, int]:
    """Fill in what each requirement lacks. Status (0 short, 1 met, 2 unsure) and the most that counts, carried hours left out."""
    if is_plain(read, here.situation):
        status, most = count_plainly(read, here, held, carried, short)
        if status != 2:
            return status, most
    return count_best(read, here, held, carried, short)


@inner
def count_best(read: Read, here: Here, held: tuple[Ledger, Ledger], carried: int, short: Ints) -> tuple[int, int]:
    """The same where it matters which hours are counted."""
    s, ledger, entries = here.situation, held[0], held[1]
    choice = make_choice(read, here, ledger, entries)
    if here.reading != AS_READ and is_hopeless(read, here, choice, carried):
        return 0, 0  # of other readings only the status is asked
    choice = limited(read, here, entries, choice)
    if here.reading != AS_READ and is_lost(read, here, choice, carried):
        return 0, 0
    decided, _, counted = assigned(choice)
    if not decided:
        return 2, 0
    most = summed(counted)
    met = True
    where = places(read, here)
    first = read.ints[read.ints[DEMAND_FIRST] + s]
    for demand in range(first, read.ints[read.ints[DEMAND_FIRST] + s + 1]):
        place = where[demand - first]
        if read.ints[read.ints[OPEN_TOPICS] + demand]:
            lacks = open_short(read, demand, entries)
        else:
            got = most + carried if read.ints[read.ints[IS_TOTAL] + demand] else given(choice, place, counted)
            lacks = lack_in_years(read, here, demand, (lack(read, here, demand, got, ledger), place), (choice, counted))
            if read.ints[read.ints[KINDS_LEAST] + demand] and lacks != INCOMPLETE:
                least, most_short = kinds_short(read, here, demand, entries, (choice, counted))
                if max(lacks, least) < most_short:
                    return 2, 0
                lacks = max(lacks, least)
            short[read.ints[read.ints[REQUIREMENT] + demand]] = lacks
        met = met and lacks == NOTHING_SHORT
    return (1 if met else 0), most


@inner
def is_lost(read: Read, here: Here, choice: Choice, carried: int) -> bool:
    """Whether some requirement would lack hours even if limits were filled for it alone."""
    groups, where = in_size(choice), places(read, here)
    if len(groups) > MANY:
        return False
    first = read.ints[read.ints[DEMAND_FIRST] + here.situation]
    for demand in range(first, read.ints[read.ints[DEMAND_FIRST] + here.situation + 1]):
        place = where[demand - first]
        if not choice.in_total[place] or here.done[read.ints[read.ints[REQUIREMENT] + demand]]:
            continue
        have = at_most(choice, groups, choice.gives[place]) + (carried if read.ints[read.ints[IS_TOTAL] + demand] else 0)
        if have < choice.asked[place]:
            return True
    return False


@inner
def lack_in_years(read: Read, here: Here, demand: int, lacks_at: tuple[int, int], counts: tuple[Choice, Ints]) -> int:
    """The same with single years looked at: the more of the two."""
    lacks, place = lacks_at
    least, found = read.ints[read.ints[YEARLY] + demand], 0
    if not least or read.ints[read.ints[ASKED] + demand] == INCOMPLETE or here.done[read.ints[read.ints[REQUIREMENT] + demand]]:
        return lacks
    for year in range(years_in(read, here)):
        found += max(0, least - given(counts[0], place + 1 + year, counts[1]))
    return max(lacks, found)


@inner
def kinds_short(read: Read, here: Here, demand: int, entries: Ledger, counts: tuple[Choice, Ints]) -> tuple[int, int]:
    """What a requirement of several kinds of credit lacks, at least and at most: which ones count can hang on how limits are filled."""
    first, stop = read.ints[read.ints[KINDS_FIRST] + here.situation], read.ints[read.ints[KINDS_FIRST] + here.situation + 1]
    if stop == first or read.ints[read.ints[KINDS_LEAST] + demand] == 0 or here.done[read.ints[read.ints[REQUIREMENT] + demand]]:
        return 0, 0
    surely, perhaps = 0, 0
    for each in range(first, stop):
        used = uses(read, here, read.ints[read.ints[KINDS] + each], entries, counts)
        surely, perhaps = surely + (used == SURELY), perhaps + (used != NEVER)
    least = read.ints[read.ints[KINDS_LEAST] + demand]
    return max(0, least - perhaps) * UNITS, max(0, least - surely) * UNITS


@inner
def uses(read: Read, here: Here, kind: int, entries: Ledger, counts: tuple[Choice, Ints]) -> int:
    """Whether a kind counts. Surely: outside every binding limit, or because as much could not count without it."""
    choice, counted = counts
    groups = in_size(choice)
    settled = 0 if here.reading == 0 else (1 if here.reading == 2 else 2)
    others, found = empty(read.bench, len(counted)), NEVER
    for at in range(len(counted)):
        others[at] = choice.units[at]
        if matched(read, kind, settled, entries.row[at], entries.units[at]):
            if counted[at] and not held(choice, groups, at):
                return SURELY
            found = PERHAPS if choice.units[at] else found
            others[at] = 0
    if found == PERHAPS and summed(counted) > at_most(choice, groups, others):
        return SURELY
    return found


@inner
def carried_over(read: Read, now: int, before: Here, ledger: Ledger) -> tuple[bool, int]:
    """Whether it could be decided, and the surplus of the period before that counts now. Only the hours in all matter there."""
    most = read.ints[read.ints[CARRY] + now]
    if most == 0:
        return True, 0
    entries = inside_window(read, before, ledger)
    many = len(entries.row)
    if many == 0:
        return True, 0
    total = empty(read.bench, many)
    for at in range(many):
        total[at] = toward_total(read, before, entries.row[at], entries.units[at])
    holds, room = ceilings(read, before, entries, total)
    decided, bound, counted = assigned(bare(read, total, holds, room))
    special = read.ints[read.ints[CARRY_NOT] + now] != 0 or read.ints[read.ints[CARRY_LATE] + now] != 0
    if not decided or (bound and special):
        return False, 0
    surplus = summed(counted) - read.ints[read.ints[FULL] + before.situation]
    if special:
        surplus = min(surplus, may_carry(read, now, before.late, entries, counted))
    found = max(0, surplus)
    return True, (found if most == ALL_UNITS else min(most, found))


@maker
def bare(read: Read, total: Ints, holds: npt.NDArray[np.int64], room: Ints) -> Choice:
    """A choice of which nothing is asked but hours."""
    none, no_rows = empty(read.bench, 0), table(read.bench, 0, len(total))
    return Choice(total, no_rows, none, none, holds, room, none, none, no_rows, table(read.bench, 0, 2), read.bench)


@inner
def may_carry(read: Read, now: int, late: int, entries: Ledger, counted: Ints) -> int:
    """Counted units that may carry: earned late enough, and not in a topic that never does."""
    found = 0
    for at in range(len(counted)):
        if read.ints[read.ints[CARRY_LATE] + now] == 0 or read.rows[ROW * entries.row[at] + DAY] > late:
            found += counted[at] - min(
                counted[at], in_topics(read, entries.row[at], read.ints[read.ints[CARRY_NOT] + now], entries.units[at])
            )
    return found


@maker
def inside_window(read: Read, here: Here, ledger: Ledger) -> Ledger:
    """Every entry of the ledger in a window, repeats too."""
    row = empty(read.bench, len(ledger.row))
    units = empty(read.bench, len(ledger.row))
    many = 0
    for at in range(len(ledger.row)):
        if here.start <= read.rows[ROW * ledger.row[at] + DAY] <= here.end:
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])
