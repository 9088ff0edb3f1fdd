"""The three-level model: effects within studies within the field (Konstantopoulos 2011, 10.1002/jrsm.35), by REML."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from perennial.core.synthesis.bias import arrays
from perennial.core.synthesis.models import Array, quantile
from perennial.core.synthesis.values import Effects, Interval, ThreeLevel, TooFew

FEWEST_EFFECTS, FEWEST_STUDIES = 3, 2
STARTS = ((0.5, 0.5), (0.9, 0.1), (0.1, 0.9), (0.0, 0.0))
POLISH = 30


@dataclass(frozen=True, slots=True)
class _Data:
    """Effects, variances, and the number of each effect's study among so many."""

    y: Array
    v: Array
    group: NDArray[np.intp]
    studies: int

    def summed(self, values: Array) -> Array:
        return np.bincount(self.group, values, self.studies).astype(float)


def three_level(effects: Effects, *, level: float = 0.95) -> ThreeLevel:
    """Fit it to all effects as they are, with the t distribution on k - 1 degrees of freedom.

    As metafor's `rma.mv(y, v, random = ~ 1 | study/row, test = "t")`. Raises TooFew with fewer than three effects or two studies.
    """
    y, v = arrays(effects)
    places = {name: number for number, name in enumerate(dict.fromkeys(one.study for one in effects))}
    if len(y) < FEWEST_EFFECTS or len(places) < FEWEST_STUDIES:
        raise TooFew(f"three levels need at least three effects of two studies; there are {len(y)} effects of {len(places)}")
    data = _Data(y, v, np.array([places[one.study] for one in effects], np.intp), len(places))
    spread = max(float(np.var(y)), 1e-4)
    options = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500}
    search = {"args": (data,), "method": "L-BFGS-B", "jac": True, "bounds": [(0, None)] * 2, "options": options}
    found = min((minimize(_deviance, np.array(start) * spread, **search) for start in STARTS), key=lambda one: float(one.fun))
    variances = _polished(np.asarray(found.x, float), data)
    information, mean, _ = _mean(variances, data)
    se = float(np.sqrt(1 / information))
    reach = quantile((1 + level) / 2, len(y) - 1) * se
    constant = (len(y) - 1) * float(np.log(2 * np.pi)) - float(np.log(len(y)))
    return ThreeLevel(
        k=len(y),
        studies=len(places),
        estimate=mean,
        se=se,
        ci=Interval(mean - reach, mean + reach),
        between=float(variances[0]),
        within=float(variances[1]),
        log_likelihood=-0.5 * (_deviance(variances, data)[0] + constant),
    )


def _weighted(values: Array, variances: Array, data: _Data) -> Array:
    """V^-1 times values; each study's block is a diagonal and a constant (Sherman & Morrison)."""
    w = 1 / (data.v + variances[1])
    share = variances[0] / (1 + variances[0] * data.summed(w))
    product: Array = w * (values - (share * data.summed(w * values))[data.group])
    return product


def _mean(variances: Array, data: _Data) -> tuple[float, float, Array]:
    unit = _weighted(np.ones_like(data.y), variances, data)
    information = float(unit.sum())
    return information, float(unit @ data.y) / information, unit


def _deviance(variances: Array, data: _Data) -> tuple[float, Array]:
    """The restricted deviance, but for a constant, and its slopes along both variances."""
    information, mean, unit = _mean(variances, data)
    away = data.y - mean
    turned = _weighted(away, variances, data)
    w = 1 / (data.v + variances[1])
    total = data.summed(w)
    shrunk = variances[0] / (1 + variances[0] * total)
    value = float(-np.log(w).sum() + np.log1p(variances[0] * total).sum() + np.log(information) + away @ turned)
    by_unit, by_turned = data.summed(unit), data.summed(turned)
    between = float((total - shrunk * total**2).sum() - by_unit @ by_unit / information - by_turned @ by_turned)
    within = float(w.sum() - shrunk @ data.summed(w * w) - unit @ unit / information - turned @ turned)
    return value, np.array([between, within])


def _polished(start: Array, data: _Data) -> Array:
    """Newton's steps on the variances that are above 0, which take off what the search leaves."""
    best = start
    for _ in range(POLISH):
        free = best > 1e-12
        if not free.any():
            return best
        size = np.maximum(best, 1e-6) * 1e-5
        slopes = _deviance(best, data)[1]
        columns = [
            (_deviance(best + size * at, data)[1] - _deviance(best - size * at, data)[1]) / (2 * size[n]) for n, at in enumerate(np.eye(2))
        ]
        curve = np.column_stack(columns)[np.ix_(free, free)]
        if np.linalg.eigvalsh((curve + curve.T) / 2).min() <= 0:
            return best
        step = np.zeros(2)
        step[free] = np.linalg.solve(curve, slopes[free])
        best = np.maximum(best - step, 0)
        if np.abs(step).max() <= 1e-12 * max(1.0, float(best.max())):
            return best
    return best
