"""Small-study effects: Egger's regression, and trim and fill, as metafor computes them on a fitted model."""

from dataclasses import replace

import numpy as np

from perennial.core.synthesis.models import Array, fit, is_dependent, mean_fit, two_sided
from perennial.core.synthesis.values import Choices, Effect, Effects, Egger, Filled, Fit, NotConverged, Side, TooFew

MOST_ROUNDS = 100
FEWEST = 3


def arrays(effects: Effects) -> tuple[Array, Array]:
    """The effects and their variances."""
    return np.array([one.y for one in effects], float), np.array([one.v for one in effects], float)


def egger(y: Array, v: Array, choices: Choices) -> Egger | None:
    """The standard error as moderator of the model (Sterne & Egger 2005), as metafor's `regtest(fit)`.

    None under three effects (two of FE), where all standard errors are equal, where all effects are, or where REML finds no variance.
    """
    found = _on_errors(y, v, choices)
    if found is None or not np.isfinite(found.statistics[1]):
        return None
    return Egger(found.statistics[1], found.p[1], found.estimates[0])


def egger_classic(y: Array, v: Array) -> Egger | None:
    """The regression weighted by 1 / v with a variance of its own (Egger 1997, 10.1136/bmj.315.7109.629): `regtest(fit, model="lm")`."""
    x = _with_errors(v)
    if len(y) < FEWEST or is_dependent(x):
        return None
    inverse = np.linalg.inv((x.T / v) @ x)
    b = inverse @ ((x.T / v) @ y)
    se = float(np.sqrt(((y - x @ b) ** 2 @ (1 / v)) / (len(y) - 2) * inverse[1, 1]))
    if not se > 0:
        return None
    return Egger(float(b[1]) / se, two_sided(float(b[1]) / se, len(y) - 2), float(b[0]))


def trim_fill(effects: Effects, whole: Fit, choices: Choices) -> Filled | None:
    """Trim and fill with the estimator L0 (Duval & Tweedie 2000, 10.1111/j.0006-341X.2000.00455.x), as metafor's `trimfill(fit)`.

    `whole` is the fit without additions, which stands where nothing is added; with additions the interval is the normal one, as metafor's.
    None where the side cannot be told, since all standard errors are equal, or under three effects (two of FE), or where the rounds never
    settle or REML finds no variance.
    """
    y, v = arrays(effects)
    plain = replace(choices, knapp_hartung=False)
    tilt = _on_errors(y, v, plain)
    if tilt is None:
        return None
    side: Side = "right" if tilt.estimates[1] < 0 else "left"
    try:
        return _filled(y, v, side, whole, plain)
    except NotConverged:
        return None


def _filled(y: Array, v: Array, side: Side, whole: Fit, choices: Choices) -> Filled:
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    k0, middle = _trimmed((sign * y)[order], v[order], choices)
    if not k0:
        return Filled(0, side, whole.estimates[0], whole.ci[0], ())
    places = order[len(y) - k0 :]
    mirrored = 2 * sign * middle - y[places]
    added = tuple(
        Effect(f"Filled {count}", float(one), float(v[at])) for count, (one, at) in enumerate(zip(mirrored, places, strict=True), 1)
    )
    filled = mean_fit(np.concatenate([y, mirrored]), np.concatenate([v, v[places]]), choices)
    return Filled(k0, side, filled.estimate, filled.ci, added)


def _trimmed(y: Array, v: Array, choices: Choices) -> tuple[int, float]:
    k, k0, before, middle = len(y), 0, -1, 0.0
    for _ in range(MOST_ROUNDS):
        if k0 == before:
            return k0, middle
        if k0 >= k:
            break
        before = k0
        middle = mean_fit(y[: k - k0], v[: k - k0], choices).estimate
        centered = y - middle
        ranks = np.empty(k)
        ranks[np.argsort(np.abs(centered), kind="stable")] = np.arange(1, k + 1)
        signed = float(ranks[centered > 0].sum())
        k0 = max(0, round((4 * signed - k * (k + 1)) / (2 * k - 1)))
    raise NotConverged("trim and fill did not settle")


def _with_errors(v: Array) -> Array:
    return np.column_stack([np.ones_like(v), np.sqrt(v)])


def _on_errors(y: Array, v: Array, choices: Choices) -> Fit | None:
    try:
        return fit(y, v, _with_errors(v), ("limit", "se"), choices)
    except (NotConverged, TooFew, ValueError):
        return None
