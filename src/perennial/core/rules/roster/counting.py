"""One count under one reading, compiled: what is asked, what the entries give, what is missing, what carries over."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from perennial.core.rules.roster.columns import Columns, Ints
from perennial.core.rules.roster.filling import Choice
from perennial.core.rules.roster.kernel import (
    COURSE,
    CREDIT,
    FORM,
    INCOMPLETE,
    ON_DAY,
    PERIOD,
    TOPIC,
    Ledger,
    Program,
    earlier_units,
    in_topics,
    matched,
    picked,
)
from perennial.core.rules.roster.tables import Tables


class Here(NamedTuple):
    """Where a count stands: the situation, the reading, the window, whether requirements are done, ends of years."""

    situation: int
    reading: int
    start: int
    end: int
    done: npt.NDArray[np.bool_]
    years: Ints
    late: int


class Read(NamedTuple):
    """What a count reads: the rule's tables, the credits, the program of a reading."""

    tables: Tables
    columns: Columns
    program: Program


@njit(nogil=True, cache=True)
def year_of(years: Ints, day: int) -> int:
    """The year of the window in which a day lies, 0 the last."""
    found = 0
    while found < len(years) and day <= years[found]:
        found += 1
    return found


@njit(nogil=True, cache=True)
def toward_total(read: Read, here: Here, row: int, units: int) -> int:
    """Units of an entry that may count toward the hours in all: those not in a topic that comes on top."""
    mask = np.uint64(0)
    for at in range(read.program.outside_first[here.situation], read.program.outside_first[here.situation + 1]):
        back = False
        which = read.program.outside_where[at]
        for each in range(read.program.where_first[which], read.program.where_first[which + 1]):
            back = back or matched(read.tables, read.columns, read.program.where[each], 2, row, units) > 0
        if not back:
            mask |= read.program.outside_topics[at]
    return units - in_topics(read.columns, row, mask, units) if mask else units


@njit(nogil=True, cache=True)
def gives_of(read: Read, here: Here, demand: int, entries: Ledger, total: Ints) -> Ints:
    """What each entry gives to a demand."""
    program = read.program
    if program.is_total[demand]:
        return total.copy()
    found = np.empty(len(total), np.int64)
    settled = 0 if here.reading == 0 else (1 if here.reading == 2 else 2)
    for at in range(len(total)):
        row, units = entries.row[at], entries.units[at]
        gives = picked(read.tables, read.columns, program.picker[demand], here.reading, row, units)
        if program.in_total[demand]:
            gives = min(gives, total[at])
        if program.first_only[demand] >= 0:
            gives = min(gives, matched(read.tables, read.columns, program.first_only[demand], settled, row, units))
        found[at] = gives
    return found


@njit(nogil=True, cache=True)
def asked_now(read: Read, here: Here, demand: int, ledger: Ledger) -> tuple[int, int, bool]:
    """Units that this window must still give, those from earlier that serve, and whether it is met whole."""
    program, earlier = read.program, 0
    if program.picker[demand] >= 0 and program.lookback[demand] < here.start:
        between = (program.lookback[demand], here.start)
        earlier = earlier_units(read.tables, read.columns, ledger, program.picker[demand], here.reading, between)
    only_done = program.asked[demand] == INCOMPLETE
    done = here.done[program.requirement[demand]] or (only_done and earlier > 0)
    if only_done:
        return (0 if done else 1), earlier, done
    return max(0, program.asked[demand] - earlier), earlier, done


@njit(nogil=True, cache=True)
def make_choice(read: Read, here: Here, ledger: Ledger, entries: Ledger) -> Choice:
    """The count as numbers. Demands of single years follow their own demand."""
    program, s, many = read.program, here.situation, len(entries.row)
    total = np.empty(many, np.int64)
    for at in range(many):
        total[at] = toward_total(read, here, entries.row[at], entries.units[at])
    first, stop = program.demand_first[s], program.demand_first[s + 1]
    years = years_in(read, here)
    room = 0
    for demand in range(first, stop):
        room += 1 + (years if program.yearly[demand] else 0)
    gives = np.zeros((room, many), np.int64)
    asked = np.zeros(room, np.int64)
    in_total = np.ones(room, np.bool_)
    place = 0
    for demand in range(first, stop):
        if program.open_topics[demand]:
            place += 1
            continue
        gives[place] = gives_of(read, here, demand, entries, total)
        asked[place] = asked_now(read, here, demand, ledger)[0]
        in_total[place] = program.in_total[demand]
        if program.yearly[demand]:
            spread(read, here, entries, gives, place, years)
            asked[place + 1 : place + 1 + years] = program.yearly[demand]
            in_total[place + 1 : place + 1 + years] = program.in_total[demand]
            place += years
        place += 1
    holds, limits = ceilings(read, here, entries, total)
    inner_of, inner_room, inner_holds = inner(read, here, entries, gives)
    return Choice(total, gives, asked, in_total, holds, limits, inner_of, inner_room, inner_holds, pairs(read, here))


@njit(nogil=True, cache=True)
def years_in(read: Read, here: Here) -> int:
    """Years in the window, a begun one too, at most those of a period."""
    return min(year_of(here.years, here.start) + 1, read.program.years[0])


@njit(nogil=True, cache=True)
def spread(read: Read, here: Here, entries: Ledger, gives: npt.NDArray[np.int64], place: int, years: int) -> None:
    """What a demand gets in each single year."""
    for at in range(len(entries.row)):
        year = year_of(here.years, read.columns.day[entries.row[at]])
        if year < years:
            gives[place + 1 + year, at] = gives[place, at]


