"""Credits put in rows, compiled: a person's rows together, by day and then by name, each certificate once; words by their hashes."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, outer, uncounted
from perennial.core.rules.roster.mixing import stirred
from perennial.core.rules.roster.packed import (
    COURSE_OF,
    DAY,
    KEY,
    NAMED,
    ORIGIN,
    TOPIC_BITS,
    TOPIC_FIRST,
    TOPIC_STOP,
    UNITS_OF,
    Rows,
)

Hashes = npt.NDArray[np.uint64]


class Given(NamedTuple):
    """Credits in columns as they were read, names as hashes; `course` and `named` 0 where there is none or nobody looks at it.

    `topic[topic_first[i]:topic_first[i + 1]]` and `topic_units` are the topics of row i.
    """

    day: npt.NDArray[np.int32]
    units: Ints
    key: npt.NDArray[np.int32]
    ident: Hashes
    course: Hashes
    named: Hashes
    topic_first: Ints
    topic: npt.NDArray[np.uint8]
    topic_units: Ints


@outer
def sort_by_day(first: Ints, order: Ints, day: npt.NDArray[np.int32], rank: npt.NDArray[np.int32]) -> None:
    """Put each person's rows in the order of days, those of one day by rank, and those of one rank as they came."""
    for person in range(len(first) - 1):
        for at in range(first[person] + 1, first[person + 1]):
            here, place = order[at], at
            while place > first[person] and (
                day[order[place - 1]] > day[here] or (day[order[place - 1]] == day[here] and rank[order[place - 1]] > rank[here])
            ):
                order[place] = order[place - 1]
                place -= 1
            order[place] = here


@outer
def on_one_day(first: Ints, order: Ints, day: npt.NDArray[np.int32]) -> Ints:
    """The rows that share their day with another of that person, all rows being in the order of days."""
    found, many = np.empty(len(order), np.int64), 0
    for person in range(len(first) - 1):
        for at in range(first[person], first[person + 1]):
            before = at > first[person] and day[order[at - 1]] == day[order[at]]
            if before or (at + 1 < first[person + 1] and day[order[at + 1]] == day[order[at]]):
                found[many] = order[at]
                many += 1
    return found[:many]


@outer
def put_in_rows(first: Ints, order: Ints, given: Given) -> Rows:
    """The rows of everybody, a certificate that stands earlier among a person's left out."""
    most = 0
    for person in range(len(first) - 1):
        most = max(most, first[person + 1] - first[person])
    slots = np.empty(3 * slots_for(most), np.int64)
    starts = np.zeros(len(first), np.int64)
    rows, topics = np.empty((len(order), 8), np.int32), np.empty(len(given.topic), np.int32)
    many = held = 0
    for person in range(len(first) - 1):
        begin, room = first[person], slots_for(first[person + 1] - first[person])
        slots[: 3 * room] = 0
        for at in range(first[person + 1] - begin):
            row = order[begin + at]
            if alike(uncounted(given.ident), uncounted(order), (begin, at), uncounted(slots), (0, room)) != at:
                continue
            course = alike(uncounted(given.course), uncounted(order), (begin, at), uncounted(slots), (room, room))
            named = alike(uncounted(given.named), uncounted(order), (begin, at), uncounted(slots), (2 * room, room))
            rows[many, DAY], rows[many, UNITS_OF], rows[many, KEY] = given.day[row], given.units[row], given.key[row]
            rows[many, COURSE_OF] = course + 1 if given.course[row] else 0
            rows[many, NAMED], rows[many, ORIGIN] = named, row
            rows[many, TOPIC_FIRST] = held
            for each in range(given.topic_first[row], given.topic_first[row + 1]):
                topics[held] = (given.topic_units[each] << TOPIC_BITS) + given.topic[each]
                held += 1
            rows[many, TOPIC_STOP] = held
            many += 1
        starts[person + 1] = many
    return Rows(starts, rows[:many], topics[:held])


@inner
def slots_for(many: int) -> int:
    """A power of two, at least twice as many."""
    found = 2
    while found < 2 * many:
        found *= 2
    return found


@inner
def alike(hashes: Hashes, order: Ints, begin_at: tuple[int, int], slots: Ints, part: tuple[int, int]) -> int:
    """The first place among a person's rows with the same hash, remembered in a part of the slots; its own where none stands before."""
    begin, at = begin_at
    here = hashes[order[begin + at]]
    slot = int(here >> np.uint64(33)) & (part[1] - 1)
    while slots[part[0] + slot]:
        other = slots[part[0] + slot] - 1
        if hashes[order[begin + other]] == here:
            return other
        slot = (slot + 1) & (part[1] - 1)
    slots[part[0] + slot] = at + 1
    return at


@outer
def spelled(form: Hashes, category: Hashes, many: Ints, approvals: Hashes) -> Hashes:
    """One hash for each format, category and list of approvals; `many`: how many approvals each has."""
    found, at = np.empty(len(form), np.uint64), 0
    for row in range(len(form)):
        here = stirred(form[row] ^ stirred(category[row]))
        for _ in range(many[row]):
            here = stirred(here ^ approvals[at])
            at += 1
        found[row] = here
    return found


@outer
def told_apart(hashes: Hashes, room: int) -> tuple[npt.NDArray[np.int32], Ints]:
    """A number for each hash in the order of their first rows, and those rows; no rows where there are more than half of `room`.

    `room` is a power of two.
    """
    slots, codes, rows = np.zeros(room, np.int64), np.empty(len(hashes), np.int32), np.empty(room // 2, np.int64)
    many = 0
    for row in range(len(hashes)):
        slot = int(hashes[row] >> np.uint64(33)) & (room - 1)
        while slots[slot] and hashes[rows[slots[slot] - 1]] != hashes[row]:
            slot = (slot + 1) & (room - 1)
        if slots[slot] == 0:
            if many == len(rows):
                return codes, rows[:0]
            rows[many] = row
            many += 1
            slots[slot] = many
        codes[row] = slots[slot] - 1
    return codes, rows[:many]
