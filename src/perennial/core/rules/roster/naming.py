"""Which credits to name for approvers that a rule does not name: the first of each approver, compiled."""

import numpy as np
import numpy.typing as npt
from numba import njit

from perennial.core.rules.roster.columns import Columns, Ints
from perennial.core.rules.roster.kernel import Ledger, inside, read_ledger
from perennial.core.rules.roster.tables import Tables


@njit(nogil=True, cache=True)
def named_rows(  # noqa: PLR0913  hot
    tables: Tables, columns: Columns, person: Ints, as_of: Ints, spans: tuple[Ints, Ints], before: tuple[Ints, Ints]
) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Whose (by place) and which credits, in the order of the count; and whose order only names could settle."""
    room = 0
    for i in range(len(person)):
        room += columns.first[person[i] + 1] - columns.first[person[i]]
    who, credit, tied = np.empty(room, np.int64), np.empty(room, np.int64), np.zeros(len(person), np.bool_)
    many = 0
    for i in range(len(person)):
        ledger = read_ledger(tables, columns, person[i], as_of[i])
        entries = inside(tables, columns, ledger, (spans[0][i], spans[1][i]), (before[0][i], before[1][i]))
        rows = unaccepted(tables, columns, entries)
        tied[i] = same_place(tables, columns, rows)
        for at in range(len(rows.row)):
            if first_of_name(tables, columns, rows, at):
                who[many], credit[many] = i, rows.row[at]
                many += 1
    return who[:many], credit[:many], tied


@njit(nogil=True, cache=True)
def unaccepted(tables: Tables, columns: Columns, entries: Ledger) -> Ledger:
    """Entries from approvers that are not named; where repeats are looked at the longest first, else by day."""
    row = np.empty(len(entries.row), np.int64)
    units = np.empty(len(entries.row), np.int64)
    many = 0
    for at in range(len(entries.row)):
        if tables.accepted[columns.key[entries.row[at]]]:
            continue
        place = many
        while tables.repeats and place > 0 and units[place - 1] < entries.units[at]:
            row[place], units[place] = row[place - 1], units[place - 1]
            place -= 1
        row[place], units[place] = entries.row[at], entries.units[at]
        many += 1
    return Ledger(row[:many], units[:many])


@njit(nogil=True, cache=True)
def same_place(tables: Tables, columns: Columns, rows: Ledger) -> bool:
    """Whether two stand on one day, so that their names would have to tell which comes first."""
    for at in range(1, len(rows.row)):
        alike = not tables.repeats or rows.units[at] == rows.units[at - 1]
        if alike and columns.day[rows.row[at]] == columns.day[rows.row[at - 1]]:
            return True
    return False


@njit(nogil=True, cache=True)
def first_of_name(tables: Tables, columns: Columns, rows: Ledger, at: int) -> bool:
    """Whether no earlier one has the same approvers."""
    name = tables.name[columns.key[rows.row[at]]]
    for other in range(at):
        if tables.name[columns.key[rows.row[other]]] == name:
            return False
    return True
