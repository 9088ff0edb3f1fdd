"""The integer program over dated copies of offers: one column each, and rows for what every license asks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from perennial.core.planner.cuts import Cut, Cutter
from perennial.core.planner.dates import Copy
from perennial.core.planner.linear import INFINITY, Columns, Flags, Floats, Ints, Row, row
from perennial.core.planner.terms import Carry, Terms, divisor
from perennial.core.rules.selection import UNITS

HELD, OUT = -1, -2
"""Instead of a column: an item that is earned already, and one that never counts."""


@dataclass(slots=True)
class License:
    """One license in the program: the column of each item, of each need's shortfall, and of what carries over."""

    terms: Terms
    cutter: Cutter
    column: Ints
    short: list[int]
    carried: int | None = None

    def active(self, values: Floats) -> Floats:
        """How much of each item is taken, 0 to 1."""
        found = np.where(self.column == HELD, 1.0, 0.0)
        there = self.column >= 0
        found[there] = np.clip(values[self.column[there]], 0.0, 1.0)
        found[found < 1e-9] = 0.0
        return found

    def relief(self, values: Floats) -> Floats:
        """Units that each need is let off: its shortfall, where one is allowed, and what carries over."""
        found = np.array([values[c] * UNITS for c in self.short]) if self.short else np.zeros(len(self.terms.needs))
        if self.carried is not None:
            for place, need in enumerate(self.terms.needs):
                found[place] += values[self.carried] * UNITS if need.id == "total" else 0.0
        return found


