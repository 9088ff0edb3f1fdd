"""Pool effects: one row for each study, a model, and what tells how far to trust it."""

import numpy as np

from perennial.core.synthesis.bias import arrays, egger, egger_classic, trim_fill
from perennial.core.synthesis.models import Array, intercept_fit, quantile, tau2_interval, two_sided
from perennial.core.synthesis.values import DEFAULT, Choices, Effect, Effects, Fit, Interval, Pooled, TooFew


def aggregate(effects: Effects, rho: float) -> tuple[Effect, ...]:
    """One effect for each study, by inverse-variance weights under a common correlation of its effects, in order of first appearance.

    As metafor's `aggregate(dat, cluster=study, struct="CS", rho=rho)`. What is told of a study is kept where all its rows agree.
    Raises ValueError where rho is too far below 0 for the number of effects of a study, or is not between -1 and 1.
    """
    if not -1 < rho < 1:
        raise ValueError(f"a correlation of {rho} is not between -1 and 1")
    by_study: dict[str, list[Effect]] = {}
    for one in effects:
        by_study.setdefault(one.study, []).append(one)
    return tuple(_one_of(rows, rho) for rows in by_study.values())


def per_study(effects: Effects, choices: Choices) -> tuple[Effect, ...]:
    """The effects as the choices would pool them. Raises TooFew for none, ValueError for a variance that is not above 0."""
    if not effects:
        raise TooFew("there is no effect to pool")
    for one in effects:
        if not (one.v > 0 and np.isfinite(one.v) and np.isfinite(one.y)):
            raise ValueError(f"the effect of {one.study} has no variance above 0")
    return aggregate(effects, choices.rho) if choices.rho is not None else tuple(effects)


def pool(effects: Effects, choices: Choices = DEFAULT) -> Pooled:
    """Pool the effects. Raises TooFew for none, NotConverged where REML finds no variance, ValueError for a variance not above 0."""
    rows = per_study(effects, choices)
    if len(rows) == 1:
        return _single(rows[0], choices)
    y, v = arrays(rows)
    found = intercept_fit(y, v, choices)
    random = choices.method != "FE"
    tau2_ci = tau2_interval(y, v, found.tau2, choices.level) if random else None
    weights = 1 / (v + found.tau2)
    return Pooled(
        k=found.k,
        estimate=found.estimates[0],
        se=found.se[0],
        ci=found.ci[0],
        p=found.p[0] if np.isfinite(found.p[0]) else None,
        tau2=found.tau2 if random else None,
        tau2_ci=tau2_ci,
        i2=found.i2,
        i2_ci=Interval(_share(tau2_ci.low, found.typical), _share(tau2_ci.high, found.typical)) if tau2_ci else None,
        q=found.q,
        q_p=found.q_p,
        prediction_interval=_prediction(found, choices) if random else None,
        egger=egger(y, v, choices),
        egger_classic=egger_classic(y, v),
        trim_fill=trim_fill(rows, found, choices),
        choices=choices,
        effects=rows,
        weights=tuple((100 * weights / weights.sum()).tolist()),
    )


def _one_of(rows: list[Effect], rho: float) -> Effect:
    """The generalized least squares mean; the inverse of a matrix with one correlation throughout is written out."""
    m = len(rows)
    if m == 1:
        return rows[0]
    if 1 + (m - 1) * rho <= 0:
        raise ValueError(
            f"a correlation of {rho} is not possible among the {m} effects of {rows[0].study}: give one above {-1 / (m - 1):.3f}"
        )
    y, v = arrays(rows)
    a: Array = 1 / np.sqrt(v)
    common = rho / (1 + (m - 1) * rho)
    total = float(a @ a - common * a.sum() ** 2) / (1 - rho)
    weighted = float(a @ (a * y) - common * a.sum() * (a @ y)) / (1 - rho)
    shared = {name: value for name, value in rows[0].told.items() if all(one.told.get(name) == value for one in rows)}
    years = {one.year for one in rows}
    return Effect(rows[0].study, weighted / total, 1 / total, years.pop() if len(years) == 1 else None, shared)


def _single(one: Effect, choices: Choices) -> Pooled:
    se = float(np.sqrt(one.v))
    reach = quantile((1 + choices.level) / 2, None) * se
    return Pooled(
        k=1,
        estimate=one.y,
        se=se,
        ci=Interval(one.y - reach, one.y + reach),
        p=two_sided(one.y / se, None),
        tau2=None,
        tau2_ci=None,
        i2=None,
        i2_ci=None,
        q=None,
        q_p=None,
        prediction_interval=None,
        egger=None,
        egger_classic=None,
        trim_fill=None,
        choices=choices,
        effects=(one,),
        weights=(100.0,),
    )


def _share(tau2: float, typical: float) -> float:
    return 100.0 if np.isinf(tau2) else 100 * tau2 / (typical + tau2)


def _prediction(found: Fit, choices: Choices) -> Interval:
    reach = quantile((1 + choices.level) / 2, found.df) * float(np.sqrt(found.se[0] ** 2 + found.tau2))
    return Interval(found.estimates[0] - reach, found.estimates[0] + reach)
