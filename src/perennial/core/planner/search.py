"""Finds the least cost and proves it: relaxation, a first answer among few columns, then all that could still be better.

A column whose reduced cost shows that any set with it costs more than the first answer is left out: that is exact.
Every set is judged before it is taken; where the judge says no, a row that this set breaks is added, and the search
goes on. The outcome depends on the order of nothing: columns stand in a canonical order. No clock is asked unless the
caller sets a pace; then the best set so far comes back with the bound that is proved, and neither is called an optimum.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from perennial.core.planner.linear import (
    INFINITY,
    NEAR,
    Flags,
    Floats,
    Ints,
    Limits,
    Relaxation,
    Row,
    Solved,
    minimize,
    renumbered,
    within,
)
from perennial.core.planner.pace import Progress, TimeUp
from perennial.core.planner.program import License, Program, taken_of

FEW = 60
"""Columns among which a first answer is sought."""

UNLIMITED = Limits()
FIRST, MOST, SPARED = 8, 512, 64
"""Where time is over before a first answer: so many columns of the relaxation are judged, and so many are tried without."""

FAR = 1e15
"""More than any objective."""

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

    def __init__(self, program: Program, cost: Ints, judge: Judge, rows: Sequence[Row] = (), limits: Limits = UNLIMITED) -> None:
        self.program, self.judge = program, judge
        self.step = int(np.gcd.reduce(cost)) or 1
        self.cost: Floats = (cost // self.step).astype(np.float64)
        self.extra = list(rows)
        self.columns = program.columns
        self.relaxed: Solved | None = None
        self.limits = replace(limits, told=self._told if limits.pace.told is not None else None)
        self.pace = limits.pace
        self._least: float = INFINITY
        self._heard: Progress | None = None
        self._everything = False

    def best(self) -> Found | None:
        """The least cost of all; None where nothing meets every row. Raises TimeUp where the time is over before a set is found."""
        relaxed = self.relax()
        if relaxed is None or relaxed.reduced is None:
            return None
        few = self._few(relaxed.reduced)
        first = self._whole(few, None)
        if first is None or (first.outcome != "optimal" and not self.pace.over):
            few = np.ones(few.size, dtype=bool)
            first = self._whole(few, None)
        if first is None:
            return None
        if not first.values.size:
            return self._rounded_up()
        self._note(first.objective)
        kept = self.could_cost(first.objective - 1)
        if first.outcome == "optimal" and not (kept & ~few).any():
            return self._found(first, proved=True)
        self._everything = True
        better = self._whole(kept | taken_columns(first.values), first.values)
        if better is None or (better.outcome == "optimal" and better.objective >= first.objective):
            return self._found(first, proved=True)
        if not better.values.size or better.objective >= first.objective:
            return self._found(first, proved=False, bound=better.bound)
        return self._found(better, proved=better.outcome == "optimal")

    def relax(self) -> Solved | None:
        """The linear relaxation with every row that it breaks added, or as many as there is time for: each bound holds."""
        program = Relaxation(self.cost, self.columns, [*self.program.rows, *self.extra], self.pace)
        while True:
            solved = program.run()
            if solved.outcome == "limit" and self.pace.over:
                raise TimeUp(self._floor())
            if solved.outcome != "optimal":
                return None
            self.relaxed = solved
            more = [] if self.pace.over else self.program.broken(solved.values)
            if not more:
                self._note(None)
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

    def cheapest(self, kept: Flags, start: Floats | None = None) -> tuple[Found | None, bool]:
        """The least cost among these columns, and whether it is proved; `start` is a set that meets every row."""
        solved = self._whole(kept, start)
        if solved is None:
            return None, True
        proved = solved.outcome == "optimal"
        return (self._found(solved, proved=proved) if solved.values.size else None), proved

    def _auxiliary(self) -> Flags:
        return np.arange(self.cost.size) >= len(self.program.copies)

    def _few(self, reduced: Floats) -> Flags:
        kept = self._auxiliary()
        kept[np.argsort(reduced[: len(self.program.copies)], kind="stable")[:FEW]] = True
        return kept

    def _whole(self, kept: Flags, start: Floats | None) -> Solved | None:
        """The least cost over whole columns among those kept, judged; None where there is none, no values where time ran out."""
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
            if self.pace.over:
                return Solved("limit", np.zeros(0), bound=solved.bound)

    def _refused(self, values: Floats) -> bool:
        """Whether the judge refuses this set; then rows that it breaks are added."""
        taken = taken_of(values, len(self.program.copies))
        wrong = self.judge(taken)
        if not wrong and not self.program.elastic:
            return False
        more = self.program.broken(values)
        self.program.rows += more or [self.program.not_again(taken, license) for license in wrong]
        return bool(more or wrong)

    def _rounded_up(self) -> Found:
        """Where time ran out first: every course that the relaxation takes a part of, less what can be spared, the dearest first."""
        if self.relaxed is None:
            raise TimeUp(0)
        copies = len(self.program.copies)
        order = one_copy_each(self.relaxed.values[:copies], [c.offer for c in self.program.copies])
        taken = None if self.program.elastic else self._enough(order)
        if taken is None:
            raise TimeUp(self._floor())
        dearest = sorted(np.nonzero(taken)[0].tolist(), key=lambda c: (-self.cost[c], c))
        for column in dearest[:SPARED]:
            taken[column] = False
            taken[column] = bool(self.judge(taken))
        values = np.zeros(self.cost.size)
        values[:copies] = taken
        if any(not one.low - NEAR <= float(one.values @ values[one.columns]) <= one.high + NEAR for one in self.extra):
            raise TimeUp(self._floor())
        return self._found(Solved("limit", values, round(float(self.cost @ values))), proved=False)

    def _enough(self, order: Sequence[int]) -> Flags | None:
        """As few of these columns, in this order, as the judge accepts: 8, 16, 32 ...; None where the most is not enough."""
        size = FIRST
        while True:
            taken = np.zeros(len(self.program.copies), dtype=bool)
            taken[order[:size]] = True
            if not self.judge(taken):
                return taken
            if size >= min(len(order), MOST):
                return None
            size *= 2

    def _found(self, solved: Solved, *, proved: bool, bound: float | None = None) -> Found:
        cost = round(float(self.cost @ solved.values)) if not self.program.elastic else 0
        told = bound if bound is not None else solved.bound
        lower = cost * self.step if proved else min(cost * self.step, self._floor(told))
        return Found(taken_of(solved.values, len(self.program.copies)), solved.values, cost * self.step, lower, proved)

    def _floor(self, told: float = -INFINITY) -> int:
        """What no set goes below: by the relaxation, or by what a search was told where that is more."""
        known = max(told, self.relaxed.bound if self.relaxed is not None else 0.0, 0.0)
        return int(np.ceil(known - NEAR * max(1.0, known))) * self.step

    def _note(self, objective: float | None) -> None:
        """Remember the best set so far, and tell of it."""
        self._least = self._least if objective is None else objective
        self._told(INFINITY, -INFINITY)

    def _told(self, best: float, bound: float) -> None:
        """Pass on how the search stands, where that is new; a bound among few columns says nothing of the others."""
        if self.pace.told is None:
            return
        least = min(self._least, best)
        now = Progress(
            None if least >= INFINITY else Decimal(round(least) * self.step),
            Decimal(min(self._floor(bound if self._everything else -INFINITY), round(min(least, FAR)) * self.step)),
        )
        if now != self._heard:
            self._heard = now
            self.pace.told(now)


def one_copy_each(values: Floats, offers: Sequence[int]) -> list[int]:
    """Columns that are taken in part, those taken most first, of each offer one."""
    found: list[int] = []
    seen: set[int] = set()
    for column in sorted(np.nonzero(values > NEAR)[0].tolist(), key=lambda c: (-values[c], c)):
        if offers[column] not in seen:
            seen.add(offers[column])
            found.append(column)
    return found


def taken_columns(values: Floats) -> Flags:
    """Columns that are not zero."""
    found: Flags = values > 0
    return found
