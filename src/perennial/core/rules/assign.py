"""The best use of the hours earned, exactly: most toward the total, and every minimum met where it can be.

A credit's hours may be cut by several limits at once and serve several requirements at once, so which of them are
counted matters. Where no limit is exceeded and no hour is claimed twice, everything counts and there is nothing to
choose. Otherwise the choice is a small linear program, solved by HiGHS. See docs/algorithms/counting.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import highspy
import numpy as np

from perennial.core.rules.selection import UNITS

TIE = 1e-2
"""Where the same hours may be missing here or there, those of the requirement that the rule names first are not."""

LITTLE = 1e-3
"""What an hour more in all weighs against an hour missing: counting more never costs a minimum."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A minimum: so many units asked, and how many each item could give."""

    id: str
    asked: int
    gives: tuple[int, ...]
    in_total: bool = True
    within: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """Caps inside this demand: (units, what each item gives under the cap)."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit: the items under it hold at most so many units; `free` is an item's part outside the limit."""

    id: str
    units: int
    holds: tuple[int, ...]
    of_earned: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be counted: units of each item toward the total, minimums, limits, and pairs that share no hour."""

    units: tuple[int, ...]
    demands: tuple[Demand, ...]
    ceilings: tuple[Ceiling, ...]
    disjoint: tuple[tuple[str, str], ...] = ()
    asked_total: int = 0


@dataclass(slots=True)
class Assignment:
    """Units counted of each item, most in all, and per demand what it got from each item."""

    counted: list[int]
    most: int
    got: dict[str, list[int]] = field(default_factory=dict)

    def sum_of(self, demand: str) -> int:
        """Units that serve a demand."""
        return sum(self.got.get(demand, ()))


def assign(choice: Choice) -> Assignment:
    """The best assignment: the total first, then the fewest hours missing, then the most counted."""
    choice = replace(choice, ceilings=tuple(c for c in choice.ceilings if _exceeded(choice, c)))
    if not _claimed_twice(choice):
        if not choice.ceilings:
            counted = list(choice.units)
            return Assignment(counted, sum(counted), {d.id: _given(d, choice.units) for d in choice.demands})
        found = _filled(choice)
        if found is not None:
            return found
    return _Program(choice).solve()


def _exceeded(choice: Choice, ceiling: Ceiling) -> bool:
    """Whether a limit could bind at all."""
    if ceiling.of_earned is not None:
        return sum(ceiling.holds) > ceiling.of_earned * sum(choice.units) or ceiling.of_earned < 1
    return sum(ceiling.holds) > ceiling.units


def _claimed_twice(choice: Choice) -> bool:
    gives = {d.id: d.gives for d in choice.demands}
    for one, other in choice.disjoint:
        if one in gives and other in gives:
            pairs = zip(gives[one], gives[other], choice.units, strict=True)
            if any(a + b > units for a, b, units in pairs):
                return True
    return any(len(d.within) > 1 and _over(d) for d in choice.demands)


def _over(demand: Demand) -> bool:
    return any(sum(holds) > most for most, holds in demand.within)


def _given(demand: Demand, counted: Sequence[int]) -> list[int]:
    """What a demand gets of the hours counted: all of its own, less what a cap inside it cuts off."""
    given = [min(g, c) for g, c in zip(demand.gives, counted, strict=True)] if demand.in_total else list(demand.gives)
    for most, holds in demand.within:
        surplus = sum(min(h, g) for h, g in zip(holds, given, strict=True)) - most
        for index, held in enumerate(holds):
            if surplus <= 0:
                break
            cut = min(held, surplus, given[index])
            given[index] -= cut
            surplus -= cut
    return given


def _filled(choice: Choice) -> Assignment | None:
    """The optimum by filling, where that can be proved to be one; None where it cannot.

    Where limits hold whole credits and each two of them are nested or apart, the amounts that may be counted form a
    polymatroid: hours added one after another, as many as fit, always reach the most there can be. So what is added
    first may be chosen freely, and is chosen to serve minimums not yet met. If every minimum then gets what it asks,
    or all that it could get if it were alone, no assignment is better.
    """
    groups = _nested(choice)
    if groups is None:
        return None
    counted = _fill(choice, groups)
    got = {d.id: _given(d, counted) for d in choice.demands}
    for demand in choice.demands:
        have = sum(got[demand.id])
        if have < demand.asked and have < _alone(choice, groups, demand):
            return None
    if any(a + b > c for d, e in choice.disjoint if d in got and e in got for a, b, c in zip(got[d], got[e], counted, strict=True)):
        return None
    return Assignment(counted, sum(counted), got)


Group = tuple[int, tuple[int, ...]]
"""A limit over whole credits: its units, and the indexes of the items under it."""


def _nested(choice: Choice) -> list[Group] | None:
    """Limits as sets of items, smallest first; None where they cut credits in two or cross one another."""
    groups: list[Group] = []
    for ceiling in choice.ceilings:
        members = tuple(i for i, held in enumerate(ceiling.holds) if held)
        if ceiling.of_earned is not None or any(ceiling.holds[i] != choice.units[i] for i in members):
            return None
        if members:
            groups.append((ceiling.units, members))
    groups.sort(key=lambda g: len(g[1]))
    sets = [frozenset(members) for _, members in groups]
    for i, small in enumerate(sets):
        for large in sets[i + 1 :]:
            if not small <= large and small & large:
                return None
    return groups


def _fill(choice: Choice, groups: list[Group]) -> list[int]:
    """Count hours one piece after another, those that serve most of what is still asked first."""
    room = [units for units, _ in groups]
    inside: list[list[int]] = [[] for _ in choice.units]
    for number, (_, members) in enumerate(groups):
        for i in members:
            inside[i].append(number)
    counted = [0 if held else units for units, held in zip(choice.units, inside, strict=True)]
    lacking = {d.id: d.asked - sum(_given(d, counted)) for d in choice.demands}
    useful = [d for d in choice.demands if d.in_total and lacking[d.id] > 0]
    wanted = {d.id for d in useful}
    pieces = [(i, size, serves) for i, held in enumerate(inside) if held for size, serves in _pieces(choice, i, useful)]
    while pieces:
        if wanted:
            scores = [sum(d in wanted for d in serves) for _, _, serves in pieces]
            best = max(range(len(pieces)), key=scores.__getitem__)
            pieces[best], pieces[-1] = pieces[-1], pieces[best]
            wanted = wanted if scores[best] else set()
        i, size, serves = pieces.pop()
        taken = min(size, min(room[number] for number in inside[i]))
        counted[i] += taken
        for number in inside[i]:
            room[number] -= taken
        for demand in serves:
            lacking[demand] -= taken
            if lacking[demand] <= 0:
                wanted.discard(demand)
    return counted


def _pieces(choice: Choice, item: int, demands: list[Demand]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """An item cut where a demand's part of it ends, the most useful piece last."""
    ends = sorted({min(d.gives[item], choice.units[item]) for d in demands} | {choice.units[item]})
    start = 0
    for end in ends:
        if end > start:
            yield end - start, tuple(d.id for d in demands if d.gives[item] >= end)
            start = end


