"""Finds the least cost and proves it: relaxation, a first answer among few columns, then all that could still be better.

A column whose reduced cost shows that any set with it costs more than the first answer is left out: that is exact.
Every set is judged before it is taken; where the judge says no, a row that this set breaks is added, and the search
goes on. The outcome depends on the order of nothing: columns stand in a canonical order, and no clock is read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from perennial.core.planner.linear import NEAR, Flags, Floats, Ints, Limits, Relaxation, Row, Solved, minimize, renumbered, within
from perennial.core.planner.program import License, Program, taken_of

FEW = 60
"""Columns among which a first answer is sought."""

Judge = Callable[[Flags], Sequence[License]]
"""The licenses that are not compliant although the program holds them to be."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best set, its cost, the proven bound, and whether they meet."""

    taken: Flags
    values: Floats
    cost: int
    bound: int
    proved: bool


class Search:
    """One objective over one program."""

    def __init__(self, program: Program, cost: Ints, judge: Judge, rows: Sequence[Row] = (), limits: Limits | None = None) -> None:
        self.program, self.judge, self.limits = program, judge, limits or Limits()
        self.step = int(np.gcd.reduce(cost)) or 1
        self.cost: Floats = (cost // self.step).astype(np.float64)
        self.extra = list(rows)
        self.columns = program.columns
        self.relaxed: Solved | None = None

    def best(self) -> Found | None:
        """The least cost of all; None where nothing meets every row."""
        relaxed = self.relax()
        if relaxed is None or relaxed.reduced is None:
            return None
        few = self._few(relaxed.reduced)
        first = self._whole(few, None)
        if first is None or first.outcome != "optimal":
            few = np.ones(few.size, dtype=bool)
            first = self._whole(few, None)
        if first is None:
            return None
        kept = self.could_cost(first.objective - 1)
        if first.outcome == "optimal" and not (kept & ~few).any():
            return self._found(first, proved=True)
        better = self._whole(kept | taken_columns(first.values), first.values)
        if better is None or not better.values.size or better.objective >= first.objective:
            proved = better is None or better.outcome == "optimal"
            return self._found(first, proved=proved, bound=None if better is None else better.bound)
        return self._found(better, proved=better.outcome == "optimal")

    def relax(self) -> Solved | None:
        """The linear relaxation with every row that it breaks added."""
        program = Relaxation(self.cost, self.columns, [*self.program.rows, *self.extra])
        while True:
            solved = program.run()
            if solved.outcome != "optimal":
                return None
            more = self.program.broken(solved.values)
            if not more:
                self.relaxed = solved
                return solved
            for one in more:
                program.add(one)
            self.program.rows += more

    def could_cost(self, most: float) -> Flags:
        """Columns that may be in a set that costs at most this much."""
        if self.relaxed is None or self.relaxed.reduced is None:
            return np.ones(self.cost.size, dtype=bool)
        kept: Flags = self.relaxed.objective + self.relaxed.reduced <= most + NEAR * max(1.0, abs(most))
        return kept | self._auxiliary()

    def cheapest(self, kept: Flags, start: Floats | None = None) -> Found | None:
        """The least cost among these columns; `start` is a set that meets every row."""
        solved = self._whole(kept, start)
        return None if solved is None or not solved.values.size else self._found(solved, proved=solved.outcome == "optimal")

    def _auxiliary(self) -> Flags:
        return np.arange(self.cost.size) >= len(self.program.copies)

    def _few(self, reduced: Floats) -> Flags:
        kept = self._auxiliary()
        kept[np.argsort(reduced[: len(self.program.copies)], kind="stable")[:FEW]] = True
        return kept

    def _whole(self, kept: Flags, start: Floats | None) -> Solved | None:
        """The least cost over whole columns among those kept, judged; None where there is none."""
        columns, number = within(self.columns, kept)
        while True:
            rows = renumbered([*self.program.rows, *self.extra], number)
            solved = minimize(self.cost[kept], columns, rows, whole=True, limits=self.limits, start=None if start is None else start[kept])
            if solved.outcome == "infeasible":
                return None
            if not solved.values.size:
                return solved
            values = np.zeros(kept.size)
            values[kept] = np.where(columns.whole, np.round(solved.values), solved.values)
            if not self._refused(values):
                return Solved(solved.outcome, values, round(float(self.cost @ values)), solved.bound)

    def _refused(self, values: Floats) -> bool:
        """Whether the judge refuses this set; then rows that it breaks are added."""
        taken = taken_of(values, len(self.program.copies))
        wrong = self.judge(taken)
        if not wrong and not self.program.elastic:
            return False
        more = self.program.broken(values)
        self.program.rows += more or [self.program.not_again(taken, license) for license in wrong]
        return bool(more or wrong)

    def _found(self, solved: Solved, *, proved: bool, bound: float | None = None) -> Found:
        cost = round(float(self.cost @ solved.values)) if not self.program.elastic else 0
        lower = cost if proved else max(0, int(np.ceil((bound if bound is not None else solved.bound) - NEAR)))
        return Found(taken_of(solved.values, len(self.program.copies)), solved.values, cost * self.step, lower * self.step, proved)


def taken_columns(values: Floats) -> Flags:
    """Columns that are not zero."""
    found: Flags = values > 0
    return found
