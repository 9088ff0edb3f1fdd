"""One count under one reading, compiled: what is asked, what the entries give, what is missing, what carries over."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, maker
from perennial.core.rules.roster.filling import Choice
from perennial.core.rules.roster.kernel import TOPICS, Ledger, earlier_units, in_topics, matched, picked
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
    NEVER_BEFORE,
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
    ROW,
    TOPIC,
    TOPIC_BITS,
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
    empty,
    table,
    zeros,
)


class Here(NamedTuple):
    """Where a count stands: the situation, the reading, the window, whether requirements are done, ends of years."""

    situation: int
    reading: int
    start: int
    end: int
    done: npt.NDArray[np.bool_]
    years: Ints
    since: Ints
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
def fill_in(read: Read, here: Here, demand: int, entries: Ledger, total: Ints, found: Ints) -> None:
    """What each entry gives to a demand."""
    if read.ints[read.ints[IS_TOTAL] + demand]:
        for at in range(len(total)):
            found[at] = total[at]
        return
    settled = 0 if here.reading == 0 else (1 if here.reading == 2 else 2)
    picker, in_total = read.ints[read.ints[PICKER] + demand], read.ints[read.ints[IN_TOTAL] + demand]
    first_only = read.ints[read.ints[FIRST_ONLY] + demand]
    for at in range(len(total)):
        gives = picked(read, picker, here.reading, entries.row[at], entries.units[at])
        if in_total:
            gives = min(gives, total[at])
        if first_only >= 0:
            gives = min(gives, matched(read, first_only, settled, entries.row[at], entries.units[at]))
        found[at] = gives


@inner
def asked_now(read: Read, here: Here, demand: int, ledger: Ledger) -> tuple[int, int, bool]:
    """Units that this window must still give, those from earlier that serve, and whether it is met whole."""
    earlier = 0
    since = read.ints[read.ints[LOOKBACK] + demand]
    if since > NEVER_BEFORE:
        since = here.since[since - NEVER_BEFORE - 1]
    if read.ints[read.ints[PICKER] + demand] >= 0 and since < here.start:
        between = (since, min(here.start, here.end + 1))  # issued after the due day: nothing later serves
        earlier = earlier_units(read, ledger, read.ints[read.ints[PICKER] + demand], here.reading, between)
    only_done = read.ints[read.ints[ASKED] + demand] == INCOMPLETE
    done = here.done[read.ints[read.ints[REQUIREMENT] + demand]] or (only_done and earlier > 0)
    if only_done:
        return (0 if done else 1), earlier, done
    return max(0, read.ints[read.ints[ASKED] + demand] - earlier), earlier, done


@maker
def make_choice(read: Read, here: Here, ledger: Ledger, entries: Ledger) -> Choice:
    """The count as numbers, limits still left out. Demands of single years follow their own demand."""
    s, many = here.situation, len(entries.row)
    total = empty(read.bench, many)
    for at in range(many):
        total[at] = toward_total(read, here, entries.row[at], entries.units[at])
    first, stop = read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]
    years = years_in(read, here)
    room = 0
    for demand in range(first, stop):
        room += 1 + (years if read.ints[read.ints[YEARLY] + demand] else 0)
    gives = table(read.bench, room, many)
    asked, in_total = zeros(read.bench, room), zeros(read.bench, room)
    place = 0
    for demand in range(first, stop):
        in_total[place] = read.ints[read.ints[IN_TOTAL] + demand]
        if read.ints[read.ints[OPEN_TOPICS] + demand]:
            place += 1
            continue
        fill_in(read, here, demand, entries, total, gives[place])
        asked[place] = asked_now(read, here, demand, ledger)[0]
        if read.ints[read.ints[YEARLY] + demand]:
            spread(read, here, entries, gives, place, years)
            for year in range(place + 1, place + 1 + years):
                asked[year] = read.ints[read.ints[YEARLY] + demand]
                in_total[year] = in_total[place]
            place += years
        place += 1
    none, no_rows = empty(read.bench, 0), table(read.bench, 0, many)
    return Choice(total, gives, asked, in_total, no_rows, none, none, none, no_rows, table(read.bench, 0, 2), read.bench)


@maker
def limited(read: Read, here: Here, entries: Ledger, choice: Choice) -> Choice:
    """The same with every limit."""
    total, gives = choice.units, choice.gives
    holds, room = ceilings(read, here, entries, total)
    inner_of, inner_room, inner_holds = inner_caps(read, here, entries, gives)
    return Choice(
        total, gives, choice.asked, choice.in_total, holds, room, inner_of, inner_room, inner_holds, pairs(read, here), read.bench
    )


@inner
def is_hopeless(read: Read, here: Here, choice: Choice, carried: int) -> bool:
    """Whether a requirement would lack hours even if no limit cut any off."""
    where = places(read, here)
    first = read.ints[read.ints[DEMAND_FIRST] + here.situation]
    for demand in range(first, read.ints[read.ints[DEMAND_FIRST] + here.situation + 1]):
        place = where[demand - first]
        have = carried if read.ints[read.ints[IS_TOTAL] + demand] else 0
        for at in range(len(choice.units)):
            have += choice.gives[place, at]
        if have < choice.asked[place] and not here.done[read.ints[read.ints[REQUIREMENT] + demand]]:
            return True
    return False


@inner
def years_in(read: Read, here: Here) -> int:
    """Years in the window, a begun one too, at most those of a period."""
    return min(year_of(here.years, here.start) + 1, read.ints[read.ints[YEARS]])


@inner
def spread(read: Read, here: Here, entries: Ledger, gives: npt.NDArray[np.int64], place: int, years: int) -> None:
    """What a demand gets in each single year."""
    for at in range(len(entries.row)):
        year = year_of(here.years, read.rows[ROW * entries.row[at] + DAY])
        if year < years:
            gives[place + 1 + year, at] = gives[place, at]


@maker
def places(read: Read, here: Here) -> Ints:
    """Where each demand lies in a choice."""
    s = here.situation
    first, stop = read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]
    years = years_in(read, here)
    found = zeros(read.bench, stop - first)
    place = 0
    for demand in range(first, stop):
        found[demand - first] = place
        place += 1 + (years if read.ints[read.ints[YEARLY] + demand] else 0)
    return found


@maker
def pairs(read: Read, here: Here) -> npt.NDArray[np.int64]:
    """Demands that share no hour, by their places."""
    s = here.situation
    first, stop = read.ints[read.ints[PAIR_FIRST] + s], read.ints[read.ints[PAIR_FIRST] + s + 1]
    found = table(read.bench, stop - first, 2)
    where = places(read, here)
    for at in range(first, stop):
        found[at - first, 0] = where[read.ints[read.ints[PAIR_ONE] + at]]
        found[at - first, 1] = where[read.ints[read.ints[PAIR_OTHER] + at]]
    return found


@maker
def inner_caps(read: Read, here: Here, entries: Ledger, gives: npt.NDArray[np.int64]) -> tuple[Ints, Ints, npt.NDArray[np.int64]]:
    """Caps inside demands."""
    s = here.situation
    first, stop = read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]
    room = read.ints[read.ints[WITHIN_FIRST] + stop] - read.ints[read.ints[WITHIN_FIRST] + first]
    of, most, holds = empty(read.bench, room), empty(read.bench, room), table(read.bench, room, len(entries.row))
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


@maker
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
    holds, room = table(read.bench, rows, many), zeros(read.bench, rows)
    place = 0
    for limit in range(first, stop):
        held = empty(read.bench, many)
        if hold(read, here.reading, limit, entries, total, held) > 0:
            place = group(read, here, (limit, place), entries, (held, holds, room))
    for cap in range(caps, caps_stop):
        for at in range(many):
            units = matched(read, read.ints[read.ints[CAP_MATCHER] + cap], 1, entries.row[at], entries.units[at])
            holds[place, at] = min(units, total[at])
        room[place] = read.ints[read.ints[CAP_UNITS] + cap]
        place += 1
    return holds[:place], room[:place]


@inner
def hold(read: Read, reading: int, limit: int, entries: Ledger, total: Ints, held: Ints) -> int:
    """What a limit holds of each entry, and in all; 0 where it lets all of a period's through."""
    picker, found = read.ints[read.ints[LIMIT_PICKER] + limit], 0
    for at in range(len(total)):
        held[at] = min(picked(read, picker, reading, entries.row[at], entries.units[at]), total[at])
        found += held[at]
    loose = read.ints[read.ints[LIMIT_EACH] + limit] == PERIOD and found <= read.ints[read.ints[LIMIT_UNITS] + limit]
    return 0 if loose else found


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
    leader = empty(read.bench, len(held))
    for at in range(len(held)):
        leader[at] = -1
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
        for each in range(read.rows[ROW * row + TOPIC_FIRST], read.rows[ROW * row + TOPIC_STOP]):
            line = place + (read.topics[each] & TOPICS)
            holds[line, at] = min(holds[line, at] + (read.topics[each] >> TOPIC_BITS), held[at])
    for line in range(place, place + 64):
        room[line] = read.ints[read.ints[LIMIT_UNITS] + limit]
    return place + 64


@inner
def alike(read: Read, here: Here, each: int, rows: tuple[int, int]) -> bool:
    """Whether two entries fall under the same year, day, format or course."""
    one, other = rows
    if each == ON_DAY:
        return read.rows[ROW * one + DAY] == read.rows[ROW * other + DAY]
    if each == FORM:
        return read.ints[read.ints[FORM_OF] + read.rows[ROW * one + KEY]] == read.ints[read.ints[FORM_OF] + read.rows[ROW * other + KEY]]
    if each == COURSE:
        return read.rows[ROW * one + NAMED] == read.rows[ROW * other + NAMED]
    if each == CREDIT:
        return False
    return year_of(here.years, read.rows[ROW * one + DAY]) == year_of(here.years, read.rows[ROW * other + DAY])
