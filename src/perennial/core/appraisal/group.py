"""How far several raters agree: questions all answered alike, agreement of a pair drawn at random, Fleiss' kappa and Gwet's AC1.

Sources. Fleiss JL (1971), Measuring nominal scale agreement among many raters, Psychol Bull 76:378-382; Gwet KL (2008), Computing
inter-rater reliability and its variance in the presence of high agreement, Br J Math Stat Psychol 61:29-48, whose variance over questions,
linear in what each question adds, serves both (for kappa as in Gwet KL (2014), Handbook of Inter-Rater Reliability, 4th edition).
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perennial.core.appraisal.agreement import NONE, ONE, SAME, Figure, share, with_interval
from perennial.core.appraisal.form import Answer
from perennial.core.appraisal.quantiles import student


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """All figures for `raters` people who rated `items` questions, `alike` of which all of them answered the same."""

    raters: int
    items: int
    alike: int
    all_alike: Figure
    pairs: Figure
    kappa: Figure
    ac1: Figure
    left_out: Sequence[str]


def agree_all(ratings: Sequence[Mapping[str, Answer]], items: Sequence[str]) -> GroupAgreement:
    """All figures over the questions that everybody answered.

    A question that all call not applicable is left out, as with two raters. `pairs` is the share of pairs of raters that agree, over all
    questions. Raises ValueError for fewer than two raters.
    """
    if len(ratings) < 2:
        raise ValueError("agreement needs two raters or more")
    counted = {item: Counter(one[item] for one in ratings) for item in items if all(item in one for one in ratings)}
    left_out = [item for item, found in counted.items() if set(found) == {Answer.NOT_APPLICABLE}]
    rated = [found for item, found in counted.items() if item not in left_out]
    alike = sum(len(found) == 1 for found in rated)
    chance_kappa, chance_ac1 = _chances(rated, len(ratings))
    seen = [_pairs_alike(found, len(ratings)) for found in rated]
    return GroupAgreement(
        raters=len(ratings),
        items=len(rated),
        alike=alike,
        all_alike=share(alike, len(rated)),
        pairs=Figure(math.fsum(seen) / len(seen)) if seen else Figure(None, why=NONE),
        kappa=_corrected(seen, chance_kappa),
        ac1=_corrected(seen, chance_ac1),
        left_out=left_out,
    )


def _pairs_alike(found: Counter[Answer], raters: int) -> float:
    """The share of pairs of raters that gave one answer to a question."""
    return sum(many * (many - 1) for many in found.values()) / (raters * (raters - 1))


def _chances(rated: Sequence[Counter[Answer]], raters: int) -> tuple[list[float], list[float]]:
    """What each question adds to agreement by chance, for kappa and for AC1; their means are the chances themselves."""
    if not rated:
        return [], []
    shares = {one: sum(found[one] for found in rated) / (len(rated) * raters) for one in Answer}
    kappa = [sum(found[one] / raters * shares[one] for one in Answer) for found in rated]
    ac1 = [sum(found[one] / raters * (1 - shares[one]) for one in Answer) / (len(Answer) - 1) for found in rated]
    return kappa, ac1


def _corrected(seen: Sequence[float], by_item: Sequence[float]) -> Figure:
    """Agreement corrected for chance, with its interval over questions."""
    n = len(seen)
    if not n:
        return Figure(None, why=NONE)
    mean, chance = math.fsum(seen) / n, math.fsum(by_item) / n
    if math.isclose(chance, 1.0, abs_tol=1e-12):
        return Figure(None, why=SAME)
    value = (mean - chance) / (1 - chance)
    if n == 1:
        return Figure(value, why=ONE)
    adds = [((one - chance) - 2 * (1 - value) * (own - chance)) / (1 - chance) for one, own in zip(seen, by_item, strict=True)]
    variance = sum((one - value) ** 2 for one in adds) / (n * (n - 1))
    return with_interval(value, math.sqrt(variance), student(n - 1), whole=math.isclose(mean, 1.0))
