"""The best use of hours, compiled: everything where no limit binds, else by filling, where that can be proved best.

The same steps as `assign`: see docs/algorithms/counting.md. What they cannot prove is left to the linear program.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from perennial.core.rules.roster.columns import Ints


class Choice(NamedTuple):
    """What may be counted: per entry its units, per demand and per limit what each entry gives or holds.

    A demand's inner caps are `inner_room` and `inner_holds`, of demand `inner_of`.
    """

    units: Ints
    gives: npt.NDArray[np.int64]
    asked: Ints
    in_total: npt.NDArray[np.bool_]
    holds: npt.NDArray[np.int64]
    room: Ints
    inner_of: Ints
    inner_room: Ints
    inner_holds: npt.NDArray[np.int64]
    pairs: npt.NDArray[np.int64]


@njit(nogil=True, cache=True)
def assigned(choice: Choice) -> tuple[bool, bool, Ints]:
    """Whether it could be decided, whether a limit bound, and the units counted of each entry."""
    counted = choice.units.copy()
    binding = np.zeros(len(choice.room), np.bool_)
    for at in range(len(choice.room)):
        binding[at] = choice.holds[at].sum() > choice.room[at]
    if claimed_twice(choice):
        return False, binding.any(), counted
    if not binding.any():
        return True, False, counted
    groups = in_size(choice, binding)
    if not nested(choice, groups):
        return False, True, counted
    fill(choice, groups, counted)
    for demand in range(len(choice.asked)):
        have = given(choice, demand, counted)
        if have < choice.asked[demand] and have < alone(choice, groups, demand):
            return False, True, counted
    return True, True, counted


@njit(nogil=True, cache=True)
def claimed_twice(choice: Choice) -> bool:
    """Whether an hour is claimed by two requirements that share none, or caps inside one demand meet."""
    for at in range(len(choice.pairs)):
        one, other = choice.pairs[at, 0], choice.pairs[at, 1]
        for entry in range(len(choice.units)):
            if choice.gives[one, entry] + choice.gives[other, entry] > choice.units[entry]:
                return True
    for at in range(1, len(choice.inner_of)):
        if choice.inner_of[at] == choice.inner_of[at - 1]:
            over = choice.inner_holds[at].sum() > choice.inner_room[at]
            if over or choice.inner_holds[at - 1].sum() > choice.inner_room[at - 1]:
                return True
    return False


@njit(nogil=True, cache=True)
def given(choice: Choice, demand: int, counted: Ints) -> int:
    """What a demand gets of the units counted, less what a cap inside it cuts off."""
    parts = np.empty(len(counted), np.int64)
    for entry in range(len(counted)):
        gives = choice.gives[demand, entry]
        parts[entry] = min(gives, counted[entry]) if choice.in_total[demand] else gives
    for at in range(len(choice.inner_of)):
        if choice.inner_of[at] == demand:
            cut(parts, choice.inner_holds[at], choice.inner_room[at])
    return int(parts.sum())


@njit(nogil=True, cache=True)
def cut(parts: Ints, holds: Ints, room: int) -> None:
    """Take off what is above a cap."""
    surplus = -room
    for entry in range(len(parts)):
        surplus += min(holds[entry], parts[entry])
    for entry in range(len(parts)):
        if surplus <= 0:
            return
        off = min(holds[entry], surplus, parts[entry])
        parts[entry] -= off
        surplus -= off


@njit(nogil=True, cache=True)
def in_size(choice: Choice, binding: npt.NDArray[np.bool_]) -> Ints:
    """The limits that bind, those over the fewest entries first."""
    found = np.flatnonzero(binding)
    size = np.empty(len(found), np.int64)
    for at in range(len(found)):
        size[at] = (choice.holds[found[at]] > 0).sum()
    return found[np.argsort(size, kind="mergesort")]


@njit(nogil=True, cache=True)
def nested(choice: Choice, groups: Ints) -> bool:
    """Whether limits hold whole credits, and any two are one inside the other or apart."""
    for at in range(len(groups)):
        small = choice.holds[groups[at]]
        for entry in range(len(small)):
            if small[entry] and small[entry] != choice.units[entry]:
                return False
        for other in range(at + 1, len(groups)):
            if cross(small, choice.holds[groups[other]]):
                return False
    return True


@njit(nogil=True, cache=True)
def cross(small: Ints, large: Ints) -> bool:
    """Whether two limits share entries although the smaller does not lie in the larger."""
    shared, out = False, False
    for entry in range(len(small)):
        if small[entry]:
            shared = shared or large[entry] > 0
            out = out or large[entry] == 0
    return shared and out


@njit(nogil=True, cache=True)
def fill(choice: Choice, groups: Ints, counted: Ints) -> None:
    """Count hours piece after piece, those that serve most of what is still asked first."""
    room = choice.room[groups]
    lacking = start_filling(choice, groups, counted)
    left = np.zeros(len(counted), np.int64)
    for entry in range(len(counted)):
        if held(choice, groups, entry):
            left[entry] = choice.units[entry]
    while True:
        best, size = next_piece(choice, lacking, counted, left)
        if best < 0:
            return
        taken = size
        for at in range(len(groups)):
            if choice.holds[groups[at], best]:
                taken = min(taken, room[at])
        for at in range(len(groups)):
            if choice.holds[groups[at], best]:
                room[at] -= taken
        if taken < size or taken == 0:
            left[best] = 0
        else:
            left[best] -= taken
        serve(choice, lacking, best, counted[best], taken)
        counted[best] += taken


@njit(nogil=True, cache=True)
def start_filling(choice: Choice, groups: Ints, counted: Ints) -> Ints:
    """Count what no limit holds, and say what each demand still lacks then; 0 where it is not served by filling."""
    for entry in range(len(counted)):
        if held(choice, groups, entry):
            counted[entry] = 0
    lacking = np.zeros(len(choice.asked), np.int64)
    for demand in range(len(lacking)):
        if choice.in_total[demand]:
            lacking[demand] = max(0, choice.asked[demand] - given(choice, demand, counted))
    return lacking


@njit(nogil=True, cache=True)
def held(choice: Choice, groups: Ints, entry: int) -> bool:
    """Whether a binding limit holds an entry."""
    for at in range(len(groups)):
        if choice.holds[groups[at], entry]:
            return True
    return False


@njit(nogil=True, cache=True)
def next_piece(choice: Choice, lacking: Ints, counted: Ints, left: Ints) -> tuple[int, int]:
    """The entry whose next hours serve most of what is lacking, and how many of them serve it alike."""
    best, most, size = -1, -1, 0
    for entry in range(len(left)):
        if left[entry] == 0:
            continue
        score, alike = 0, left[entry]
        for demand in range(len(lacking)):
            more = choice.gives[demand, entry] - counted[entry]
            if lacking[demand] > 0 and more > 0:
                score += 1
                alike = min(alike, more)
        if score > most:
            best, most, size = entry, score, alike
    return best, size


@njit(nogil=True, cache=True)
def serve(choice: Choice, lacking: Ints, entry: int, before: int, taken: int) -> None:
    """Take counted hours off what the demands that they serve lack."""
    for demand in range(len(lacking)):
        if lacking[demand] > 0:
            lacking[demand] = max(0, lacking[demand] - max(0, min(choice.gives[demand, entry] - before, taken)))


@njit(nogil=True, cache=True)
def alone(choice: Choice, groups: Ints, demand: int) -> int:
    """The most that one demand could get if nothing else were asked."""
    inner = False
    for at in range(len(choice.inner_of)):
        inner = inner or choice.inner_of[at] == demand
    if not choice.in_total[demand] or inner:
        return given(choice, demand, choice.units)
    left = choice.gives[demand].copy()
    for at in range(len(groups)):
        holds = choice.holds[groups[at]]
        surplus = -choice.room[groups[at]]
        for entry in range(len(left)):
            if holds[entry]:
                surplus += left[entry]
        for entry in range(len(left)):
            if surplus > 0 and holds[entry]:
                off = min(left[entry], surplus)
                left[entry] -= off
                surplus -= off
    return int(left.sum())
