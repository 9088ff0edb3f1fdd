"""Which credits to name for approvers that a rule does not name: the first of each approver, compiled."""

import numpy as np

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, maker, outer
from perennial.core.rules.roster.kernel import Ledger, inside, read_ledger
from perennial.core.rules.roster.packed import KEY, NAME, REPEATS, ROW, Read, accepted, borrowed, clear, empty


@outer
def named_rows(read: Read, person: Ints, as_of: Ints, spans: tuple[Ints, Ints], before: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Whose (by place) and which credits, in the order of the count."""
    read = borrowed(read)
    room = 0
    for i in range(len(person)):
        room += read.first[person[i] + 1] - read.first[person[i]]
    who, credit = np.empty(room, np.int64), np.empty(room, np.int64)
    many = 0
    for i in range(len(person)):
        clear(read.bench)
        ledger = read_ledger(read, person[i], as_of[i])
        entries = inside(read, ledger, (spans[0][i], spans[1][i]), (before[0][i], before[1][i]))
        rows = unaccepted(read, entries)
        for at in range(len(rows.row)):
            if first_of_name(read, rows, at):
                who[many], credit[many] = i, rows.row[at]
                many += 1
    return who[:many], credit[:many]


@maker
def unaccepted(read: Read, entries: Ledger) -> Ledger:
    """Entries from approvers that are not named; where repeats are looked at the longest first, else by day."""
    row = empty(read.bench, len(entries.row))
    units = empty(read.bench, len(entries.row))
    many = 0
    for at in range(len(entries.row)):
        if accepted(read, read.rows[ROW * entries.row[at] + KEY]):
            continue
        place = many
        while read.ints[read.ints[REPEATS]] and place > 0 and units[place - 1] < entries.units[at]:
            row[place], units[place] = row[place - 1], units[place - 1]
            place -= 1
        row[place], units[place] = entries.row[at], entries.units[at]
        many += 1
    return Ledger(row[:many], units[:many])


@inner
def first_of_name(read: Read, rows: Ledger, at: int) -> bool:
    """Whether no earlier one has the same approvers."""
    name = read.ints[read.ints[NAME] + read.rows[ROW * rows.row[at] + KEY]]
    for other in range(at):  # noqa: SIM110  compiled
        if read.ints[read.ints[NAME] + read.rows[ROW * rows.row[other] + KEY]] == name:
            return False
    return True