def _alone(choice: Choice, groups: list[Group], demand: Demand) -> int:
    """The most that one demand could get if nothing else were asked."""
    if not demand.in_total or demand.within:
        return sum(_given(demand, choice.units))
    left = list(demand.gives)
    for units, members in groups:
        surplus = sum(left[i] for i in members) - units
        for i in members:
            if surplus <= 0:
                break
            cut = min(left[i], surplus)
            left[i] -= cut
            surplus -= cut
    return sum(left)


class Quiet(highspy.Highs):
    """HiGHS that prints nothing: its own constructor turns callbacks on, which writes a banner to standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()  # the base's constructor only  # type: ignore[no-untyped-call]
        self.setOptionValue("output_flag", False)  # noqa: FBT003  taken by place only


class _Program:
    """The linear program, in hours. Columns: counted x, per demand and item y, shortfalls s."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.n = len(choice.units)
        self.upper: list[float] = [u / UNITS for u in choice.units]
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.y: dict[str, dict[int, int]] = {}
        self.short: dict[str, int] = {}
        self._limits()
        self._demands()

    def solve(self) -> Assignment:
        """The optimum, its hours brought back to whole units."""
        everything = dict.fromkeys(range(self.n), -1.0)
        hours = float(np.sum(self._run(everything)[: self.n]))
        most = round(hours * UNITS)
        enough = min(hours, self.choice.asked_total / UNITS)
        self.rows.append((dict.fromkeys(range(self.n), 1.0), enough - 1e-7, 1e9))
        cost = dict.fromkeys(range(self.n), -LITTLE)
        cost |= {column: 1.0 - TIE * place for place, column in enumerate(self.short.values())}
        found = self._run(cost)
        got = {key: [self._units(found[cols[i]]) if i in cols else 0 for i in range(self.n)] for key, cols in self.y.items()}
        return Assignment([self._units(x) for x in found[: self.n]], most, got)

    @staticmethod
    def _units(hours: float) -> int:
        return round(float(hours) * UNITS)

    def _column(self, upper: float) -> int:
        self.upper.append(upper)
        return len(self.upper) - 1

    def _limits(self) -> None:
        for ceiling in self.choice.ceilings:
            row: dict[int, float] = {}
            for i, held in enumerate(ceiling.holds):
                if not held:
                    continue
                free = (self.choice.units[i] - held) / UNITS
                if free <= 0:
                    row[i] = 1.0
                else:
                    part = self._column(held / UNITS)
                    self.rows.append(({i: 1.0, part: -1.0}, -1e9, free))
                    row[part] = 1.0
            if ceiling.of_earned is None:
                self.rows.append((row, -1e9, ceiling.units / UNITS))
            else:
                share = float(ceiling.of_earned)
                self.rows.append(({j: row.get(j, 0.0) - (share if j < self.n else 0) for j in {*row, *range(self.n)}}, -1e9, 0.0))

    def _demands(self) -> None:
        for demand in self.choice.demands:
            cols = {i: self._column(g / UNITS) for i, g in enumerate(demand.gives) if g}
            self.y[demand.id] = cols
            if demand.in_total:
                for i, col in cols.items():
                    self.rows.append(({col: 1.0, i: -1.0}, -1e9, 0.0))
            for most, holds in demand.within:
                held = {cols[i]: 1.0 for i, h in enumerate(holds) if h and i in cols}
                self.rows.append((held, -1e9, most / UNITS))
            shortfall = self.short[demand.id] = self._column(1e9)
            self.rows.append(({**dict.fromkeys(cols.values(), 1.0), shortfall: 1.0}, demand.asked / UNITS, 1e9))
        for one, other in self.choice.disjoint:
            for i in self.y.get(one, {}).keys() & self.y.get(other, {}).keys():
                self.rows.append(({self.y[one][i]: 1.0, self.y[other][i]: 1.0, i: -1.0}, -1e9, 0.0))

    def _run(self, cost: dict[int, float]) -> list[float]:
        model = highspy.HighsLp()
        columns = len(self.upper)
        model.num_col_, model.num_row_ = columns, len(self.rows)
        costs = np.zeros(columns)
        for column, price in cost.items():
            costs[column] = price
        model.col_cost_ = costs
        model.col_lower_ = np.zeros(columns)
        model.col_upper_ = np.array(self.upper)
        model.row_lower_ = np.array([low for _, low, _ in self.rows])
        model.row_upper_ = np.array([high for _, _, high in self.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(row) for row, _, _ in self.rows)])
        model.a_matrix_.index_ = np.array([c for row, _, _ in self.rows for c in row], dtype=np.int32)
        model.a_matrix_.value_ = np.array([v for row, _, _ in self.rows for v in row.values()])
        solver = Quiet()
        solver.setOptionValue("presolve", "off")
        solver.passModel(model)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise AssertionError(f"the assignment has no optimum: {solver.getModelStatus()}")
        return list(solver.getSolution().col_value)
