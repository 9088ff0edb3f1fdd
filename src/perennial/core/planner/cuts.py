"""What a license asks, as inequalities over what is taken: each follows from weights on its minimums and limits.

Whether hours can be put to use so that every minimum is met is a linear program over hours, item by item. By duality
it has a solution exactly if, for all weights w >= 0 of minimums and v >= 0 of limits, the items taken bring together
at least what is asked: sum(w asked) - sum(v limit) <= sum of each item's worth at these weights. An item's worth is
the most that its own hours can bring: w for each hour that serves, less v for each hour under a limit.
See docs/algorithms/planning.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import lcm

import numpy as np

from perennial.core.planner.linear import INFINITY, Columns, Floats, Ints, Row, minimize, row
from perennial.core.planner.terms import Need, Terms
from perennial.core.rules.selection import UNITS

GRIDS = (60, 2520, 1_000_000)
"""Weights are rounded to whole parts of one of these; any weights give an inequality that holds."""

ENOUGH = 1e-5
"""Less than this many hours missing is noise of the arithmetic: a unit is ten times as much."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole weights: of needs, of ceilings, and of the caps inside needs, by their places."""

    needs: dict[int, int]
    ceilings: dict[int, int]
    inside: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Cut:
    """sum(worth of items taken) + sum(weight x shortfall of needs) >= asked, in whole units."""

    worth: Ints
    asked: int
    needs: dict[int, int]


