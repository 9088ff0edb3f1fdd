"""One count under one reading, compiled: what is asked, what the entries give, what is missing, what carries over."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner
from perennial.core.rules.roster.filling import Choice
from perennial.core.rules.roster.kernel import Ledger, earlier_units, in_topics, matched, picked
from perennial.core.rules.roster.packed import (
    ASKED,
    CAP_FIRST,
    CAP_MATCHER,
    CAP_UNITS,
    COURSE,
    CREDIT,
    DAY,
    DEMAND_FIRST,
    FIRST_ONLY,
    FORM,
    FORM_OF,
    IN_TOTAL,
    INCOMPLETE,
    IS_TOTAL,
    KEY,
    LIMIT_EACH,
    LIMIT_FIRST,
    LIMIT_PICKER,
    LIMIT_UNITS,
    LOOKBACK,
    NAMED,
    ON_DAY,
    OPEN_TOPICS,
    OUTSIDE_FIRST,
    OUTSIDE_TOPICS,
    OUTSIDE_WHERE,
    PAIR_FIRST,
    PAIR_ONE,
    PAIR_OTHER,
    PERIOD,
    PICKER,
    REQUIREMENT,
    TOPIC,
    TOPIC_FIRST,
    TOPIC_STOP,
    WHERE,
    WHERE_FIRST,
    WITHIN_FIRST,
    WITHIN_PICKER,
    WITHIN_UNITS,
    YEARLY,
    YEARS,
    Read,
)


class Here(NamedTuple):
    """Where a count stands: the situation, the reading, the window, whether requirements are done, ends of years."""

    situation: int
    reading: int
    start: int
    end: int
    done: npt.NDArray[np.bool_]
    years: Ints
    late: int


@inner
def put(rows: npt.NDArray[np.int64], which: int, row: Ints) -> None:
    """Write one row."""
    for at in range(len(row)):
        rows[which, at] = row[at]


@inner
def year_of(years: Ints, day: int) -> int:
    """The year of the window in which a day lies, 0 the last."""
    found = 0
    while found < len(years) and day <= years[found]:
        found += 1
    return found


@inner
def toward_total(read: Read, here: Here, row: int, units: int) -> int:
    """Units of an entry that may count toward the hours in all: those not in a topic that comes on top."""
    mask = 0
    for at in range(read.ints[read.ints[OUTSIDE_FIRST] + here.situation], read.ints[read.ints[OUTSIDE_FIRST] + here.situation + 1]):
        back = False
        which = read.ints[read.ints[OUTSIDE_WHERE] + at]
        for each in range(read.ints[read.ints[WHERE_FIRST] + which], read.ints[read.ints[WHERE_FIRST] + which + 1]):
            back = back or matched(read, read.ints[read.ints[WHERE] + each], 2, row, units) > 0
        if not back:
            mask |= read.ints[read.ints[OUTSIDE_TOPICS] + at]
    return units - in_topics(read, row, mask, units) if mask else units


@inner
def gives_of(read: Read, here: Here, demand: int, entries: Ledger, total: Ints) -> Ints:
    """What each entry gives to a demand."""
    if read.ints[read.ints[IS_TOTAL] + demand]:
        return total
    found = np.empty(len(total), np.int64)
    settled = 0 if here.reading == 0 else (1 if here.reading == 2 else 2)
    for at in range(len(total)):
        row, units = entries.row[at], entries.units[at]
        gives = picked(read, read.ints[read.ints[PICKER] + demand], here.reading, row, units)
        if read.ints[read.ints[IN_TOTAL] + demand]:
            gives = min(gives, total[at])
        if read.ints[read.ints[FIRST_ONLY] + demand] >= 0:
            gives = min(gives, matched(read, read.ints[read.ints[FIRST_ONLY] + demand], settled, row, units))
        found[at] = gives
    return found


@inner
def asked_now(read: Read, here: Here, demand: int, ledger: Ledger) -> tuple[int, int, bool]:
    """Units that this window must still give, those from earlier that serve, and whether it is met whole."""
    earlier = 0
    if read.ints[read.ints[PICKER] + demand] >= 0 and read.ints[read.ints[LOOKBACK] + demand] < here.start:
        between = (read.ints[read.ints[LOOKBACK] + demand], min(here.start, here.end + 1))  # issued after the due day: nothing later serves
        earlier = earlier_units(read, ledger, read.ints[read.ints[PICKER] + demand], here.reading, between)
    only_done = read.ints[read.ints[ASKED] + demand] == INCOMPLETE
    done = here.done[read.ints[read.ints[REQUIREMENT] + demand]] or (only_done and earlier > 0)
    if only_done:
        return (0 if done else 1), earlier, done
    return max(0, read.ints[read.ints[ASKED] + demand] - earlier), earlier, done


@inner
def make_choice(read: Read, here: Here, ledger: Ledger, entries: Ledger) -> Choice:
    """The count as numbers. Demands of single years follow their own demand."""
    s, many = here.situation, len(entries.row)
    total = np.empty(many, np.int64)
    for at in range(many):
        total[at] = toward_total(read, here, entries.row[at], entries.units[at])
    first, stop = read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]
    years = years_in(read, here)
    room = 0
    for demand in range(first, stop):
        room += 1 + (years if read.ints[read.ints[YEARLY] + demand] else 0)
    gives = np.zeros((room, many), np.int64)
    asked = np.zeros(room, np.int64)
    in_total = np.ones(room, np.bool_)
    place = 0
    for demand in range(first, stop):
        if read.ints[read.ints[OPEN_TOPICS] + demand]:
            place += 1
            continue
        put(gives, place, gives_of(read, here, demand, entries, total))
        asked[place] = asked_now(read, here, demand, ledger)[0]
        in_total[place] = read.ints[read.ints[IN_TOTAL] + demand] == 1
        if read.ints[read.ints[YEARLY] + demand]:
            spread(read, here, entries, gives, place, years)
            for year in range(place + 1, place + 1 + years):
                asked[year] = read.ints[read.ints[YEARLY] + demand]
                in_total[year] = in_total[place]
            place += years
        place += 1
    holds, limits = ceilings(read, here, entries, total)
    inner_of, inner_room, inner_holds = inner_caps(read, here, entries, gives)
    return Choice(total, gives, asked, in_total, holds, limits, inner_of, inner_room, inner_holds, pairs(read, here))


@inner
def years_in(read: Read, here: Here) -> int:
    """Years in the window, a begun one too, at most those of a period."""
    return min(year_of(here.years, here.start) + 1, read.ints[read.ints[YEARS]])


@inner
def spread(read: Read, here: Here, entries: Ledger, gives: npt.NDArray[np.int64], place: int, years: int) -> None:
    """What a demand gets in each single year."""
    for at in range(len(entries.row)):
        year = year_of(here.years, read.rows[entries.row[at], DAY])
        if year < years:
            gives[place + 1 + year, at] = gives[place, at]


@inner
def places(read: Read, here: Here) -> Ints:
    """Where each demand lies in a choice."""
    s = here.situation
    first, stop = read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]
    years = years_in(read, here)
    found = np.zeros(stop - first, np.int64)
    place = 0
    for demand in range(first, stop):
        found[demand - first] = place
        place += 1 + (years if read.ints[read.ints[YEARLY] + demand] else 0)
    return found


@inner
def pairs(read: Read, here: Here) -> npt.NDArray[np.int64]:
    """Demands that share no hour, by their places."""
    s = here.situation
    first, stop = read.ints[read.ints[PAIR_FIRST] + s], read.ints[read.ints[PAIR_FIRST] + s + 1]
    found = np.empty((stop - first, 2), np.int64)
    where = places(read, here)
    for at in range(first, stop):
        found[at - first, 0] = where[read.ints[read.ints[PAIR_ONE] + at]]
        found[at - first, 1] = where[read.ints[read.ints[PAIR_OTHER] + at]]
    return found


@inner
def inner_caps(read: Read, here: Here, entries: Ledger, gives: npt.NDArray[np.int64]) -> tuple[Ints, Ints, npt.NDArray[np.int64]]:
    """Caps inside demands."""
    s = here.situation
    first, stop = read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]
    room = read.ints[read.ints[WITHIN_FIRST] + stop] - read.ints[read.ints[WITHIN_FIRST] + first]
    of, most, holds = np.empty(room, np.int64), np.empty(room, np.int64), np.zeros((room, len(entries.row)), np.int64)
    if room == 0:
        return of, most, holds
    where = places(read, here)
    place = 0
    for demand in range(first, stop):
        for each in range(read.ints[read.ints[WITHIN_FIRST] + demand], read.ints[read.ints[WITHIN_FIRST] + demand + 1]):
            of[place], most[place] = where[demand - first], read.ints[read.ints[WITHIN_UNITS] + each]
            for at in range(len(entries.row)):
                held = picked(read, read.ints[read.ints[WITHIN_PICKER] + each], here.reading, entries.row[at], entries.units[at])
                holds[place, at] = min(held, gives[of[place], at])
            place += 1
    return of, most, holds


@inner
def ceilings(read: Read, here: Here, entries: Ledger, total: Ints) -> tuple[npt.NDArray[np.int64], Ints]:
    """What each limit holds of each entry, and its room; a limit for each year, day or such has a row for each."""
    s, many = here.situation, len(total)
    first, stop = read.ints[read.ints[LIMIT_FIRST] + s], read.ints[read.ints[LIMIT_FIRST] + s + 1]
    caps, caps_stop = read.ints[read.ints[CAP_FIRST] + s], read.ints[read.ints[CAP_FIRST] + s + 1]
    rows = caps_stop - caps
    for limit in range(first, stop):
        rows += (
            1 if read.ints[read.ints[LIMIT_EACH] + limit] == PERIOD else (64 if read.ints[read.ints[LIMIT_EACH] + limit] == TOPIC else many)
        )
    holds, room = np.zeros((rows, many), np.int64), np.zeros(rows, np.int64)
    place = 0
    for limit in range(first, stop):
        held = np.empty(many, np.int64)
        for at in range(many):
            units = picked(read, read.ints[read.ints[LIMIT_PICKER] + limit], here.reading, entries.row[at], entries.units[at])
            held[at] = min(units, total[at])
        place = group(read, here, (limit, place), entries, (held, holds, room))
    for cap in range(caps, caps_stop):
        for at in range(many):
            units = matched(read, read.ints[read.ints[CAP_MATCHER] + cap], 1, entries.row[at], entries.units[at])
            holds[place, at] = min(units, total[at])
        room[place] = read.ints[read.ints[CAP_UNITS] + cap]
        place += 1
    return holds[:place], room[:place]


@inner
def group(read: Read, here: Here, at_place: tuple[int, int], entries: Ledger, into: tuple[Ints, npt.NDArray[np.int64], Ints]) -> int:
    """Put a limit's rows in: one, or one for each group of entries. The next free place."""
    limit, place = at_place
    held, holds, room = into
    units, each = read.ints[read.ints[LIMIT_UNITS] + limit], read.ints[read.ints[LIMIT_EACH] + limit]
    if each == PERIOD:
        put(holds, place, held)
        room[place] = units
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


