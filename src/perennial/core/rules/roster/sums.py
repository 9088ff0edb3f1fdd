"""Sums by kind, compiled: where credits of a kind count alike, how many units a person has of each kind tells all.

Each credit is looked at once, and added to the sum of its kind; what the kinds give to a demand, and hold under a limit, is worked out
once for each situation.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, outer, uncounted
from perennial.core.rules.roster.counting import Here, asked_now, fill_in, hold, toward_total
from perennial.core.rules.roster.kernel import Ledger, never_counts
from perennial.core.rules.roster.packed import (
    ALL_UNITS,
    CARRY,
    CARRY_LATE,
    CARRY_NOT,
    DEMAND_FIRST,
    FULL,
    IN_TOTAL,
    IS_TOTAL,
    KEY,
    LIMIT_EACH,
    LIMIT_FIRST,
    LIMIT_UNITS,
    LOOKBACK,
    NEVER_BEFORE,
    NOTHING_SHORT,
    OPEN_TOPICS,
    PERIOD,
    REQUIREMENT,
    ROW,
    Read,
    accepted,
    borrowed,
    clear,
    empty,
)
from perennial.core.rules.roster.plainly import is_plain, lack
from perennial.core.rules.roster.tallies import Cases, Found

Masks = npt.NDArray[np.int64]


class Flat(NamedTuple):
    """Credits in columns, person after person: those of person p are `first[p]:first[p + 1]`, in any order, each certificate once.

    `kind` says by number of which kind a credit is; all its units lie in each topic of its kind.
    """

    first: Ints
    day: npt.NDArray[np.int32]
    units: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint16]


class Weights(NamedTuple):
    """What each kind gives, as masks: all bits or none.

    `total[s, k]`: toward the hours in all of situation s; `gives[d, k]`: to demand d; `holds[l, k]`: under limit l; `counts[0, k]`: at
    all; `counts[1, k]`: and the rule does not name its approver. `plain[s]`: sums tell all in the situation, if one limit binds at most.
    """

    total: Masks
    gives: Masks
    holds: Masks
    counts: Masks
    plain: npt.NDArray[np.bool_]


@outer
def weigh(read: Read, units: Ints, cases: Cases, reading: int, weights: Weights) -> None:
    """Fill in the weights of a reading. The rows read are one credit of each kind, of so many units."""
    kinds = Ledger(np.arange(len(units)), units)
    read = borrowed(read)
    for s in range(len(weights.plain)):
        clear(read.bench)
        here = Here(s, reading, 0, 0, cases.done[0], cases.years[0], cases.since[0], 0)
        weights.plain[s] = sums_tell(read, s)
        for kind in range(len(units)):
            weights.total[s, kind] = toward_total(read, here, kind, units[kind])
        for demand in range(read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]):
            if weights.plain[s]:
                fill_in(read, here, demand, kinds, weights.total[s], weights.gives[demand])
        for limit in range(read.ints[read.ints[LIMIT_FIRST] + s], read.ints[read.ints[LIMIT_FIRST] + s + 1]):
            hold(read, reading, limit, kinds, weights.total[s], weights.holds[limit])
    for kind in range(len(units)):
        to_masks(read, kind, weights)


@inner
def to_masks(read: Read, kind: int, weights: Weights) -> None:
    """Make masks of what one kind gives, nothing at all where it never counts."""
    weights.counts[0, kind], weights.counts[1, kind] = 1, not accepted(read, read.rows[ROW * kind + KEY])
    for masks in (weights.total, weights.gives, weights.holds, weights.counts):
        for which in range(len(masks)):
            masks[which, kind] = -1 if masks[which, kind] and not never_counts(read, kind) else 0


@inner
def sums_tell(read: Read, s: int) -> bool:
    """Whether nothing but what kind of credits a person has in a window, and one limit, decides in a situation."""
    found = is_plain(read, s) and read.ints[read.ints[CARRY_NOT] + s] == 0 and read.ints[read.ints[CARRY_LATE] + s] == 0
    for demand in range(read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]):
        found = found and read.ints[read.ints[LOOKBACK] + demand] == NEVER_BEFORE and read.ints[read.ints[OPEN_TOPICS] + demand] == 0
    for limit in range(read.ints[read.ints[LIMIT_FIRST] + s], read.ints[read.ints[LIMIT_FIRST] + s + 1]):
        found = found and read.ints[read.ints[LIMIT_EACH] + limit] == PERIOD
    return found


@outer
def judge_sums(read: Read, credits: Flat, cases: Cases, reading: int, of: tuple[Weights, Found]) -> None:
    """Fill in the answers to all licenses under one reading; status 2 for whom sums do not tell."""
    weights, found = of
    read, short, done, since = borrowed(read), uncounted(found.short), uncounted(cases.done), uncounted(cases.since)
    years = uncounted(cases.years)
    every = np.zeros((4, weights.total.shape[1]), np.int64)  # in the window, in the one before, before that, after
    sums = uncounted(every)
    for i in range(len(cases.person)):
        clear(read.bench)
        s, before = cases.situation[i], cases.before[i]
        if not (weights.plain[s] and weights.plain[before]):
            found.status[i] = 2
            continue
        for kind in range(every.shape[1]):
            every[0, kind] = every[1, kind] = every[2, kind] = 0
        between = (cases.start[i], min(cases.end[i], cases.as_of[i]))
        add_up(credits, cases.person[i], between, (cases.before_start[i], min(cases.before_end[i], cases.as_of[i])), sums)
        if cases.strict[i]:
            only_accepted(weights, sums)
        here = Here(s, reading, between[0], cases.end[i], done[i], years[i], since[i], 0)
        decided, carried = carried_over(read, weights, (s, before), sums[1])
        status, most = count(read, here, weights, carried, sums[0], short[i])
        found.status[i] = status if decided else 2
        found.counted[i] = most + carried
        found.unaccepted[i] = chosen(weights.counts, 1, sums[0]) > 0
        found.earlier[i] = chosen(weights.counts, 0, sums[1]) + chosen(weights.counts, 0, sums[2]) > 0
    every[0, 0] = 0  # so that it is held until here


@inner
def add_up(credits: Flat, person: int, between: tuple[int, int], before: tuple[int, int], sums: Masks) -> None:
    """Add a person's units to the sums of their kinds."""
    for at in range(credits.first[person], credits.first[person + 1]):
        day = credits.day[at]
        outside = (day < between[0]) | (day > between[1])
        earlier = (day < before[0]) | (day > before[1])
        sums[outside * (1 + earlier * (1 + (day >= between[0]))), credits.kind[at]] += credits.units[at]


