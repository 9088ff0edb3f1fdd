"""What each requirement lacks once hours are assigned, compiled; and the whole of it for many licenses."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from perennial.core.rules.roster.columns import Columns, Ints
from perennial.core.rules.roster.counting import Here, Read, asked_now, ceilings, make_choice, places, toward_total, years_in
from perennial.core.rules.roster.filling import Choice, assigned, given
from perennial.core.rules.roster.kernel import (
    ALL_UNITS,
    INCOMPLETE,
    NOTHING_SHORT,
    UNASKED,
    Ledger,
    Program,
    in_topics,
    inside,
    matched,
    picked,
    read_ledger,
    same_course_twice_a_day,
)
from perennial.core.rules.roster.tables import Tables
from perennial.core.rules.selection import UNITS


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


@njit(nogil=True, cache=True)
def judge_all(tables: Tables, columns: Columns, program: Program, cases: Cases, reading: int, found: Found) -> None:
    """Fill in the answers to all licenses under one reading."""
    read = Read(tables, columns, program)
    for i in range(len(cases.person)):
        ledger = read_ledger(tables, columns, cases.person[i], cases.as_of[i])
        if cases.strict[i]:
            ledger = only_accepted(tables, columns, ledger)
        between, before = (cases.start[i], cases.end[i]), (cases.before_start[i], cases.before_end[i])
        entries = inside(tables, columns, ledger, between, before)
        here = Here(cases.situation[i], reading, cases.start[i], cases.end[i], cases.done[i], cases.years[i], 0)
        earlier = Here(cases.before[i], reading, before[0], before[1], cases.done[i], cases.years_before[i], cases.late[i])
        decided, carried = carried_over(read, here.situation, earlier, ledger)
        found.short[i] = UNASKED
        status, most = count(read, here, (ledger, entries), carried, found.short[i])
        unsure = not decided or (tables.repeats and same_course_twice_a_day(columns, ledger))
        found.status[i] = 2 if unsure else status
        found.counted[i] = most + carried
        found.unaccepted[i] = len(only_accepted(tables, columns, entries).row) < len(entries.row)
        found.earlier[i] = len(ledger.row) > 0 and columns.day[ledger.row[0]] < cases.start[i]


@njit(nogil=True, cache=True)
def only_accepted(tables: Tables, columns: Columns, ledger: Ledger) -> Ledger:
    """Those credits whose approver the rule names."""
    row = np.empty(len(ledger.row), np.int64)
    units = np.empty(len(ledger.row), np.int64)
    many = 0
    for at in range(len(ledger.row)):
        if tables.accepted[columns.key[ledger.row[at]]]:
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])


@njit(nogil=True, cache=True)
def any_between(tables: Tables, columns: Columns, cases: Cases, picker: int, spans: tuple[Ints, Ints], out: npt.NDArray[np.bool_]) -> None:
    """Whether a person has hours that a picker takes in the loosest reading after one day and before another."""
    for i in range(len(cases.person)):
        ledger = read_ledger(tables, columns, cases.person[i], cases.as_of[i])
        if cases.strict[i]:
            ledger = only_accepted(tables, columns, ledger)
        for at in range(len(ledger.row)):
            day = columns.day[ledger.row[at]]
            if spans[0][i] < day < spans[1][i] and picked(tables, columns, picker, 2, ledger.row[at], ledger.units[at]):
                out[i] = True
                break


@njit(nogil=True, cache=True)
def mark_keys(columns: Columns, person: Ints, seen: npt.NDArray[np.bool_]) -> None:
    """Say which keys these people's credits have."""
    for i in range(len(person)):
        for at in range(columns.first[person[i]], columns.first[person[i] + 1]):
            seen[columns.key[columns.order[at]]] = True


@njit(nogil=True, cache=True)
def count(read: Read, here: Here, held: tuple[Ledger, Ledger], carried: int, short: Ints) -> tuple[int, int]:
    """Fill in what each requirement lacks. Status (0 short, 1 met, 2 unsure) and the most that counts, carried hours left out."""
    program, s = read.program, here.situation
    ledger, entries = held
    choice = make_choice(read, here, ledger, entries)
    decided, bound, counted = assigned(choice)
    if not decided or (bound and program.kinds_first[s + 1] > program.kinds_first[s]):
        return 2, 0
    most = int(counted.sum())
    met = True
    where = places(read, here)
    first = program.demand_first[s]
    for demand in range(first, program.demand_first[s + 1]):
        place = where[demand - first]
        if program.open_topics[demand]:
            lacks = open_short(read, demand, entries)
        else:
            got = most + carried if program.is_total[demand] else given(choice, place, counted)
            lacks = lack(read, here, demand, (got, place), (ledger, choice, counted))
            if program.kinds_least[demand] and lacks != INCOMPLETE:
                lacks = max(lacks, kinds_short(read, here, demand, entries, counted))
            short[program.requirement[demand]] = lacks
        met = met and lacks == NOTHING_SHORT
    return (1 if met else 0), most


