"""Plans beside HiGHS on the plain program in the same run: five sizes, three to five questions each; equal costs or it stops.

The plain program is written at once from numbers; ours begins with rules and offers, judges the plan with `evaluate`
and settles ties. A ratio below 1 says that ours is faster.
"""

import statistics
import time
from collections.abc import Callable, Iterator

import highspy
import numpy as np

from benchmarks.planner_cases import TODAY, Ints, Numbers, numbers, question
from benchmarks.result import Result
from perennial.core.planner import Wishes, plan
from perennial.core.rules.assign import Quiet

SIZES = ((1000, 1), (1000, 3), (1000, 10), (10_000, 3), (10_000, 10))
SEEDS = (1, 2, 3)


def measure() -> Iterator[Result]:
    """Seconds at the median, and how they compare with the plain program."""
    for courses, licenses in SIZES:
        ours, ratios = [], []
        for seed in SEEDS if licenses > 1 else (*SEEDS, 4, 5):
            drawn = numbers(courses, licenses, seed)
            owed, offers = question(drawn)
            plain, least = _timed(lambda drawn=drawn: _plain(drawn))
            taken, cost = _timed(lambda owed=owed, offers=offers: _ours(owed, offers))
            if cost != least:
                raise AssertionError(f"{courses} courses, {licenses} licenses, seed {seed}: {cost} against {least}")
            ours.append(taken)
            ratios.append(taken / plain)
        name = f"plan {licenses} license{'s' if licenses > 1 else ''}, {courses:,} courses"
        yield Result(f"{name}, median", statistics.median(ours), "s", 1.0 if courses == 1000 and licenses <= 3 else 10.0)
        yield Result(f"{name}, beside plain HiGHS", sum(ours) / sum(t / r for t, r in zip(ours, ratios, strict=True)), "times", 1.0)


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def _ours(owed: list, offers: list) -> int:
    found = plan(owed, offers, Wishes(), TODAY, compare=False)
    if not found.optimal or found.infeasible or found.bound != found.cost_cents:
        raise AssertionError("not proved")
    return found.cost_cents // 100


def _plain(n: Numbers) -> int:
    """Straightforward: a column for each course, one for the recorded hours of each license that count; HiGHS as it comes."""
    courses, licenses = n.hours.size, n.asked.size
    rows: list[tuple[Ints, float, int, float]] = []
    for k in range(licenses):
        live, recorded = n.accepted[k] * n.hours * ~n.recorded, n.accepted[k] * n.hours * n.recorded
        rows += [(live, n.asked[k], courses + k, 1.0), (recorded, 0.0, courses + k, -1.0)]
        rows += [(n.accepted[k] * n.topics[:, t], n.least[k, t], courses + k, 0.0) for t in np.nonzero(n.least[k])[0]]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = courses + licenses, len(rows)
    model.col_cost_ = np.concatenate([n.price.astype(float), np.zeros(licenses)])
    model.col_lower_ = np.zeros(courses + licenses)
    model.col_upper_ = np.concatenate([np.ones(courses), n.cap.astype(float)])
    model.row_lower_ = np.array([low for _, low, _, _ in rows], dtype=float)
    model.row_upper_ = np.full(len(rows), highspy.kHighsInf)
    places = [np.append(np.nonzero(values)[0], extra) for values, _, extra, _ in rows]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(p.size for p in places)])
    model.a_matrix_.index_ = np.concatenate(places).astype(np.int32)
    model.a_matrix_.value_ = np.concatenate([np.append(v[v != 0], more).astype(float) for v, _, _, more in rows])
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger] * courses + [kinds.kContinuous] * licenses
    solver = Quiet()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999)
    solver.passModel(model)
    solver.run()
    return round(solver.getInfo().objective_function_value)
