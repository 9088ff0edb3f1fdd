"""Effect sizes out of what trials report, as metafor's `escalc` computes them."""

import math
from typing import NamedTuple

MOST_PEOPLE = 1e10  # in an arm: beyond all people there are, the small-sample factor is lost in rounding


class Size(NamedTuple):
    """An effect and its sampling variance."""

    y: float
    v: float


def hedges_g(first: tuple[float, float, float], second: tuple[float, float, float]) -> Size | None:
    """The standardized difference of means, arm 1 less arm 2, of (mean, standard deviation, number) each: `escalc(measure="SMD")`.

    The small-sample factor is the exact one (Hedges 1981, 10.3102/10769986006002107). None where an arm has fewer than two people or
    more than live, or there is no spread.
    """
    (m1, sd1, n1), (m2, sd2, n2) = first, second
    if min(n1, n2) < 2 or max(n1, n2) > MOST_PEOPLE or min(sd1, sd2) < 0 or max(sd1, sd2) <= 0:
        return None
    df = n1 + n2 - 2
    factor = math.exp(math.lgamma(df / 2) - 0.5 * math.log(df / 2) - math.lgamma((df - 1) / 2)) if df > 1 else math.nan
    g = factor * (m1 - m2) / math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / df)
    return Size(g, 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2)))


def log_risk_ratio(first: tuple[float, float], second: tuple[float, float]) -> Size | None:
    """The logarithm of the risk in arm 1 by that in arm 2, of (events, people) each: `escalc(measure="RR")`.

    Half a person is added to all four cells where one of them is empty. None where the counts are impossible, or the variance is 0.
    """
    (events1, n1), (events2, n2) = first, second
    if min(n1, n2) <= 0 or min(events1, events2) < 0 or events1 > n1 or events2 > n2:
        return None
    if 0 in (events1, events2, n1 - events1, n2 - events2):
        events1, events2, n1, n2 = events1 + 0.5, events2 + 0.5, n1 + 1, n2 + 1
    variance = 1 / events1 - 1 / n1 + 1 / events2 - 1 / n2
    return Size(math.log((events1 / n1) / (events2 / n2)), variance) if variance > 0 else None