class Program:
    """Columns and rows. With `elastic` every need has a column for the hours that are missing."""

    def __init__(self, copies: Sequence[Copy], terms: Iterable[Terms], required: frozenset[int], *, elastic: bool = False) -> None:
        self.copies, self.elastic = copies, elastic
        self._upper: list[float] = [1.0] * len(copies)
        self._whole: list[bool] = [True] * len(copies)
        self.rows: list[Row] = []
        self.missing: list[int] = []
        self._one_of_each(required)
        self.licenses = [self._license(one) for one in terms]
        for license in self.licenses:
            self.rows += [r for cut in license.cutter.first() if (r := self.row_of(license, cut))]

    @property
    def columns(self) -> Columns:
        """Bounds of all columns."""
        upper = np.array(self._upper)
        return Columns(np.zeros(upper.size), upper, np.array(self._whole, dtype=bool))

    def cost_of(self, weights: Sequence[int]) -> Ints:
        """The cost of every column from the weight of every offer."""
        found = np.zeros(len(self._upper), dtype=np.int64)
        found[: len(self.copies)] = np.array(weights, dtype=np.int64)[[c.offer for c in self.copies]] if self.copies else 0
        return found

    def broken(self, values: Floats) -> list[Row]:
        """Rows that these values break although they hold for everything that makes each license compliant."""
        found = []
        for license in self.licenses:
            cut = license.cutter.broken(license.active(values), license.relief(values))
            made = self.row_of(license, cut) if cut is not None else None
            if made is not None:
                found.append(made)
        return found

    def not_again(self, taken: Flags, license: License) -> Row:
        """Not exactly these copies, of those that matter to a license."""
        relevant = set(license.terms.copy[license.terms.copy >= 0].tolist())
        relevant |= {c for rivals in license.terms.rivals.values() for c in rivals if c >= 0}
        chosen = [c for c in sorted(relevant) if taken[c]]
        return row([(c, -1.0 if taken[c] else 1.0) for c in sorted(relevant)], low=1.0 - len(chosen))

    def row_of(self, license: License, cut: Cut) -> Row | None:
        """A cut over the program's columns; None where what is held meets it.

        A copy that meets it alone need not be worth more than that. Without hours in part all may be divided by what
        divides every worth, and the rest rounded up.
        """
        asked = cut.asked - int(cut.worth[license.column == HELD].sum())
        if asked <= 0:
            return None
        there = (license.column >= 0) & (cut.worth > 0)
        columns, worth = license.column[there], np.minimum(cut.worth[there], asked)
        more = self._eased(license, cut)
        whole = 1 if more else divisor(worth, 0)
        scale = float(UNITS * max(cut.needs.values(), default=1)) if more else 1.0
        values = np.concatenate([worth / whole, np.array([v for _, v in more])]) / scale
        places = np.concatenate([columns, np.array([c for c, _ in more], dtype=np.int64)])
        return Row(places, values, low=-(-asked // whole) / scale)

    def _eased(self, license: License, cut: Cut) -> list[tuple[int, float]]:
        found = [(license.short[place], float(w * UNITS)) for place, w in cut.needs.items()] if license.short else []
        if license.carried is not None:
            ids = license.terms.needs
            found += [(license.carried, float(w * UNITS)) for place, w in cut.needs.items() if ids[place].id == "total"]
        return found

    def _column(self, upper: float, *, whole: bool) -> int:
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._upper) - 1

    def _one_of_each(self, required: frozenset[int]) -> None:
        for offer, group in groupby(range(len(self.copies)), key=lambda c: self.copies[c].offer):
            members = list(group)
            if len(members) > 1 or offer in required:
                self.rows.append(row([(c, 1.0) for c in members], 1.0 if offer in required else -INFINITY, 1.0))

    def _license(self, terms: Terms) -> License:
        column = terms.copy.copy()
        for item, rivals in terms.rivals.items():
            column[item] = self._stepping_back(terms, item, rivals)
        short = [self._short() for _ in terms.needs] if self.elastic else []
        license = License(terms, Cutter(terms), column, short)
        self._kinds(license)
        if terms.carry is not None:
            license.carried = self._carried(terms.carry, license)
        return license

    def _stepping_back(self, terms: Terms, item: int, rivals: tuple[int, ...]) -> int:
        """The column of an item that counts only where none of its rivals is taken."""
        mine = int(terms.copy[item])
        others = [r for r in rivals if r == HELD or mine < 0 or self.copies[r].offer != self.copies[mine].offer]
        if HELD in others:
            return OUT
        if not others:
            return mine
        counts = self._column(1.0, whole=True)
        if mine >= 0:
            self.rows.append(row([(counts, 1.0), (mine, -1.0)], high=0.0))
        self.rows += [row([(counts, 1.0), (other, 1.0)], high=1.0) for other in others]
        return counts

    def _short(self) -> int:
        column = self._column(INFINITY, whole=False)
        self.missing.append(column)
        return column

    def _kinds(self, license: License) -> None:
        for asked in license.terms.kinds:
            kinds = []
            for matched in asked.kinds:
                columns = license.column[matched]
                if (columns == HELD).any():
                    kinds.append((self._column(1.0, whole=False), 1.0))
                elif (columns >= 0).any():
                    kinds.append((self._column(1.0, whole=False), 1.0))
                    members = sorted(set(columns[columns >= 0].tolist()))
                    self.rows.append(row([(kinds[-1][0], -1.0), *((c, 1.0) for c in members)], low=0.0))
            if self.elastic:
                kinds.append((self._short(), 1.0))
            self.rows.append(row(kinds, low=float(asked.at_least)))

    def _carried(self, carry: Carry, license: License) -> int:
        """Hours carried over: none unless the window before has more than it asked."""
        hours, any_ = self._column(carry.most / UNITS, whole=False), self._column(1.0, whole=True)
        self.rows.append(row([(hours, 1.0), (any_, -carry.most / UNITS)], high=0.0))
        given = [(int(c), -float(u) / UNITS) for c, u in zip(license.column, carry.units, strict=True) if c >= 0 and u]
        spare = min(0.0, float(carry.short)) / UNITS
        self.rows.append(row([(hours, 1.0), (any_, carry.short / UNITS - spare), *given], high=-spare))
        return hours


def taken_of(values: Floats, copies: int) -> Flags:
    """Which copies a solution takes."""
    found: Flags = values[:copies] > 0.5
    return found


def chosen_copies(taken: Flags, copies: Sequence[Copy]) -> Iterator[Copy]:
    """The copies taken."""
    for number in np.nonzero(taken)[0].tolist():
        yield copies[number]
