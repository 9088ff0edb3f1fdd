"""The count where at most one limit binds and no hour is shared, compiled: sums tell all, nothing need be chosen."""

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner
from perennial.core.rules.roster.counting import Here, asked_now, fill_in, hold, toward_total
from perennial.core.rules.roster.kernel import Ledger, in_topics
from perennial.core.rules.roster.packed import (
    ASKED,
    CAP_FIRST,
    DEMAND_FIRST,
    IN_TOTAL,
    INCOMPLETE,
    IS_TOTAL,
    KINDS_LEAST,
    LIMIT_EACH,
    LIMIT_FIRST,
    LIMIT_UNITS,
    NOTHING_SHORT,
    OPEN_TOPICS,
    PAIR_FIRST,
    PERIOD,
    REQUIREMENT,
    WITHIN_FIRST,
    YEARLY,
    Read,
    empty,
)

MOST = (1 << 63) - 1


@inner
def summed(units: Ints) -> int:
    """The sum of a list."""
    found = 0
    for at in range(len(units)):
        found += units[at]
    return found


@inner
def open_short(read: Read, demand: int, entries: Ledger) -> int:
    """What an unread clause could still lack, given the hours in its topics."""
    have = 0
    for at in range(len(entries.row)):
        have += in_topics(read, entries.row[at], read.ints[read.ints[OPEN_TOPICS] + demand] & MOST, entries.units[at])
    return max(0, read.ints[read.ints[ASKED] + demand] - have)


@inner
def lack(read: Read, here: Here, demand: int, got: int, ledger: Ledger) -> int:
    """What a requirement lacks, single years left aside."""
    _, earlier, done = asked_now(read, here, demand, ledger)
    if read.ints[read.ints[ASKED] + demand] == INCOMPLETE:
        return NOTHING_SHORT if got or done else INCOMPLETE
    return NOTHING_SHORT if done else max(0, read.ints[read.ints[ASKED] + demand] - got - earlier)


@inner
def is_plain(read: Read, s: int) -> bool:
    """Whether nothing in a situation but limits can keep an hour from counting for all that it serves."""
    if read.ints[read.ints[PAIR_FIRST] + s] != read.ints[read.ints[PAIR_FIRST] + s + 1]:
        return False
    if read.ints[read.ints[CAP_FIRST] + s] != read.ints[read.ints[CAP_FIRST] + s + 1]:
        return False
    first, stop = read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]
    if read.ints[read.ints[WITHIN_FIRST] + first] != read.ints[read.ints[WITHIN_FIRST] + stop]:
        return False
    found = True
    for demand in range(first, stop):
        found = found and read.ints[read.ints[YEARLY] + demand] == 0 and read.ints[read.ints[KINDS_LEAST] + demand] == 0
    return found


@inner
def count_plainly(read: Read, here: Here, held: tuple[Ledger, Ledger], carried: int, short: Ints) -> tuple[int, int]:
    """The same as `count` in a plain situation where at most one limit binds. Status 2 where it cannot be told so plainly.

    Hours under that limit which requirements need beyond those outside it must fit into its room even if they share none.
    """
    s, ledger, entries = here.situation, held[0], held[1]
    total, under, serves = empty(read.bench, len(entries.row)), empty(read.bench, len(entries.row)), empty(read.bench, len(entries.row))
    for at in range(len(total)):
        total[at] = toward_total(read, here, entries.row[at], entries.units[at])
    bound, cut = one_bound(read, here, entries, (total, under, serves))
    if bound > 1:
        return 2, 0
    most, met, needed, room = summed(total) - cut, True, 0, summed(under) - cut if bound else 0
    for demand in range(read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]):
        if read.ints[read.ints[OPEN_TOPICS] + demand]:
            lacks = open_short(read, demand, entries)
        else:
            fill_in(read, here, demand, entries, total, serves)
            is_total = read.ints[read.ints[IS_TOTAL] + demand]
            if bound and not is_total and read.ints[read.ints[IN_TOTAL] + demand]:
                needed += needs(asked_now(read, here, demand, ledger)[0], serves, under)
            lacks = lack(read, here, demand, most + carried if is_total else summed(serves), ledger)
            short[read.ints[read.ints[REQUIREMENT] + demand]] = lacks
        met = met and lacks == NOTHING_SHORT
    return (2 if needed > room else 1 if met else 0), most


@inner
def one_bound(read: Read, here: Here, entries: Ledger, work: tuple[Ints, Ints, Ints]) -> tuple[int, int]:
    """How many limits bind (2 also for one that cannot be told plainly), and how much one cuts off; `work`: total, what it holds, spare."""
    total, under, spare = work
    bound, cut = 0, 0
    for limit in range(read.ints[read.ints[LIMIT_FIRST] + here.situation], read.ints[read.ints[LIMIT_FIRST] + here.situation + 1]):
        over = hold(read, here.reading, limit, entries, total, spare) - read.ints[read.ints[LIMIT_UNITS] + limit]
        if over <= 0:
            continue
        if bound or read.ints[read.ints[LIMIT_EACH] + limit] != PERIOD:
            return 2, 0
        bound, cut = 1, over
        for at in range(len(total)):
            under[at] = spare[at]
            if spare[at] != 0 and spare[at] != total[at]:
                return 2, 0
    return bound, cut


@inner
def needs(asked: int, serves: Ints, under: Ints) -> int:
    """Units under a limit that a requirement needs beyond those outside it, as far as there are any."""
    inside, outside = 0, 0
    for at in range(len(serves)):
        if under[at]:
            inside += serves[at]
        else:
            outside += serves[at]
    return min(inside, max(0, asked - outside))
