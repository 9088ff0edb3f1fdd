"""A pooled effect as people: how many of 100 would be well with therapy and without, and how many to treat for one more."""

import math
from dataclasses import dataclass

from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.values import Interval, Kind, Pooled
from perennial.core.values.late import late

special = late("scipy.special")

NORMAL_MODEL = (
    "scores of both groups spread like a bell of the same width, and who is well is told by one cut on them "
    "(Furukawa and Leucht 2011, doi:10.1371/journal.pone.0019070)"
)
RISK_MODEL = "the ratio of risks is the same whatever the risk is without therapy"


@dataclass(frozen=True, slots=True)
class Icons:
    """100 people by what becomes of them: with the outcome either way, only with therapy, only without it, with neither."""

    either: int
    only_therapy: int
    only_control: int
    neither: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Shares with the outcome: without therapy (as stated), with it, and the interval of that; people to treat for one outcome more or
    fewer, None where there is no difference; its interval, None where that of the effect includes none; and what this takes for granted."""

    base: float
    therapy: float
    interval: Interval
    nnt: float | None
    nnt_interval: Interval | None
    icons: Icons
    assumed: str


def expected(found: Pooled, kind: Kind, direction: Direction, base: float) -> Expected | None:
    """The pooled effect as people, its sign turned as its direction asks; None where the direction is not known.

    `base` is the share with the outcome without therapy, above 0 and below 1 (ValueError else): who is well for g, who has the event for
    a risk ratio.
    """
    toward = direction.favors if kind == "g" else direction.more_in
    if toward is None:
        return None
    sign = 1 if toward == "therapy" else -1
    low, high = sorted((sign * found.ci.low, sign * found.ci.high))
    return (from_g if kind == "g" else from_log_rr)(sign * found.estimate, Interval(low, high), base)


def from_g(benefit: float, interval: Interval, base: float) -> Expected:
    """From a standardized difference in favor of therapy (turn its sign first where a positive one favors the control), and the share
    that is well without therapy, above 0 and below 1. Raises ValueError for another share."""
    _checked(base)

    def share(value: float) -> float:
        return float(special.ndtr(special.ndtri(base) + value))

    return _expected(base, share(benefit), Interval(share(interval.low), share(interval.high)), NORMAL_MODEL)


def from_log_rr(log_rr: float, interval: Interval, base: float) -> Expected:
    """From a log risk ratio of therapy by control, and the risk without therapy, above 0 and below 1; a share ends at 1."""
    _checked(base)

    def share(value: float) -> float:
        return min(1.0, base * math.exp(min(value, 700.0)))

    return _expected(base, share(log_rr), Interval(share(interval.low), share(interval.high)), RISK_MODEL)


def _checked(base: float) -> None:
    if not 0 < base < 1:
        raise ValueError(f"a share of {base} without therapy is not between 0 and 1")


def _expected(base: float, therapy: float, interval: Interval, assumed: str) -> Expected:
    low, high = interval.low - base, interval.high - base
    bounded = low * high > 0
    return Expected(
        base=base,
        therapy=therapy,
        interval=interval,
        nnt=_to_treat(therapy - base),
        nnt_interval=Interval(min(1 / abs(low), 1 / abs(high)), max(1 / abs(low), 1 / abs(high))) if bounded else None,
        icons=icons(base, therapy),
        assumed=assumed,
    )


def _to_treat(difference: float) -> float | None:
    return 1 / abs(difference) if difference else None


def icons(base: float, therapy: float) -> Icons:
    """100 people for the two shares, each rounded to whole people; the smaller share is taken to be part of the larger."""
    without, treated = round(100 * base), round(100 * therapy)
    both = min(without, treated)
    return Icons(both, treated - both, without - both, 100 - max(without, treated))
