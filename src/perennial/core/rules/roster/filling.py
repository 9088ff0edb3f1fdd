"""The best use of hours, compiled: everything where no limit binds, else by filling, where that can be proved best.

The same steps as `assign`: see docs/algorithms/counting.md. What they cannot prove is left to the linear program.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, maker
from perennial.core.rules.roster.packed import empty, zeros

MANY = 6
"""Of more binding limits than these the bounds are not worked out."""


class Choice(NamedTuple):
    """What may be counted: per entry its units, per demand and per limit what each entry gives or holds.

    A demand's inner caps are `inner_room` and `inner_holds`, of demand `inner_of`; `bench`: memory to work in.
    """

    units: Ints
    gives: npt.NDArray[np.int64]
    asked: Ints
    in_total: Ints
    holds: npt.NDArray[np.int64]
    room: Ints
    inner_of: Ints
    inner_room: Ints
    inner_holds: npt.NDArray[np.int64]
    pairs: npt.NDArray[np.int64]
    bench: Ints


@maker
def assigned(choice: Choice) -> tuple[bool, bool, Ints]:
    """Whether it could be decided, whether a limit bound, and the units counted of each entry."""
    counted = empty(choice.bench, len(choice.units))
    for entry in range(len(counted)):
        counted[entry] = choice.units[entry]
    groups = in_size(choice)
    simple = len(choice.pairs) == 1 and len(choice.inner_of) == 0
    if not simple and claimed_twice(choice):
        return False, len(groups) > 0, counted
    if len(groups) == 0:
        return True, False, counted
    if len(groups) > MANY:
        return False, True, counted
    for frugal in range(2):
        fill(choice, groups, counted, frugal)
        if not (not simple and serves_two(choice, counted)) and is_best(choice, groups, counted):
            return True, True, counted
    return False, True, counted


@inner
def is_best(choice: Choice, groups: Ints, counted: Ints) -> bool:
    """Whether as much counts as can, and every demand has what it asks or the most that it could have alone."""
    found = 0
    for entry in range(len(counted)):
        found += counted[entry]
    if found < at_most(choice, groups, choice.units):
        return False
    for demand in range(len(choice.asked)):
        have = given(choice, demand, counted)
        if have < choice.asked[demand] and have < alone(choice, groups, demand) and have < beside(choice, groups, demand, counted):
            return False
    return True


@inner
def beside(choice: Choice, groups: Ints, demand: int, counted: Ints) -> int:
    """The most that a demand could get beside one that shares no hour with it and is served first."""
    if len(choice.pairs) != 1 or demand != max(choice.pairs[0, 0], choice.pairs[0, 1]):
        return choice.asked[demand]
    first = min(choice.pairs[0, 0], choice.pairs[0, 1])
    either = empty(choice.bench, len(counted))
    for entry in range(len(counted)):
        either[entry] = min(choice.units[entry], choice.gives[first, entry] + choice.gives[demand, entry])
    return at_most(choice, groups, either) - given(choice, first, counted)


@inner
def at_most(choice: Choice, groups: Ints, of: Ints) -> int:
    """Of so many units of each entry, more than this cannot count: what lies outside some limits, and the room in them."""
    lowest = -1
    for chosen in range(1 << len(groups)):
        found = 0
        for at in range(len(groups)):
            found += choice.room[groups[at]] if (chosen >> at) & 1 else 0
        for entry in range(len(choice.units)):
            found += min(of[entry], least_free(choice, groups, chosen, entry))
        if lowest < 0 or found < lowest:
            lowest = found
    return lowest


@inner
def least_free(choice: Choice, groups: Ints, chosen: int, entry: int) -> int:
    """Units of an entry outside the chosen limit that leaves the fewest."""
    found = choice.units[entry]
    for at in range(len(groups)):
        if (chosen >> at) & 1:
            found = min(found, free_of(choice, groups[at], entry))
    return found


@inner
def claimed_twice(choice: Choice) -> bool:
    """Whether an hour is claimed by two requirements that share none, or caps inside one demand meet."""
    for at in range(len(choice.pairs)):
        one, other = choice.pairs[at, 0], choice.pairs[at, 1]
        for entry in range(len(choice.units)):
            if choice.gives[one, entry] + choice.gives[other, entry] > choice.units[entry]:
                return True
    for at in range(1, len(choice.inner_of)):
        if choice.inner_of[at] == choice.inner_of[at - 1]:
            over = total(choice.inner_holds, at) > choice.inner_room[at]
            if over or total(choice.inner_holds, at - 1) > choice.inner_room[at - 1]:
                return True
    return False


@inner
def serves_two(choice: Choice, counted: Ints) -> bool:
    """Whether an hour, once limits have cut some off, would serve two requirements that share none."""
    for at in range(len(choice.pairs)):
        for entry in range(len(counted)):
            one = min(choice.gives[choice.pairs[at, 0], entry], counted[entry])
            if one + min(choice.gives[choice.pairs[at, 1], entry], counted[entry]) > counted[entry]:
                return True
    return False


@inner
def shared(choice: Choice, demand: int, counted: Ints) -> int:
    """What a demand gets of hours that it may not share with one other, the demand named first being served first."""
    one, other = min(choice.pairs[0, 0], choice.pairs[0, 1]), max(choice.pairs[0, 0], choice.pairs[0, 1])
    first, second, both = 0, 0, 0
    for entry in range(len(counted)):
        most = counted[entry]
        here = min(choice.gives[one, entry], most) if choice.in_total[one] else choice.gives[one, entry]
        there = min(choice.gives[other, entry], most) if choice.in_total[other] else choice.gives[other, entry]
        first, second, both = first + here, second + there, both + min(most, here + there)
    first = min(first, choice.asked[one])
    return first if demand == one else min(second, both - first)


@inner
def given(choice: Choice, demand: int, counted: Ints) -> int:
    """What a demand gets of the units counted, less what a cap inside it cuts off."""
    if len(choice.pairs) == 1 and (demand == choice.pairs[0, 0] or demand == choice.pairs[0, 1]):
        return shared(choice, demand, counted)
    parts = empty(choice.bench, len(counted))
    for entry in range(len(counted)):
        gives = choice.gives[demand, entry]
        parts[entry] = min(gives, counted[entry]) if choice.in_total[demand] else gives
    for at in range(len(choice.inner_of)):
        if choice.inner_of[at] == demand:
            cut(parts, choice.inner_holds, at, choice.inner_room[at])
    found = 0
    for entry in range(len(parts)):
        found += parts[entry]
    return found


@inner
def cut(parts: Ints, holds: npt.NDArray[np.int64], which: int, room: int) -> None:
    """Take off what is above a cap."""
    surplus = -room
    for entry in range(len(parts)):
        surplus += min(holds[which, entry], parts[entry])
    for entry in range(len(parts)):
        if surplus <= 0:
            return
        off = min(holds[which, entry], min(surplus, parts[entry]))
        parts[entry] -= off
        surplus -= off


@inner
def total(rows: npt.NDArray[np.int64], which: int) -> int:
    """The sum of one row."""
    found = 0
    for entry in range(rows.shape[1]):
        found += rows[which, entry]
    return found


@inner
def members(rows: npt.NDArray[np.int64], which: int) -> int:
    """How many entries a row holds anything of."""
    found = 0
    for entry in range(rows.shape[1]):
        found += 1 if rows[which, entry] else 0
    return found


@maker
def in_size(choice: Choice) -> Ints:
    """The limits that bind, those over the fewest entries first."""
    found = empty(choice.bench, len(choice.room))
    many = 0
    for at in range(len(choice.room)):
        if total(choice.holds, at) <= choice.room[at]:
            continue
        place = many
        while place > 0 and members(choice.holds, found[place - 1]) > members(choice.holds, at):
            found[place] = found[place - 1]
            place -= 1
        found[place] = at
        many += 1
    return found[:many]


@inner
def free_of(choice: Choice, group: int, entry: int) -> int:
    """Units of an entry that count before they take room of a limit."""
    return choice.units[entry] - choice.holds[group, entry]


@inner
def fill(choice: Choice, groups: Ints, counted: Ints, frugal: int) -> None:
    """Count hours piece after piece: those that serve most of what is still asked first, or (frugal) those under fewest limits."""
    room = empty(choice.bench, len(groups))
    for at in range(len(groups)):
        room[at] = choice.room[groups[at]]
    lacking = start_filling(choice, groups, counted)
    left = zeros(choice.bench, len(counted))
    for entry in range(len(counted)):
        left[entry] = choice.units[entry] if held(choice, groups, entry) else 0
    best, size = next_piece(choice, groups, lacking, counted, left, frugal)
    while best >= 0:
        taken = take(choice, groups, room, best, counted[best], size)
        left[best] = left[best] - taken if taken == size else 0
        serve(choice, lacking, best, counted[best], taken)
        counted[best] += taken
        best, size = next_piece(choice, groups, lacking, counted, left, frugal)


@inner
def take(choice: Choice, groups: Ints, room: Ints, entry: int, counted: int, size: int) -> int:
    """As many more units of an entry as fit into every limit that holds them."""
    taken = size
    for at in range(len(groups)):
        if choice.holds[groups[at], entry] and counted >= free_of(choice, groups[at], entry):
            taken = min(taken, room[at])
    for at in range(len(groups)):
        if choice.holds[groups[at], entry] and counted >= free_of(choice, groups[at], entry):
            room[at] -= taken
    return taken


@maker
def start_filling(choice: Choice, groups: Ints, counted: Ints) -> Ints:
    """Count what no limit holds, and say what each demand still lacks then; 0 where it is not served by filling."""
    for entry in range(len(counted)):
        if held(choice, groups, entry):
            counted[entry] = 0
    lacking = zeros(choice.bench, len(choice.asked))
    for demand in range(len(lacking)):
        if choice.in_total[demand]:
            lacking[demand] = max(0, choice.asked[demand] - given(choice, demand, counted))
    return lacking


@inner
def held(choice: Choice, groups: Ints, entry: int) -> bool:
    """Whether a binding limit holds an entry."""
    for at in range(len(groups)):  # noqa: SIM110  compiled
        if choice.holds[groups[at], entry]:
            return True
    return False


@inner
def next_piece(choice: Choice, groups: Ints, lacking: Ints, counted: Ints, left: Ints, frugal: int) -> tuple[int, int]:
    """The entry whose next hours serve most of what is lacking, and how many of them serve it alike."""
    best, most, size = -1, 0, 0
    for entry in range(len(left)):
        if left[entry] == 0:
            continue
        score, alike = 0, left[entry]
        for demand in range(len(lacking)):
            more = choice.gives[demand, entry] - counted[entry]
            if lacking[demand] > 0 and more > 0:
                score += 1
                alike = min(alike, more)
        under, free = limits_on(choice, groups, entry, counted[entry])
        alike = min(alike, free)
        score = score - 100 * under if frugal else 100 * score - under
        if best < 0 or score > most:
            best, most, size = entry, score, alike
    return best, size


@inner
def limits_on(choice: Choice, groups: Ints, entry: int, counted: int) -> tuple[int, int]:
    """How many binding limits hold the next units of an entry, and how many units further another one sets in."""
    found, free = 0, choice.units[entry] - counted
    for at in range(len(groups)):
        if choice.holds[groups[at], entry]:
            more = free_of(choice, groups[at], entry) - counted
            found += 1 if more <= 0 else 0
            free = min(free, more) if more > 0 else free
    return found, free


@inner
def serve(choice: Choice, lacking: Ints, entry: int, before: int, taken: int) -> None:
    """Take counted hours off what the demands that they serve lack."""
    for demand in range(len(lacking)):
        if lacking[demand] > 0:
            lacking[demand] = max(0, lacking[demand] - max(0, min(choice.gives[demand, entry] - before, taken)))


@inner
def alone(choice: Choice, groups: Ints, demand: int) -> int:
    """The most that one demand could get if nothing else were asked."""
    inner = False
    for at in range(len(choice.inner_of)):
        inner = inner or choice.inner_of[at] == demand
    if not choice.in_total[demand] or inner:
        return given(choice, demand, choice.units)
    return at_most(choice, groups, choice.gives[demand])
