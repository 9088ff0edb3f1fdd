"""How far two raters agree: percent, Cohen's kappa and Gwet's AC1, each with its interval, and what cannot be computed said in words.

Sources. Cohen J (1960), A coefficient of agreement for nominal scales, Educ Psychol Meas 20:37-46; weighted: Cohen J (1968), Psychol Bull
70:213-220; large-sample variance of both: Fleiss JL, Cohen J, Everitt BS (1969), Psychol Bull 72:323-327. Gwet KL (2008), Computing
inter-rater reliability and its variance in the presence of high agreement, Br J Math Stat Psychol 61:29-48. Interval of a share: Wilson
EB (1927), J Am Stat Assoc 22:209-212. How it is read: docs/algorithms/agreement.md.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from perennial.core.appraisal.form import ORDERED, Answer
from perennial.core.appraisal.quantiles import NORMAL, student

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its standard error and 95 % interval; None for what is not defined, and `why` says so in a sentence."""

    value: float | None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures for two raters of one form; `items` were rated, `alike` of them the same."""

    items: int
    alike: int
    percent: Figure
    kappa: Figure
    weighted: Figure
    weighted_items: int
    ac1: Figure
    left_out: Sequence[str]
    one_alone: Sequence[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two raters answered differently."""

    item: str
    first: str
    second: str


SAME = "All raters gave one and the same answer to every question, so that chance alone would agree as well: kappa is not defined."
NONE = "There is no question that all answered."
ONE = "One question is too few."
WHOLE = "They agree on every question; how far off that may be cannot be told from differences that are not there."


def share(part: int, whole: int) -> Figure:
    """The share `part` of `whole` with Wilson's interval (1927)."""
    if not whole:
        return Figure(None, why=NONE)
    p, z2 = part / whole, NORMAL**2
    middle, half = (
        (p + z2 / (2 * whole)) / (1 + z2 / whole),
        NORMAL * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole),
    )
    return Figure(p, math.sqrt(p * (1 - p) / whole), max(0.0, middle - half), min(1.0, middle + half))


def kappa(pairs: Sequence[Pair], categories: Sequence[Hashable], *, linear: bool = False) -> Figure:
    """Cohen's kappa with the variance of Fleiss et al. (1969); `linear` weighs by distance, the categories then in their order."""
    if not pairs:
        return Figure(None, why=NONE)
    q, place = len(categories), {one: at for at, one in enumerate(categories)}
    weight = [[1 - abs(i - j) / (q - 1) if linear else float(i == j) for j in range(q)] for i in range(q)]
    table = [[0.0] * q for _ in range(q)]
    for first, second in pairs:
        table[place[first]][place[second]] += 1 / len(pairs)
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    cells = [(i, j) for i in range(q) for j in range(q)]
    seen = sum(weight[i][j] * table[i][j] for i, j in cells)
    chance = sum(weight[i][j] * rows[i] * columns[j] for i, j in cells)
    if math.isclose(chance, 1.0, abs_tol=1e-12):
        return Figure(None, why=SAME)
    value = (seen - chance) / (1 - chance)
    by_row = [sum(columns[j] * weight[i][j] for j in range(q)) for i in range(q)]
    by_column = [sum(rows[i] * weight[i][j] for i in range(q)) for j in range(q)]
    spread = sum(table[i][j] * (weight[i][j] - (by_row[i] + by_column[j]) * (1 - value)) ** 2 for i, j in cells)
    variance = (spread - (value - chance * (1 - value)) ** 2) / (len(pairs) * (1 - chance) ** 2)
    return with_interval(value, math.sqrt(max(variance, 0.0)), NORMAL, whole=math.isclose(seen, 1.0))


def ac1(pairs: Sequence[Pair], categories: Sequence[Hashable]) -> Figure:
    """Gwet's AC1 for two raters with its variance over items and Student's t (Gwet 2008); defined also where all answers are the same."""
    n, q = len(pairs), len(categories)
    if not n:
        return Figure(None, why=NONE)
    shares = {one: sum((first == one) + (second == one) for first, second in pairs) / (2 * n) for one in categories}
    seen = sum(first == second for first, second in pairs) / n
    chance = sum(p * (1 - p) for p in shares.values()) / (q - 1)
    value = (seen - chance) / (1 - chance)
    if n == 1:
        return Figure(value, why=ONE)
    by_item = []
    for first, second in pairs:
        own = (float(first == second) - chance) / (1 - chance)
        own_chance = ((1 - shares[first]) + (1 - shares[second])) / (2 * (q - 1))
        by_item.append(own - 2 * (1 - value) * (own_chance - chance) / (1 - chance))
    variance = sum((one - value) ** 2 for one in by_item) / (n * (n - 1))
    return with_interval(value, math.sqrt(variance), student(n - 1), whole=seen == 1.0)


def agree(first: Mapping[str, Answer], second: Mapping[str, Answer], items: Sequence[str]) -> Agreement:
    """All figures over the questions of a form that both answered.

    A question that both call not applicable is left out: there was nothing to rate. One that one rater alone calls so is a difference.
    Weighted kappa takes only questions to which both said yes, partly or no, since not reported has no place in that order.
    """
    both = [item for item in items if item in first and item in second]
    left_out = [item for item in both if first[item] == second[item] == Answer.NOT_APPLICABLE]
    rated = [item for item in both if item not in left_out]
    pairs: list[Pair] = [(first[item], second[item]) for item in rated]
    ordered: list[Pair] = [pair for pair in pairs if pair[0] in ORDERED and pair[1] in ORDERED]
    alike = sum(one == other for one, other in pairs)
    return Agreement(
        items=len(rated),
        alike=alike,
        percent=share(alike, len(rated)),
        kappa=kappa(pairs, list(Answer)),
        weighted=kappa(ordered, list(ORDERED), linear=True),
        weighted_items=len(ordered),
        ac1=ac1(pairs, list(Answer)),
        left_out=left_out,
        one_alone=[item for item in rated if Answer.NOT_APPLICABLE in (first[item], second[item])],
    )


def differences(first: Mapping[str, Answer], second: Mapping[str, Answer], items: Sequence[str]) -> list[Difference]:
    """The questions that two raters answered differently, in the order of the form."""
    return [Difference(one, first[one], second[one]) for one in items if one in first and one in second and first[one] != second[one]]


def with_interval(value: float, se: float, quantile: float, *, whole: bool) -> Figure:
    """A figure with its interval, kept within -1 and 1; none where raters agree on the `whole`."""
    if whole:
        return Figure(value, why=WHOLE)
    return Figure(value, se, max(-1.0, value - quantile * se), min(1.0, value + quantile * se))