@inner
def only_accepted(weights: Weights, sums: Masks) -> None:
    """Leave out kinds whose approver the rule does not name."""
    for kind in range(len(sums[0])):
        sums[0, kind] &= ~weights.counts[1, kind]
        sums[1, kind] &= ~weights.counts[1, kind]


@inner
def chosen(masks: Masks, which: int, sums: Ints) -> int:
    """The sum over the kinds that a mask chooses."""
    found = 0
    for kind in range(len(sums)):
        found += sums[kind] & masks[which, kind]
    return found


@inner
def both(masks: Masks, which: int, limit: Masks, other: int, sums: Ints) -> int:
    """The sum over the kinds that both masks choose."""
    found = 0
    for kind in range(len(sums)):
        found += sums[kind] & masks[which, kind] & limit[other, kind]
    return found


@inner
def one_bound(read: Read, weights: Weights, s: int, sums: Ints) -> tuple[int, int, int]:
    """How many limits bind, the last of them, and how much it cuts off."""
    bound, which, cut = 0, 0, 0
    for limit in range(read.ints[read.ints[LIMIT_FIRST] + s], read.ints[read.ints[LIMIT_FIRST] + s + 1]):
        over = chosen(weights.holds, limit, sums) - read.ints[read.ints[LIMIT_UNITS] + limit]
        if over > 0:
            bound, which, cut = bound + 1, limit, over
    return bound, which, cut


@inner
def carried_over(read: Read, weights: Weights, at: tuple[int, int], sums: Ints) -> tuple[bool, int]:
    """Whether it could be decided, and the surplus of the period before that counts now; `at`: the situations of now and then."""
    now, before = at
    most = read.ints[read.ints[CARRY] + now]
    if most == 0:
        return True, 0
    bound, _, cut = one_bound(read, weights, before, sums)
    surplus = max(0, chosen(weights.total, before, sums) - cut - read.ints[read.ints[FULL] + before])
    return bound <= 1, (surplus if most == ALL_UNITS else min(most, surplus))


@inner
def count(read: Read, here: Here, weights: Weights, carried: int, sums: Ints, short: Ints) -> tuple[int, int]:
    """The same as `plainly.count_plainly`, from sums."""
    s, met, needed = here.situation, True, 0
    nothing = Ledger(empty(read.bench, 0), empty(read.bench, 0))
    bound, limit, cut = one_bound(read, weights, s, sums)
    if bound > 1:
        return 2, 0
    most = chosen(weights.total, s, sums) - cut
    room = chosen(weights.holds, limit, sums) - cut if bound else 0
    for demand in range(read.ints[read.ints[DEMAND_FIRST] + s], read.ints[read.ints[DEMAND_FIRST] + s + 1]):
        is_total, got = read.ints[read.ints[IS_TOTAL] + demand], chosen(weights.gives, demand, sums)
        if bound and not is_total and read.ints[read.ints[IN_TOTAL] + demand]:
            inside = both(weights.gives, demand, weights.holds, limit, sums)
            needed += min(inside, max(0, asked_now(read, here, demand, nothing)[0] - (got - inside)))
        lacks = lack(read, here, demand, most + carried if is_total else got, nothing)
        short[read.ints[read.ints[REQUIREMENT] + demand]] = lacks
        met = met and lacks == NOTHING_SHORT
    return (2 if needed > room else 1 if met else 0), most
