"""What each requirement lacks once hours are assigned, compiled; and the whole of it for many licenses."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, outer
from perennial.core.rules.roster.counting import Here, asked_now, ceilings, make_choice, places, toward_total, years_in
from perennial.core.rules.roster.filling import Choice, assigned, given, held, in_size
from perennial.core.rules.roster.kernel import Ledger, in_topics, inside, matched, picked, read_ledger, same_course_twice_a_day
from perennial.core.rules.roster.packed import (
    ALL_UNITS,
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
    REPEATS,
    REQUIREMENT,
    YEARLY,
    Read,
    accepted,
)
from perennial.core.rules.selection import UNITS

MOST = (1 << 63) - 1


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
    for i in range(len(cases.person)):
        ledger = read_ledger(read, cases.person[i], cases.as_of[i])
        if cases.strict[i]:
            ledger = only_accepted(read, ledger)
        between, before = (cases.start[i], cases.end[i]), (cases.before_start[i], cases.before_end[i])
        entries = inside(read, ledger, between, before)
        here = Here(cases.situation[i], reading, cases.start[i], cases.end[i], cases.done[i], cases.years[i], 0)
        earlier = Here(cases.before[i], reading, before[0], before[1], cases.done[i], cases.years_before[i], cases.late[i])
        decided, carried = carried_over(read, here.situation, earlier, ledger)
        status, most = count(read, here, (ledger, entries), carried, found.short[i])
        unsure = not decided or (read.ints[read.ints[REPEATS]] and same_course_twice_a_day(read, ledger))
        found.status[i] = 2 if unsure else status
        found.counted[i] = most + carried
        found.unaccepted[i] = len(only_accepted(read, entries).row) < len(entries.row)
        found.earlier[i] = len(ledger.row) > 0 and read.rows[ledger.row[0], DAY] < cases.start[i]


@inner
def summed(units: Ints) -> int:
    """The sum of a list."""
    found = 0
    for at in range(len(units)):
        found += units[at]
    return found


@inner
def only_accepted(read: Read, ledger: Ledger) -> Ledger:
    """Those credits whose approver the rule names."""
    row = np.empty(len(ledger.row), np.int64)
    units = np.empty(len(ledger.row), np.int64)
    many = 0
    for at in range(len(ledger.row)):
        if accepted(read, read.rows[ledger.row[at], KEY]):
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])


@outer
def any_between(read: Read, cases: Cases, picker: int, spans: tuple[Ints, Ints], out: npt.NDArray[np.bool_]) -> None:
    """Whether a person has hours that a picker takes in the loosest reading after one day and before another."""
    for i in range(len(cases.person)):
        ledger = read_ledger(read, cases.person[i], cases.as_of[i])
        if cases.strict[i]:
            ledger = only_accepted(read, ledger)
        for at in range(len(ledger.row)):
            day = read.rows[ledger.row[at], DAY]
            if spans[0][i] < day < spans[1][i] and picked(read, picker, 2, ledger.row[at], ledger.units[at]):
                out[i] = True
                break


@outer
def mark_keys(first: Ints, order: Ints, rows: npt.NDArray[np.int64], person: Ints, seen: npt.NDArray[np.bool_]) -> None:
    """Say which keys these people's credits have."""
    for i in range(len(person)):
        for at in range(first[person[i]], first[person[i] + 1]):
            seen[rows[order[at], KEY]] = True


@inner
def count(read: Read, here: Here, held: tuple[Ledger, Ledger], carried: int, short: Ints) -> tuple[int, int]:
    """Fill in what each requirement lacks. Status (0 short, 1 met, 2 unsure) and the most that counts, carried hours left out."""
    s = here.situation
    ledger, entries = held
    choice = make_choice(read, here, ledger, entries)
    decided, bound, counted = assigned(choice)
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
            lacks = lack(read, here, demand, (got, place), (ledger, choice, counted))
            if read.ints[read.ints[KINDS_LEAST] + demand] and lacks != INCOMPLETE:
                lacks = max(lacks, kinds_short(read, here, demand, entries, kept(choice, counted)))
                if bound and lacks > 0:
                    return 2, 0
            short[read.ints[read.ints[REQUIREMENT] + demand]] = lacks
        met = met and lacks == NOTHING_SHORT
    return (1 if met else 0), most