class Cutter:
    """Makes inequalities for one license."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def first(self) -> Iterator[Cut]:
        """Those that nearly always matter: each minimum by itself, and with each limit that holds hours of it."""
        for place, need in enumerate(self.terms.needs):
            yield self.cut(Weights({place: 1}, {}, {}))
            for part in range(len(need.inside)):
                yield self.cut(Weights({place: 1}, {}, {(place, part): 1}))
            if not need.in_total:
                continue
            for number, ceiling in enumerate(self.terms.ceilings):
                if need.gives[ceiling.items].any() and self._few(number):
                    yield self.cut(Weights({place: 1}, {number: 1}, {}))

    def _few(self, number: int) -> bool:
        """Whether a limit is one of a few that hold many items, rather than one of many small ones."""
        return len(self.terms.ceilings) <= 8 or self.terms.ceilings[number].items.size * 8 >= self.terms.units.size

    def cut(self, weights: Weights) -> Cut:
        """The inequality that follows from these weights."""
        terms, scale = self.terms, self._scale(weights)
        needs = {place: w * scale for place, w in weights.needs.items()}
        held = {number: v * scale for number, v in weights.ceilings.items()}
        inside = {at: v * scale for at, v in weights.inside.items()}
        worth = _Worth(terms, Weights(needs, held, inside)).found()
        asked = sum(w * terms.needs[place].asked for place, w in needs.items())
        asked -= sum(v * terms.ceilings[number].units for number, v in held.items() if terms.ceilings[number].share is None)
        asked -= sum(v * terms.needs[place].inside[part][0] for (place, part), v in inside.items())
        return Cut(worth, asked, needs)

    def _scale(self, weights: Weights) -> int:
        shares = [self.terms.ceilings[number].share for number in weights.ceilings]
        return lcm(1, *(share[1] for share in shares if share is not None))

    def broken(self, active: Floats, relief: Floats) -> Cut | None:
        """An inequality that this much of each item (0 to 1) breaks; None where hours can be put to use as asked.

        `relief`: units that each need is let off.
        """
        if not self._contested(active):
            return None
        found = _Use(self.terms, active, relief).weights()
        if found is None:
            return None
        for grid in GRIDS:
            cut = self.cut(_rounded(found, grid))
            eased = sum(w * float(relief[place]) for place, w in cut.needs.items())
            if cut.asked - eased - float(active @ cut.worth) > ENOUGH * UNITS * max(1, *cut.needs.values(), 0):
                return cut
        return None

    def _contested(self, active: Floats) -> bool:
        """Whether any limit could bind at all; where none does, the minimums by themselves say everything."""
        terms = self.terms
        if terms.disjoint:
            return True
        for ceiling in terms.ceilings:
            if ceiling.share is not None or float(active[ceiling.items] @ ceiling.holds) > ceiling.units:
                return True
        return any(float(active @ part) > most for need in terms.needs for most, part in need.inside)


@dataclass(frozen=True, slots=True)
class _Duals:
    needs: dict[int, float]
    ceilings: dict[int, float]
    inside: dict[tuple[int, int], float]


def _rounded(found: _Duals, grid: int) -> Weights:
    def whole(value: float) -> int:
        return max(0, round(value * grid))

    return Weights(
        {k: n for k, v in found.needs.items() if (n := whole(v))},
        {k: n for k, v in found.ceilings.items() if (n := whole(v))},
        {k: n for k, v in found.inside.items() if (n := whole(v))},
    )


class _Worth:
    """The most that each item's own hours can bring at given weights."""

    def __init__(self, terms: Terms, weights: Weights) -> None:
        self.terms, self.weights = terms, weights
        self.pairs = [(a, b) for a, b in terms.disjoint if a in weights.needs and b in weights.needs]

    def found(self) -> Ints:
        """The worth of every item: that of the best number of hours counted, which is always where something ends."""
        best = np.zeros(self.terms.units.size, dtype=np.int64)
        for counted in self._ends():
            np.maximum(best, self._at(counted), out=best)
        for place, weight in self.weights.needs.items():
            best += weight * self.terms.needs[place].free
        return best

    @cached_property
    def _loose(self) -> dict[int, Ints]:
        """Under each ceiling the hours of each item that lie outside it; those of items not under it at all."""
        found = {}
        for number in self.weights.ceilings:
            ceiling = self.terms.ceilings[number]
            loose = self.terms.most + 0
            loose[ceiling.items] = self.terms.units[ceiling.items] - ceiling.holds
            found[number] = loose
        return found

    def _ends(self) -> Iterator[Ints]:
        terms = self.terms
        yield np.zeros_like(terms.most)
        yield terms.most
        for loose in self._loose.values():
            yield np.minimum(loose, terms.most)
        for place in self.weights.needs:
            need = terms.needs[place]
            yield np.minimum(need.gives, terms.most)
            for _, part in need.inside:
                yield np.minimum(need.gives - part, terms.most)
        for a, b in self.pairs:
            yield np.minimum(terms.needs[a].gives + terms.needs[b].gives, terms.most)

    def _at(self, counted: Ints) -> Ints:
        total = np.zeros_like(counted)
        paired = {place for pair in self.pairs for place in pair}
        for place in self.weights.needs:
            if place not in paired:
                total += self._served(place, counted)
        for star in _stars(self.pairs):
            total += self._shared(star, counted)
        for number, weight in self.weights.ceilings.items():
            ceiling, loose = self.terms.ceilings[number], self._loose[number]
            total -= weight * np.maximum(0, counted - loose)
            if ceiling.share is not None:
                total += weight * ceiling.share[0] * counted // ceiling.share[1]
        return total

    def _served(self, place: int, counted: Ints) -> Ints:
        """What one need brings where nothing competes for the hours."""
        need, weight = self.terms.needs[place], self.weights.needs[place]
        most = _most(need, counted)
        caps = [(v, need.inside[part][1]) for (p, part), v in self.weights.inside.items() if p == place]
        best = np.zeros_like(most)
        for end in (most, *(np.minimum(most, need.gives - part) for _, part in caps)):
            value = weight * end
            for v, part in caps:
                value = value - v * np.maximum(0, end - (need.gives - part))
            best = np.maximum(best, value)
        return best

    def _shared(self, star: tuple[int, tuple[int, ...]], counted: Ints) -> Ints:
        """What a need and those that share no hour with it bring: as much to it as is best, the rest to the others."""
        center, leaves = star
        need, weights = self.terms.needs[center], self.weights.needs
        most, claims = _most(need, counted), need.gives > 0
        limits = [_most(self.terms.needs[leaf], counted) for leaf in leaves]
        best = np.zeros_like(most)
        for given in (np.zeros_like(most), most, np.minimum(most, counted), *(np.clip(counted - limit, 0, most) for limit in limits)):
            value = weights[center] * given
            for leaf, limit in zip(leaves, limits, strict=True):
                left = np.where(claims & (limit > 0), np.maximum(0, counted - given), limit)
                value = value + weights[leaf] * np.minimum(limit, left)
            best = np.maximum(best, value)
        return best


def _most(need: Need, counted: Ints) -> Ints:
    return np.minimum(need.gives, counted) if need.in_total else need.gives