@njit(nogil=True, cache=True)
def open_short(read: Read, demand: int, entries: Ledger) -> int:
    """What an unread clause could still lack, given the hours in its topics."""
    have = 0
    for at in range(len(entries.row)):
        have += in_topics(
            read.columns, entries.row[at], read.program.open_topics[demand] & ~(np.uint64(1) << np.uint64(63)), entries.units[at]
        )
    return max(0, read.program.asked[demand] - have)


@njit(nogil=True, cache=True)
def lack(read: Read, here: Here, demand: int, got_at: tuple[int, int], counts: tuple[Ledger, Choice, Ints]) -> int:
    """What a requirement lacks."""
    program = read.program
    got, place = got_at
    ledger, choice, counted = counts
    _, earlier, done = asked_now(read, here, demand, ledger)
    if program.asked[demand] == INCOMPLETE:
        return NOTHING_SHORT if got or done else INCOMPLETE
    if done:
        return NOTHING_SHORT
    missing = max(0, program.asked[demand] - got - earlier)
    if program.yearly[demand]:
        apart = 0
        for year in range(years_in(read, here)):
            apart += max(0, program.yearly[demand] - given(choice, place + 1 + year, counted))
        missing = max(missing, apart)
    return missing


@njit(nogil=True, cache=True)
def kinds_short(read: Read, here: Here, demand: int, entries: Ledger, counted: Ints) -> int:
    """What a requirement of several kinds of credit lacks, everything being counted."""
    program = read.program
    first, stop = program.kinds_first[here.situation], program.kinds_first[here.situation + 1]
    if stop == first or program.kinds_least[demand] == 0 or here.done[program.requirement[demand]]:
        return 0
    settled = 0 if here.reading == 0 else (1 if here.reading == 2 else 2)
    have = 0
    for each in range(first, stop):
        for at in range(len(entries.row)):
            if counted[at] and matched(read.tables, read.columns, program.kinds[each], settled, entries.row[at], entries.units[at]):
                have += 1
                break
    return int(max(0, program.kinds_least[demand] - have) * UNITS)


@njit(nogil=True, cache=True)
def carried_over(read: Read, now: int, before: Here, ledger: Ledger) -> tuple[bool, int]:
    """Whether it could be decided, and the surplus of the period before that counts now. Only the hours in all matter there."""
    program = read.program
    most = program.carry[now]
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
    special = program.carry_not[now] != 0 or program.carry_late[now] != 0
    if not decided or (bound and special):
        return False, 0
    surplus = int(counted.sum()) - program.full[before.situation]
    if special:
        surplus = min(surplus, may_carry(read, now, before.late, entries, counted))
    found = max(0, surplus)
    return True, (found if most == ALL_UNITS else min(most, found))


@njit(nogil=True, cache=True)
def bare(total: Ints, holds: npt.NDArray[np.int64], room: Ints) -> Choice:
    """A choice of which nothing is asked but hours."""
    none, no_rows = np.empty(0, np.int64), np.empty((0, len(total)), np.int64)
    return Choice(total, no_rows, none, np.empty(0, np.bool_), holds, room, none, none, no_rows, np.empty((0, 2), np.int64))


@njit(nogil=True, cache=True)
def may_carry(read: Read, now: int, late: int, entries: Ledger, counted: Ints) -> int:
    """Counted units that may carry: earned late enough, and not in a topic that never does."""
    found = 0
    for at in range(len(counted)):
        if read.program.carry_late[now] == 0 or read.columns.day[entries.row[at]] > late:
            found += counted[at] - min(
                counted[at], in_topics(read.columns, entries.row[at], read.program.carry_not[now], entries.units[at])
            )
    return found


@njit(nogil=True, cache=True)
def inside_window(read: Read, here: Here, ledger: Ledger) -> Ledger:
    """Every entry of the ledger in a window, repeats too."""
    row = np.empty(len(ledger.row), np.int64)
    units = np.empty(len(ledger.row), np.int64)
    many = 0
    for at in range(len(ledger.row)):
        if here.start <= read.columns.day[ledger.row[at]] <= here.end:
            row[many], units[many] = ledger.row[at], ledger.units[at]
            many += 1
    return Ledger(row[:many], units[:many])
