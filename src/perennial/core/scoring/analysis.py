"""Judge questions by how they were answered: difficulty, discrimination, use of each option, and how far the test agrees with itself.

Attempts draw different questions of a bank, so every figure of a question rests on those attempts that asked it, and
"total" is the share of an attempt's questions that were answered rightly. See docs/algorithms/item-analysis.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from statistics import StatisticsError, correlation, fmean

FEWEST = 30  # first attempts below which no question is judged
TAIL = 0.27  # of the attempts, with the highest and with the lowest totals
HARD, EASY = 0.3, 0.95


@dataclass(frozen=True, slots=True)
class Marked:
    """How a question was answered in one attempt: wholly right or not, and the places of the options chosen, for kinds with options."""

    right: bool
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be judged: its id, how many options it has (0 for other kinds), and the places of the right ones."""

    id: str
    options: int = 0
    key: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class OptionUse:
    """An option: the share of attempts that chose it, of those in the upper tail too, and the mean total of who chose it."""

    place: int
    right: bool
    share: float
    share_of_top: float
    mean_total: float | None


@dataclass(frozen=True, slots=True)
class Flag:
    """Why an author should look at a question again; `kind` is negative, unused, preferred, hard or easy."""

    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """What is known of a question.

    `difficulty` is the share answered rightly (p). `discrimination` is the corrected item-total correlation, from -1 to 1,
    and nothing where all answered alike. `index` is the share right in the upper tail less that in the lower. Where
    `enough` is false there are fewer than `FEWEST` attempts, and there are no flags.
    """

    id: str
    attempts: int
    difficulty: float | None
    discrimination: float | None
    index: float | None
    options: tuple[OptionUse, ...]
    flags: tuple[Flag, ...]

    @property
    def enough(self) -> bool:
        """Whether the question may be judged."""
        return self.attempts >= FEWEST


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a test: first attempts, the mean share right, Cronbach's alpha, and each question."""

    attempts: int
    mean: float | None
    alpha: float | None
    items: tuple[ItemAnalysis, ...]


Attempts = Sequence[Mapping[str, Marked]]


def analyse(items: Sequence[Asked], attempts: Attempts) -> Analysis:
    """The analysis of a test. `attempts` are first attempts, each a mapping from question to how it was answered."""
    used = [attempt for attempt in attempts if attempt]
    totals = [fmean(marked.right for marked in attempt.values()) for attempt in used]
    enough = len(used) >= FEWEST
    return Analysis(
        attempts=len(used),
        mean=fmean(totals) if totals else None,
        alpha=cronbach_alpha([{key: float(marked.right) for key, marked in attempt.items()} for attempt in used]) if enough else None,
        items=tuple(_judged(item, used, totals) for item in items),
    )


def _judged(item: Asked, attempts: Attempts, totals: Sequence[float]) -> ItemAnalysis:
    """One question."""
    asked = [(attempt[item.id], attempt, total) for attempt, total in zip(attempts, totals, strict=True) if item.id in attempt]
    if not asked:
        unused = tuple(OptionUse(place, place in item.key, 0.0, 0.0, None) for place in range(item.options))
        return ItemAnalysis(item.id, 0, None, None, None, unused, ())
    right = [float(marked.right) for marked, _, _ in asked]
    upper = tail_weights([total for _, _, total in asked])
    lower = tail_weights([-total for _, _, total in asked])
    found = ItemAnalysis(
        id=item.id,
        attempts=len(asked),
        difficulty=fmean(right),
        discrimination=corrected_correlation(right, [_rest(item.id, attempt) for _, attempt, _ in asked]),
        index=_weighted(right, upper) - _weighted(right, lower),
        options=tuple(_use(item, place, [(marked, total) for marked, _, total in asked], upper) for place in range(item.options)),
        flags=(),
    )
    return ItemAnalysis(item.id, found.attempts, found.difficulty, found.discrimination, found.index, found.options, _flags(found, item))


def _rest(item_id: str, attempt: Mapping[str, Marked]) -> float | None:
    """The share right of an attempt's other questions; nothing where there is no other."""
    others = [marked.right for key, marked in attempt.items() if key != item_id]
    return fmean(others) if others else None


def corrected_correlation(right: Sequence[float], rest: Sequence[float | None]) -> float | None:
    """The point-biserial correlation of a question with the rest of the test, the question itself left out (Henrysson 1963)."""
    pairs = [(one, other) for one, other in zip(right, rest, strict=True) if other is not None]
    try:
        return correlation([one for one, _ in pairs], [other for _, other in pairs])
    except StatisticsError:  # fewer than two, or all alike
        return None