@inner
def by_topic(read: Read, at_place: tuple[int, int], entries: Ledger, into: tuple[Ints, npt.NDArray[np.int64], Ints]) -> int:
    """A row for each topic: what an entry holds in it."""
    limit, place = at_place
    held, holds, room = into
    for at in range(len(held)):
        row = entries.row[at]
        for each in range(read.rows[row, TOPIC_FIRST], read.rows[row, TOPIC_STOP]):
            line = place + (read.topics[each] & 255)
            holds[line, at] = min((read.topics[each] >> 8), held[at])
    for line in range(place, place + 64):
        room[line] = read.ints[read.ints[LIMIT_UNITS] + limit]
    return place + 64


@inner
def alike(read: Read, here: Here, each: int, rows: tuple[int, int]) -> bool:
    """Whether two entries fall under the same year, day, format or course."""
    one, other = rows
    if each == ON_DAY:
        return read.rows[one, DAY] == read.rows[other, DAY]
    if each == FORM:
        return read.ints[read.ints[FORM_OF] + read.rows[one, KEY]] == read.ints[read.ints[FORM_OF] + read.rows[other, KEY]]
    if each == COURSE:
        return read.rows[one, NAMED] == read.rows[other, NAMED]
    if each == CREDIT:
        return False
    return year_of(here.years, read.rows[one, DAY]) == year_of(here.years, read.rows[other, DAY])
