"""Fixed and random effects with or without moderators, as metafor's `rma.uni` computes them.

REML goes by Fisher scoring from Hedges' estimator, with the steps and the stopping rule of metafor 3.8 (Viechtbauer 2010,
10.18637/jss.v036.i03): it stops at steps of 0.00001, so that an exact optimum would differ from it in the sixth decimal.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from perennial.core.synthesis.roots import TOLERANCE, crossing
from perennial.core.synthesis.values import Choices, Fit, Interval, Method, NotConverged, TooFew
from perennial.core.values.late import late

special = late("scipy.special")

Array = NDArray[np.float64]
THRESHOLD, MOST_STEPS, MOST_HALF_STEPS, LARGEST_TAU2 = 1e-5, 100, 1000, 100.0
EPSILON = float(np.finfo(float).eps)
DEPENDENT = 1e-7  # the tolerance of R's lm for columns that say nothing new


def fit(y: Array, v: Array, x: Array, names: Sequence[str], choices: Choices) -> Fit:
    """Fit y = x b + u + e, with u of variance tau2 and e of variances v. Raises TooFew, NotConverged, or ValueError for an x whose columns
    depend on one another."""
    k, p = x.shape
    needed = p if choices.method == "FE" or p == 1 else p + 1
    if k < needed:
        raise TooFew(f"{k} effects are too few for {p} coefficients: at least {needed} are needed")
    if is_dependent(x):
        raise ValueError("the moderators depend on one another, or one is the same throughout: leave one out")
    centered = y - y.mean()
    tau2 = 0.0 if choices.method == "FE" or k == 1 else ESTIMATORS[choices.method](centered, v, x)
    inverse, b = solved(1 / (v + tau2), x, y)
    residual = y - x @ b
    df = k - p if choices.knapp_hartung and choices.method != "FE" and k > p else None
    weighed = float(residual**2 @ (1 / (v + tau2)))
    scale = _scale(weighed, df)
    se = np.sqrt(np.diag(inverse) * scale)
    statistics = np.divide(b, se, out=np.full_like(b, np.nan), where=se > 0)
    critical = quantile((1 + choices.level) / 2, df)
    q, q_p, typical = _spread(centered, v, x)
    return Fit(
        k=k,
        names=tuple(names),
        estimates=tuple(b.tolist()),
        se=tuple(se.tolist()),
        statistics=tuple(statistics.tolist()),
        p=tuple(two_sided(float(one), df) for one in statistics),
        ci=tuple(Interval(float(one - critical * error), float(one + critical * error)) for one, error in zip(b, se, strict=True)),
        tau2=tau2,
        tau2_se=float(np.sqrt(2 / traces(1 / (v + tau2), x)[1])) if choices.method == "REML" and k > p else None,
        i2=_i2(choices.method, tau2, typical, q, k - p),
        h2=(q / (k - p) if choices.method == "FE" else tau2 / typical + 1) if k > p else 1.0,
        q=q,
        q_p=q_p,
        typical=typical,
        df=df,
        method=choices.method,
        omnibus=_omnibus(b, inverse * scale, df) if p > 1 else None,
    )


def ones(y: Array) -> Array:
    """The single column of a model without moderators."""
    return np.ones((len(y), 1))


def intercept_fit(y: Array, v: Array, choices: Choices) -> Fit:
    """The model without moderators."""
    return fit(y, v, ones(y), ("intercept",), choices)


def is_dependent(x: Array) -> bool:
    """Whether a column is, up to 1e-7 of its length, a combination of those before it, as R's lm judges it."""
    r = np.abs(np.diag(np.linalg.qr(x, mode="r")))
    return bool((r < DEPENDENT * np.sqrt((x**2).sum(axis=0))).any() or len(r) < x.shape[1])


def solved(w: Array, x: Array, y: Array) -> tuple[Array, Array]:
    """The inverse of x'Wx, and the weighted least squares coefficients."""
    inverse: Array = np.linalg.inv((x.T * w) @ x).astype(float)
    return inverse, inverse @ ((x.T * w) @ y)


def traces(w: Array, x: Array) -> tuple[float, float]:
    """The traces of P and of PP, where P = W - W x (x'Wx)^-1 x'W."""
    inverse = np.linalg.inv((x.T * w) @ x)
    square, cube = inverse @ ((x.T * w**2) @ x), inverse @ ((x.T * w**3) @ x)
    return float(w.sum() - np.trace(square)), float((w**2).sum() - 2 * np.trace(cube) + np.trace(square @ square))