@njit(nogil=True, cache=True)
def places(read: Read, here: Here) -> Ints:
    """Where each demand lies in a choice."""
    program, s = read.program, here.situation
    first, stop = program.demand_first[s], program.demand_first[s + 1]
    years = years_in(read, here)
    found = np.zeros(stop - first, np.int64)
    place = 0
    for demand in range(first, stop):
        found[demand - first] = place
        place += 1 + (years if program.yearly[demand] else 0)
    return found


@njit(nogil=True, cache=True)
def pairs(read: Read, here: Here) -> npt.NDArray[np.int64]:
    """Demands that share no hour, by their places."""
    program, s = read.program, here.situation
    first, stop = program.pair_first[s], program.pair_first[s + 1]
    found = np.empty((stop - first, 2), np.int64)
    where = places(read, here)
    for at in range(first, stop):
        found[at - first, 0] = where[program.pair_one[at]]
        found[at - first, 1] = where[program.pair_other[at]]
    return found


@njit(nogil=True, cache=True)
def inner(read: Read, here: Here, entries: Ledger, gives: npt.NDArray[np.int64]) -> tuple[Ints, Ints, npt.NDArray[np.int64]]:
    """Caps inside demands."""
    program, s = read.program, here.situation
    first, stop = program.demand_first[s], program.demand_first[s + 1]
    room = program.within_first[stop] - program.within_first[first]
    of, most, holds = np.empty(room, np.int64), np.empty(room, np.int64), np.zeros((room, len(entries.row)), np.int64)
    if room == 0:
        return of, most, holds
    where = places(read, here)
    place = 0
    for demand in range(first, stop):
        for each in range(program.within_first[demand], program.within_first[demand + 1]):
            of[place], most[place] = where[demand - first], program.within_units[each]
            for at in range(len(entries.row)):
                held = picked(read.tables, read.columns, program.within_picker[each], here.reading, entries.row[at], entries.units[at])
                holds[place, at] = min(held, gives[of[place], at])
            place += 1
    return of, most, holds


@njit(nogil=True, cache=True)
def ceilings(read: Read, here: Here, entries: Ledger, total: Ints) -> tuple[npt.NDArray[np.int64], Ints]:
    """What each limit holds of each entry, and its room; a limit for each year, day or such has a row for each."""
    program, s, many = read.program, here.situation, len(total)
    first, stop = program.limit_first[s], program.limit_first[s + 1]
    caps, caps_stop = program.cap_first[s], program.cap_first[s + 1]
    rows = caps_stop - caps
    for limit in range(first, stop):
        rows += 1 if program.limit_each[limit] == PERIOD else (64 if program.limit_each[limit] == TOPIC else many)
    holds, room = np.zeros((rows, many), np.int64), np.zeros(rows, np.int64)
    place = 0
    for limit in range(first, stop):
        held = np.empty(many, np.int64)
        for at in range(many):
            units = picked(read.tables, read.columns, program.limit_picker[limit], here.reading, entries.row[at], entries.units[at])
            held[at] = min(units, total[at])
        place = group(read, here, (limit, place), entries, (held, holds, room))
    for cap in range(caps, caps_stop):
        for at in range(many):
            units = matched(read.tables, read.columns, program.cap_matcher[cap], 1, entries.row[at], entries.units[at])
            holds[place, at] = min(units, total[at])
        room[place] = program.cap_units[cap]
        place += 1
    return holds[:place], room[:place]


@njit(nogil=True, cache=True)
def group(read: Read, here: Here, at_place: tuple[int, int], entries: Ledger, into: tuple[Ints, npt.NDArray[np.int64], Ints]) -> int:
    """Put a limit's rows in: one, or one for each group of entries. The next free place."""
    limit, place = at_place
    held, holds, room = into
    units, each = read.program.limit_units[limit], read.program.limit_each[limit]
    if each == PERIOD:
        holds[place], room[place] = held, units
        return place + 1
    if each == TOPIC:
        return by_topic(read, at_place, entries, into)
    leader = np.full(len(held), -1, np.int64)
    for at in range(len(held)):
        if held[at] == 0:
            continue
        for other in range(at):
            if leader[at] < 0 and held[other] and alike(read, here, each, (entries.row[at], entries.row[other])):
                leader[at] = leader[other]
        if leader[at] < 0:
            leader[at] = place
            room[place] = units
            place += 1
        holds[leader[at], at] = held[at]
    return place


@njit(nogil=True, cache=True)
def by_topic(read: Read, at_place: tuple[int, int], entries: Ledger, into: tuple[Ints, npt.NDArray[np.int64], Ints]) -> int:
    """A row for each topic: what an entry holds in it."""
    limit, place = at_place
    held, holds, room = into
    columns = read.columns
    for at in range(len(held)):
        row = entries.row[at]
        for each in range(columns.topic_first[row], columns.topic_first[row + 1]):
            line = place + columns.topic[each]
            holds[line, at] = min(columns.topic_units[each], held[at])
    room[place : place + 64] = read.program.limit_units[limit]
    return place + 64


@njit(nogil=True, cache=True)
def alike(read: Read, here: Here, each: int, rows: tuple[int, int]) -> bool:
    """Whether two entries fall under the same year, day, format or course."""
    one, other = rows
    columns = read.columns
    if each == ON_DAY:
        return columns.day[one] == columns.day[other]
    if each == FORM:
        return read.tables.form[columns.key[one]] == read.tables.form[columns.key[other]]
    if each == COURSE:
        return columns.named[one] == columns.named[other]
    if each == CREDIT:
        return False
    return year_of(here.years, columns.day[one]) == year_of(here.years, columns.day[other])