def _stars(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Pairs gathered around the needs that have most of them; a pair between two leaves is left to the judge."""
    around: dict[int, set[int]] = {}
    for a, b in pairs:
        around.setdefault(a, set()).add(b)
        around.setdefault(b, set()).add(a)
    left = set(around)
    while left:
        center = max(sorted(left), key=lambda p: len(around[p] & left))
        leaves = tuple(sorted(around[center] & left - {center}))
        left -= {center, *leaves}
        yield center, leaves


class _Use:
    """Whether hours can be put to use as asked: the fewest hours missing, and what weights show it."""

    def __init__(self, terms: Terms, active: Floats, relief: Floats) -> None:
        self.terms, self.active, self.relief = terms, active, relief
        self.items = np.nonzero(active > 0)[0].tolist()
        self.upper: list[float] = []
        self.cost: list[float] = []
        self.rows: list[Row] = []
        self.x = {i: self._column(terms.most[i] * active[i]) for i in self.items}
        self.y: dict[tuple[int, int], int] = {}
        self.need_rows: dict[int, int] = {}
        self.ceiling_rows: dict[int, int] = {}
        self.inside_rows: dict[tuple[int, int], int] = {}

    def weights(self) -> _Duals | None:
        """Weights that show that hours are missing; None where none are."""
        for place in range(len(self.terms.needs)):
            self._need(place)
        for number in range(len(self.terms.ceilings)):
            self._ceiling(number)
        self._disjoint()
        upper = np.array(self.upper)
        found = minimize(
            np.array(self.cost), Columns(np.zeros(upper.size), upper, np.zeros(upper.size, dtype=bool)), self.rows, whole=False
        )
        if found.objective <= ENOUGH or found.duals is None:
            return None
        duals = found.duals
        return _Duals(
            {place: float(duals[at]) for place, at in self.need_rows.items()},
            {number: -float(duals[at]) for number, at in self.ceiling_rows.items()},
            {key: -float(duals[at]) for key, at in self.inside_rows.items()},
        )

    def _column(self, units: float, cost: float = 0.0) -> int:
        self.upper.append(units / UNITS)
        self.cost.append(cost)
        return len(self.upper) - 1

    def _row(self, values: dict[int, float], low: float = -INFINITY, high: float = INFINITY) -> int:
        self.rows.append(row(values.items(), low, high))
        return len(self.rows) - 1

    def _need(self, place: int) -> None:
        need = self.terms.needs[place]
        for i in self.items:
            if need.gives[i]:
                y = self.y[place, i] = self._column(need.gives[i] * self.active[i])
                if need.in_total:
                    self._row({y: 1.0, self.x[i]: -1.0}, high=0.0)
        for part, (most, holds) in enumerate(need.inside):
            held: dict[int, float] = {}
            for i in self.items:
                if holds[i] and need.gives[i]:
                    loose = float(need.gives[i] - holds[i]) * self.active[i]
                    held[self._over(self.y[place, i], loose, holds[i] * self.active[i])] = 1.0
            self.inside_rows[place, part] = self._row(held, high=most / UNITS)
        mine = {self.y[place, i]: 1.0 for i in self.items if need.gives[i]}
        mine[self._column(INFINITY, 1.0)] = 1.0
        asked = need.asked - float(self.active @ need.free) - float(self.relief[place])
        self.need_rows[place] = self._row(mine, low=asked / UNITS)

    def _over(self, column: int, loose: float, most: float) -> int:
        """The column itself, or where hours of it lie outside a limit a column for the rest."""
        if loose <= 0:
            return column
        rest = self._column(most)
        self._row({column: 1.0, rest: -1.0}, high=loose / UNITS)
        return rest

    def _ceiling(self, number: int) -> None:
        terms, ceiling = self.terms, self.terms.ceilings[number]
        held: dict[int, float] = {}
        for i, holds in zip(ceiling.items.tolist(), ceiling.holds.tolist(), strict=True):
            if i in self.x:
                loose = float(terms.units[i] - holds) * self.active[i]
                held[self._over(self.x[i], loose, holds * self.active[i])] = 1.0
        if ceiling.share is not None:
            share = ceiling.share[0] / ceiling.share[1]
            for column in self.x.values():
                held[column] = held.get(column, 0.0) - share
        self.ceiling_rows[number] = self._row(held, high=0.0 if ceiling.share is not None else ceiling.units / UNITS)

    def _disjoint(self) -> None:
        for a, b in self.terms.disjoint:
            for i in self.items:
                if (a, i) in self.y and (b, i) in self.y:
                    self._row({self.y[a, i]: 1.0, self.y[b, i]: 1.0, self.x[i]: -1.0}, high=0.0)