def generalized_q(tau2: float, y: Array, v: Array, x: Array) -> float:
    """Cochran's Q with weights 1 / (v + tau2); it falls as tau2 grows."""
    if x.shape[1] == 1:
        return mean_and_q(tau2, y, v)[1]
    w = 1 / (v + tau2)
    return float((y - x @ solved(w, x, y)[1]) ** 2 @ w)


def mean_and_q(tau2: float, y: Array, v: Array) -> tuple[float, float, float]:
    """Without moderators: the weighted mean, the generalized Q around it, and the sum of the weights."""
    w = 1 / (v + tau2)
    total = float(w.sum())
    mean = float(w @ y) / total
    away = y - mean
    return mean, float(w @ (away * away)), total


class Mean(NamedTuple):
    """The estimate of a model without moderators, and no more than that takes: for the many fits of a plot."""

    estimate: float
    se: float
    ci: Interval
    tau2: float


def mean_fit(y: Array, v: Array, choices: Choices) -> Mean:
    """What `intercept_fit` has for these, sooner. Raises NotConverged."""
    k = len(y)
    middle = float(y.mean())
    centered = y - middle
    tau2 = 0.0 if choices.method == "FE" or k == 1 else ESTIMATORS[choices.method](centered, v, ones(y))
    mean, weighed, total = mean_and_q(tau2, centered, v)
    df = k - 1 if choices.knapp_hartung and choices.method != "FE" and k > 1 else None
    se = float(np.sqrt(_scale(weighed, df) / total))
    reach = quantile((1 + choices.level) / 2, df) * se
    return Mean(middle + mean, se, Interval(middle + mean - reach, middle + mean + reach), tau2)


def _scale(weighed: float, df: int | None) -> float:
    """What the variance of the estimate is multiplied with (Knapp & Hartung): nothing without degrees of freedom."""
    if df is None:
        return 1.0
    return 0.0 if weighed <= EPSILON else weighed / df


def reml(y: Array, v: Array, x: Array) -> float:
    """Restricted maximum likelihood; 0 where that is likelier than where the steps end. Raises NotConverged where the steps never end."""
    tau2 = reml_of_mean(y, v) if x.shape[1] == 1 else _scored(hedges(y, v, x), lambda tau2: _step(tau2, y, v, x))
    if tau2 > THRESHOLD and restricted(0.0, y, v, x) - restricted(tau2, y, v, x) > TOLERANCE:
        return 0.0
    return tau2


def reml_of_mean(y: Array, v: Array) -> float:
    """The same steps for the model without moderators, in sums alone."""
    k = len(y)
    start = float((y - y.mean()) @ (y - y.mean()) - v.sum() * (k - 1) / k) / (k - 1)

    def step(tau2: float) -> float:
        w = 1 / (v + tau2)
        w2 = w * w
        first, second, third = float(w.sum()), float(w2.sum()), float(w2 @ w)
        away = y - float(w @ y) / first
        share = second / first
        return (float(w2 @ (away * away)) - (first - share)) / (second - 2 * third / first + share * share)

    return _scored(start, step)


def _step(tau2: float, y: Array, v: Array, x: Array) -> float:
    w = 1 / (v + tau2)
    away = w * (y - x @ solved(w, x, y)[1])
    trace, square = traces(w, x)
    return (float(away @ away) - trace) / square


def _scored(start: float, step_at: Callable[[float], float]) -> float:
    """Where the steps end: whole ones as metafor's, and half ones where these jump to and fro, as metafor's help advises."""
    for share, most in ((1.0, MOST_STEPS), (0.5, MOST_HALF_STEPS)):
        tau2 = max(0.0, start)
        for _ in range(most):
            step = share * step_at(tau2)
            while tau2 + step < 0:
                step /= 2
            tau2 += step
            if abs(step) <= THRESHOLD:
                return tau2
    raise NotConverged("REML did not converge; choose Paule-Mandel or DerSimonian-Laird")