def tail_weights(values: Sequence[float], share: float = TAIL) -> list[float]:
    """How far each value belongs to the highest `share` of them (Kelley 1939); those that tie at the border share its place."""
    room = share * len(values)
    weight: dict[float, float] = {}
    for value in sorted(set(values), reverse=True):
        tied = values.count(value)
        weight[value] = min(1.0, room / tied) if room > 0 else 0.0
        room -= tied * weight[value]
        if room <= 1e-9:
            break
    return [weight.get(value, 0.0) for value in values]


def _weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    return fsum(value * weight for value, weight in zip(values, weights, strict=True)) / fsum(weights)


def _use(item: Asked, place: int, asked: Sequence[tuple[Marked, float]], upper: Sequence[float]) -> OptionUse:
    """How an option was used."""
    chosen = [float(place in marked.chosen) for marked, _ in asked]
    by = [total for marked, total in asked if place in marked.chosen]
    return OptionUse(place, place in item.key, fmean(chosen), _weighted(chosen, upper), fmean(by) if by else None)


def _flags(found: ItemAnalysis, item: Asked) -> tuple[Flag, ...]:
    """Why to look at a question again; nothing below `FEWEST` attempts."""
    if not found.enough or found.difficulty is None:
        return ()
    flags = []
    if found.discrimination is not None and found.discrimination < 0:
        flags.append(Flag("negative", "Those who did well elsewhere did worse here. Look whether the key is right."))
    key = [use.share_of_top for use in found.options if use.right]
    wrong = [use for use in found.options if not use.right]
    if len(key) == 1:
        flags += [
            Flag(
                "preferred", f"The best learners chose option {use.place + 1} more often than the right one. Look whether the key is right."
            )
            for use in wrong
            if use.share_of_top > key[0]
        ]
    flags += [
        Flag("unused", f"Nobody chose option {use.place + 1}. Replace it with a mistake that people make.")
        for use in wrong
        if not use.share
    ]
    if found.difficulty < HARD:
        flags.append(Flag("hard", f"{found.difficulty:.0%} answered rightly. Look whether the text teaches it and the stem is clear."))
    if found.difficulty > EASY:
        flags.append(Flag("easy", f"{found.difficulty:.0%} answered rightly. It tells little about who has learned."))
    return tuple(flags)


def cronbach_alpha(scores: Sequence[Mapping[str, float]]) -> float | None:
    """Cronbach's alpha (1951) of tests as long as these: k c / (v + (k - 1) c).

    `v` is the mean variance of a question, `c` the mean covariance of two, `k` the mean number asked. Where every
    attempt asks the same questions this is alpha as usually written; where they differ, each mean rests on the attempts
    that asked both. Nothing where fewer than two questions were asked together by two people, or all answered alike.
    """
    columns: dict[str, dict[int, float]] = {}
    for number, attempt in enumerate(scores):
        for key, score in attempt.items():
            columns.setdefault(key, {})[number] = score
    variances = [_covariance(column, column) for column in columns.values() if len(column) > 1]
    together = [_covariance(one, other) for one, other in combinations(columns.values(), 2) if len(one.keys() & other.keys()) > 1]
    if not variances or not together:
        return None
    length, variance, covariance = fmean(len(attempt) for attempt in scores), fmean(variances), fmean(together)
    whole = variance + (length - 1) * covariance
    return length * covariance / whole if whole > 1e-12 else None


def _covariance(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """The covariance over those who answered both, by their number."""
    both = one.keys() & other.keys()
    mean_one, mean_other = fmean(one[key] for key in both), fmean(other[key] for key in both)
    return fsum((one[key] - mean_one) * (other[key] - mean_other) for key in both) / len(both)


def kr20(rows: Sequence[Sequence[bool]]) -> float | None:
    """Kuder and Richardson's formula 20 (1937) for a test that asks everyone the same: k / (k - 1) (1 - sum p q / variance of totals).

    Each row is one person's answers, right or not, the variance that of the whole group (divided by n). It equals
    Cronbach's alpha for such data. Nothing where there are fewer than two questions, or all have the same total.
    """
    length = len(rows[0]) if rows else 0
    totals = [sum(row) for row in rows]
    mean = fmean(totals) if totals else 0.0
    variance = fmean((total - mean) ** 2 for total in totals) if totals else 0.0
    if length < 2 or variance == 0:
        return None
    shares = [fmean(row[place] for row in rows) for place in range(length)]
    return length / (length - 1) * (1 - fsum(share * (1 - share) for share in shares) / variance)
