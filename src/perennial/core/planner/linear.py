"""Linear and integer programs for HiGHS: columns, rows, and what came of solving them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import highspy
import numpy as np
from numpy.typing import NDArray

from perennial.core.planner.pace import ENDLESS, Pace
from perennial.core.rules.assign import Quiet

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
INFINITY = float(highspy.kHighsInf)
NEAR = 1e-6
Outcome = Literal["optimal", "infeasible", "limit"]

_PLAIN = ("mip_allow_restart", "mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost")
"""What HiGHS spends most of its time on although few courses are left and a first answer is at hand: a third of the time without."""

_NONE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kObjectiveBound,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of values times columns <= high."""

    columns: Ints
    values: Floats
    low: float = -INFINITY
    high: float = INFINITY


def row(terms: Iterable[tuple[int, float]], low: float = -INFINITY, high: float = INFINITY) -> Row:
    """A row from pairs of column and value."""
    pairs = list(terms)
    return Row(np.array([c for c, _ in pairs], dtype=np.int64), np.array([v for _, v in pairs], dtype=np.float64), low, high)


@dataclass(frozen=True, slots=True)
class Columns:
    """Bounds of every column, and whether it is whole."""

    lower: Floats
    upper: Floats
    whole: Flags


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search goes: in nodes, the same on every machine; and, where the caller asks for it, by the clock.

    `told` hears the best value so far and the proven bound while a whole-number search runs.
    """

    nodes: int | None = None
    pace: Pace = ENDLESS
    told: Callable[[float, float], None] | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of it: values of columns, the objective, its proven lower bound, and of a relaxation its duals."""

    outcome: Outcome
    values: Floats
    objective: float = INFINITY
    bound: float = -INFINITY
    reduced: Floats | None = None
    duals: Floats | None = None


def minimize(
    cost: Floats, columns: Columns, rows: list[Row], *, whole: bool, limits: Limits = Limits(), start: Floats | None = None
) -> Solved:
    """The least cost; with `whole` over whole columns, proved to less than one unit of a whole-numbered cost.

    `start`: values that are known to meet every row, to be bettered.
    """
    solver = Quiet()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999)
    for option in _PLAIN:
        solver.setOptionValue(option, False)  # noqa: FBT003  taken by place only
    solver.setOptionValue("mip_heuristic_effort", 0.0)
    if limits.nodes is not None:
        solver.setOptionValue("mip_max_nodes", limits.nodes)
    faults = _paced(solver, limits)
    solver.passModel(_model(cost, columns, rows, whole=whole))
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start.tolist()
        solver.setSolution(known)
    solver.run()
    if faults:
        raise faults[0]
    return _solved(solver, whole=whole)


def within(columns: Columns, kept: Flags) -> tuple[Columns, Ints]:
    """Only the kept columns, and for each of all its new number, -1 where it is left out at zero."""
    number = np.full(kept.size, -1, dtype=np.int64)
    number[kept] = np.arange(int(kept.sum()))
    return Columns(columns.lower[kept], columns.upper[kept], columns.whole[kept]), number


def renumbered(rows: list[Row], number: Ints) -> list[Row]:
    """Rows over the kept columns only."""
    found = []
    for one in rows:
        new = number[one.columns]
        there = new >= 0
        found.append(replace(one, columns=new[there], values=one.values[there]))
    return found


def _paced(solver: highspy.Highs, limits: Limits) -> list[Exception]:
    """Hold the solver to the clock; while it branches it is asked again, so that a call to stop is heard at once.

    What goes wrong in asking stops the solver, and is given back to be raised once it has come to its end.
    """
    pace = limits.pace
    faults: list[Exception] = []
    if not pace.limited:
        return faults
    solver.setOptionValue("time_limit", max(0.0, pace.left()))

    def heard(_kind: Any, _message: str, out: Any, back: Any, _data: Any) -> None:
        try:
            if limits.told is not None:
                limits.told(out.mip_primal_bound, out.mip_dual_bound)
            stop = pace.over
        except Exception as fault:  # noqa: BLE001  it may not cross the solver's own code
            faults.append(fault)
            stop = True
        if stop:
            back.user_interrupt = True

    solver.setCallback(heard, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    return faults


class Relaxation:
    """A linear program that stays with its solver, so that rows added later are quickly met."""

    def __init__(self, cost: Floats, columns: Columns, rows: list[Row], pace: Pace = ENDLESS) -> None:
        self._solver, self._pace = Quiet(), pace
        self._solver.passModel(_model(cost, columns, rows, whole=False))

    def add(self, more: Row) -> None:
        """One more row."""
        self._solver.addRow(more.low, more.high, more.columns.size, more.columns.astype(np.int32), more.values)

    def run(self) -> Solved:
        """The optimum of what stands now."""
        if self._pace.limited:
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(0.0, self._pace.left()))
        self._solver.run()
        return _solved(self._solver, whole=False)


def _model(cost: Floats, columns: Columns, rows: list[Row], *, whole: bool) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = cost.size, len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, columns.lower, columns.upper
    model.row_lower_ = np.array([r.low for r in rows])
    model.row_upper_ = np.array([r.high for r in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(r.columns.size for r in rows)])
    model.a_matrix_.index_ = np.concatenate([r.columns for r in rows]).astype(np.int32) if rows else np.zeros(0, dtype=np.int32)
    model.a_matrix_.value_ = np.concatenate([r.values for r in rows]) if rows else np.zeros(0)
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[flag] for flag in columns.whole.astype(int).tolist()]
    return model


def _solved(solver: highspy.Highs, *, whole: bool) -> Solved:
    status, info, solution = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
    values = np.array(solution.col_value)
    if status in _NONE:
        return Solved("infeasible", values)
    if status != highspy.HighsModelStatus.kOptimal:
        found = whole and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return Solved("limit", values if found else np.zeros(0), info.objective_function_value if found else INFINITY, info.mip_dual_bound)
    if whole:
        return Solved("optimal", values, info.objective_function_value, info.mip_dual_bound)
    objective = info.objective_function_value
    return Solved("optimal", values, objective, objective, np.array(solution.col_dual), np.array(solution.row_dual))