def restricted(tau2: float, y: Array, v: Array, x: Array) -> float:
    """The restricted log-likelihood, but for what does not depend on tau2."""
    w = 1 / (v + tau2)
    size = float(np.log(w.sum()) if x.shape[1] == 1 else np.linalg.slogdet((x.T * w) @ x)[1])
    return 0.5 * float(np.log(w).sum() - size) - 0.5 * generalized_q(tau2, y, v, x)


def hedges(y: Array, v: Array, x: Array) -> float:
    """Hedges' estimator, which REML starts from: the unweighted variance of residuals less what sampling adds to it."""
    residual = y - x @ solved(np.ones_like(y), x, y)[1]
    sampling = float(v.sum()) - float(np.trace(np.linalg.inv(x.T @ x) @ ((x.T * v) @ x)))
    return float((residual @ residual - sampling) / (len(y) - x.shape[1]))


def dersimonian_laird(y: Array, v: Array, x: Array) -> float:
    """The moment estimator (DerSimonian & Laird 1986, 10.1016/0197-2456(86)90046-2), not below 0."""
    return float(max(0.0, (generalized_q(0.0, y, v, x) - (len(y) - x.shape[1])) / traces(1 / v, x)[0]))


def paule_mandel(y: Array, v: Array, x: Array) -> float:
    """The variance at which the generalized Q equals its degrees of freedom (Paule & Mandel 1982); 0 where Q is below them at 0."""
    wanted = len(y) - x.shape[1]
    if generalized_q(0.0, y, v, x) < wanted:
        return 0.0
    far = float(np.median(np.abs(y - np.median(y)))) * 1.4826
    found = crossing(lambda tau2: generalized_q(tau2, y, v, x) - wanted, 0.0, max(LARGEST_TAU2, 10 * far**2), most=MOST_STEPS)
    if found is None:
        raise NotConverged("Paule-Mandel found no variance in 100 steps; choose REML or DerSimonian-Laird")
    return found


ESTIMATORS: dict[Method, Callable[[Array, Array, Array], float]] = {"REML": reml, "PM": paule_mandel, "DL": dersimonian_laird}


def tau2_interval(y: Array, v: Array, tau2: float, level: float) -> Interval:
    """The Q-profile interval of tau2 (Viechtbauer 2007, 10.1002/sim.2514); its upper bound is infinite where it lies above 100 and ten
    times tau2, and it is empty, told as 0 to 0, where the effects lie closer together than chance would have them."""
    x, df, far = ones(y), len(y) - 1, max(LARGEST_TAU2, tau2 * 10)
    low, high = (float(special.chdtri(df, share)) for share in ((1 - level) / 2, (1 + level) / 2))
    centered = y - y.mean()

    def bound(wanted: float) -> float:
        if generalized_q(0.0, centered, v, x) < wanted:
            return 0.0
        found = crossing(lambda tau2: generalized_q(tau2, centered, v, x) - wanted, 0.0, far)
        return float("inf") if found is None else found

    return Interval(bound(low), bound(high))


def _spread(y: Array, v: Array, x: Array) -> tuple[float, float, float]:
    k, p = x.shape
    if k <= p:
        return 0.0, 1.0, 0.0
    q = generalized_q(0.0, y, v, x)
    return q, float(special.chdtrc(k - p, q)), (k - p) / traces(1 / v, x)[0]


def _i2(method: Method, tau2: float, typical: float, q: float, df: int) -> float:
    if df <= 0:
        return 0.0
    if method == "FE":
        return max(0.0, 100 * (q - df) / q) if q > 0 else 0.0
    return float(100 * tau2 / (typical + tau2))


def _omnibus(b: Array, covariance: Array, df: int | None) -> tuple[float, float] | None:
    rest, count = b[1:], len(b) - 1
    try:
        value = float(rest @ np.linalg.solve(covariance[1:, 1:], rest))
    except np.linalg.LinAlgError:
        return None
    if df is None:
        return value, float(special.chdtrc(count, value))
    return value / count, float(special.fdtrc(count, df, value / count))


def quantile(share: float, df: int | None) -> float:
    """The quantile of the t distribution, or of the normal one where there are no degrees of freedom."""
    return float(special.ndtri(share)) if df is None else float(special.stdtrit(df, share))


def two_sided(statistic: float, df: int | None) -> float:
    """The two-sided p of a statistic; NaN for NaN."""
    below = -abs(statistic)
    return 2 * float(special.ndtr(below)) if df is None else 2 * float(special.stdtr(df, below))