@inner
def kept(choice: Choice, counted: Ints) -> Ints:
    """Units counted of entries that no binding limit holds: they count whichever way the limits are filled."""
    groups = in_size(choice)
    found = np.empty(len(counted), np.int64)
    for entry in range(len(counted)):
        found[entry] = 0 if held(choice, groups, entry) else counted[entry]
    return found


@inner
def open_short(read: Read, demand: int, entries: Ledger) -> int:
    """What an unread clause could still lack, given the hours in its topics."""
    have = 0
    for at in range(len(entries.row)):
        have += in_topics(read, entries.row[at], read.ints[read.ints[OPEN_TOPICS] + demand] & MOST, entries.units[at])
    return max(0, read.ints[read.ints[ASKED] + demand] - have)


@inner
def lack(read: Read, here: Here, demand: int, got_at: tuple[int, int], counts: tuple[Ledger, Choice, Ints]) -> int:
    """What a requirement lacks."""
    got, place = got_at
    ledger, choice, counted = counts
    _, earlier, done = asked_now(read, here, demand, ledger)
    if read.ints[read.ints[ASKED] + demand] == INCOMPLETE:
        return NOTHING_SHORT if got or done else INCOMPLETE
    if done:
        return NOTHING_SHORT
    missing = max(0, read.ints[read.ints[ASKED] + demand] - got - earlier)
    if read.ints[read.ints[YEARLY] + demand]:
        apart = 0
        for year in range(years_in(read, here)):
            apart += max(0, read.ints[read.ints[YEARLY] + demand] - given(choice, place + 1 + year, counted))
        missing = max(missing, apart)
    return missing


@inner
def kinds_short(read: Read, here: Here, demand: int, entries: Ledger, counted: Ints) -> int:
    """What a requirement of several kinds of credit lacks, everything being counted."""
    first, stop = read.ints[read.ints[KINDS_FIRST] + here.situation], read.ints[read.ints[KINDS_FIRST] + here.situation + 1]
    if stop == first or read.ints[read.ints[KINDS_LEAST] + demand] == 0 or here.done[read.ints[read.ints[REQUIREMENT] + demand]]:
        return 0
    settled = 0 if here.reading == 0 else (1 if here.reading == 2 else 2)
    have = 0
    for each in range(first, stop):
        for at in range(len(entries.row)):
            if counted[at] and matched(read, read.ints[read.ints[KINDS] + each], settled, entries.row[at], entries.units[at]):
                have += 1
                break
    return int(max(0, read.ints[read.ints[KINDS_LEAST] + demand] - have) * UNITS)


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
    total = np.empty(many, np.int64)
    for at in range(many):
        total[at] = toward_total(read, before, entries.row[at], entries.units[at])
    holds, room = ceilings(read, before, entries, total)
    decided, bound, counted = assigned(bare(total, holds, room))
    special = read.ints[read.ints[CARRY_NOT] + now] != 0 or read.ints[read.ints[CARRY_LATE] + now] != 0
    if not decided or (bound and special):
        return False, 0
    surplus = summed(counted) - read.ints[read.ints[FULL] + before.situation]
    if special:
        surplus = min(surplus, may_carry(read, now, before.late, entries, counted))
    found = max(0, surplus)
    return True, (found if most == ALL_UNITS else min(most, found))


@inner
def bare(total: Ints, holds: npt.NDArray[np.int64], room: Ints) -> Choice:
    """A choice of which nothing is asked but hours."""
    none, no_rows = np.empty(0, np.int64), np.empty((0, len(total)), np.int64)
    return Choice(total, no_rows, none, np.empty(0, np.bool_), holds, room, none, none, no_rows, np.empty((0, 2), np.int64))


@inner
def may_carry(read: Read, now: int, late: int, entries: Ledger, counted: Ints) -> int:
    """Counted units that may carry: earned late enough, and not in a topic that never does."""
    found = 0
    for at in range(len(counted)):
        if read.ints[read.ints[CARRY_LATE] + now] == 0 or read.rows[entries.row[at], DAY] > late:
            found += counted[at] - min(
                counted[at], in_topics(read, entries.row[at], read.ints[read.ints[CARRY_NOT] + now], entries.units[at])
            )
    return found


@inner
def inside_window(read: Read, here: Here, ledger: Ledger) -> Ledger:
    """Every entry of the ledger in a window, repeats too."""
    row = np.empty(len(ledger.row), np.int64)
    units = np.empty(len(ledger.row), np.int64)
    many = 0
    for at in range(len(ledger.row)):
        if here.start <= read.rows[ledger.row[at], DAY] <= here.end:
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])
