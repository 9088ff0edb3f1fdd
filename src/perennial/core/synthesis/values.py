"""What goes into a meta-analysis, and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Method = Literal["REML", "PM", "DL", "FE"]
Kind = Literal["g", "log_rr"]
Side = Literal["left", "right"]
METHODS: tuple[Method, ...] = ("REML", "PM", "DL", "FE")
METHOD_NAMES: Mapping[Method, str] = {
    "REML": "random effects, restricted maximum likelihood",
    "PM": "random effects, Paule and Mandel",
    "DL": "random effects, DerSimonian and Laird",
    "FE": "one common effect, inverse variance",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: its study, the effect `y`, its sampling variance `v` (above 0), the year, and what the file tells, by column."""

    study: str
    y: float
    v: float
    year: int | None = None
    told: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


Effects = Sequence[Effect]


@dataclass(frozen=True, slots=True)
class Choices:
    """How effects are pooled.

    `rho` is the correlation of the effects of one study; without it they are taken as independent. `knapp_hartung` takes the t distribution
    and the adjusted standard error (Knapp & Hartung 2003, 10.1002/sim.1482); it is passed over where the method is FE, which has no use for
    it. `level` is the coverage of intervals.
    """

    method: Method = "REML"
    knapp_hartung: bool = True
    rho: float | None = 0.5
    level: float = 0.95


DEFAULT = Choices()


@dataclass(frozen=True, slots=True)
class Interval:
    """A lower and an upper bound; `high` is infinite where the search ends without finding it."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A model of k effects on p columns: coefficients with standard errors, statistics, p values and intervals, one each.

    `tau2` is the variance between studies (`tau2_se` its standard error under REML), `df` the degrees of freedom of the t distribution or
    None where the normal one is used, `q` Cochran's statistic of what is left of heterogeneity on k - p degrees with `q_p`, `i2` in
    percent, `typical` the typical sampling variance that i2 compares tau2 with. `omnibus` is the test of all coefficients but the
    intercept: F (chi-square without Knapp and Hartung) with its p; None without moderators. A statistic is NaN where its standard error
    is 0.
    """

    k: int
    names: tuple[str, ...]
    estimates: tuple[float, ...]
    se: tuple[float, ...]
    statistics: tuple[float, ...]
    p: tuple[float, ...]
    ci: tuple[Interval, ...]
    tau2: float
    tau2_se: float | None
    i2: float
    h2: float
    q: float
    q_p: float
    typical: float
    df: int | None
    method: Method
    omnibus: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Egger:
    """The regression test of a funnel's asymmetry: the statistic of the standard error as moderator, its p, and the estimate that the line
    reaches where the standard error is 0."""

    t: float
    p: float
    limit: float


@dataclass(frozen=True, slots=True)
class Filled:
    """Trim and fill: how many studies were added and on which side, the estimate with them, its interval, and what was added."""

    k0: int
    side: Side
    estimate: float
    ci: Interval
    added: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Pooled:
    """The pooled effect of k studies, and what tells how far to trust it. What does not exist is None.

    With one study `se` and `ci` are its own, and there is no heterogeneity to speak of. `weights` are percent, in the order of `effects`.
    `egger` is the test on the model that was fitted, `egger_classic` the linear regression of 1997.
    """

    k: int
    estimate: float
    se: float
    ci: Interval
    p: float | None
    tau2: float | None
    tau2_ci: Interval | None
    i2: float | None
    i2_ci: Interval | None
    q: float | None
    q_p: float | None
    prediction_interval: Interval | None
    egger: Egger | None
    egger_classic: Egger | None
    trim_fill: Filled | None
    choices: Choices
    effects: tuple[Effect, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a cumulative or a leave-one-out analysis: up to which year or without which study, and the result."""

    name: str
    k: int
    estimate: float
    se: float
    ci: Interval
    tau2: float


@dataclass(frozen=True, slots=True)
class Influence:
    """How much one study moves the result: how far it lies from the others in its own standard errors, Cook's distance, the change of the
    estimate in standard errors, and whether by metafor's rules it should be looked at. None where there is no spread to measure by."""

    study: str
    away: float | None
    cook: float | None
    change: float | None
    marked: bool


@dataclass(frozen=True, slots=True)
class Subgroups:
    """The pooled effect of each level, and the test between them: Q on levels - 1 degrees of freedom and p, None with fewer than two
    levels. `shared` names the studies that have effects at several levels, which the test takes as independent. `failed` says why a level
    could not be pooled."""

    groups: Mapping[str, Pooled]
    q: float | None
    p: float | None
    shared: tuple[str, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThreeLevel:
    """Effects within studies within the field: estimate, interval, and the variances between studies and within them."""

    k: int
    studies: int
    estimate: float
    se: float
    ci: Interval
    between: float
    within: float
    log_likelihood: float


class TooFew(ValueError):
    """There are not enough effects for what was asked; the message says how many are needed."""


class NotConverged(ArithmeticError):
    """The variance between studies could not be found; another method may."""
