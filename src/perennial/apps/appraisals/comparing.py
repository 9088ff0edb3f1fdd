"""What a pair is shown of its agreement: the figures in words, what was left out, and the questions they differ on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perennial.apps.appraisals.models import Answer, Consensus
from perennial.apps.appraisals.pairing import Compared
from perennial.apps.appraisals.showing import LEAF, Group, Option, groups_of, options_of
from perennial.core import appraisal as core
from perennial.core.values.words import listed


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of agreement: its name, value and interval as text, and how it is read."""

    name: str
    value: str
    interval: str
    says: str


@dataclass(frozen=True, slots=True)
class Rated:
    """What one rater said to a question."""

    words: str
    leaf: str
    note: str


@dataclass(frozen=True, slots=True)
class Differing:
    """One question that two raters answered differently, and what they agreed on since."""

    item: core.Item
    place: int
    first: Rated
    second: Rated
    agreed: Consensus | None
    agreed_words: str
    options: Sequence[Option]


def measures_of(found: core.Agreement) -> list[Measure]:
    """The four figures."""
    alike = f"{found.alike} of {found.items} questions answered the same."
    kappa = "How much more than chance, if each kept to their own habit of answering. 0 is chance, 1 is always."
    weighted = (
        f"As kappa, but yes and no are farther apart than yes and partly. From the {found.weighted_items} questions with such answers."
    )
    ac1 = "Also corrected for chance, and steadier where nearly all answers are alike."
    return [
        _measure("Answered the same", found.percent, alike, percent=True),
        _measure("Cohen\u2019s kappa", found.kappa, kappa),
        _measure("Cohen\u2019s kappa, weighted", found.weighted, weighted),
        _measure("Gwet\u2019s AC1", found.ac1, ac1),
    ]


def group_measures_of(found: core.GroupAgreement) -> list[Measure]:
    """The four figures of several raters."""
    alike = f"{found.alike} of {found.items} questions were answered the same by {'both' if found.raters == 2 else f'all {found.raters}'}."
    left = f" Left out: {len(found.left_out)} that all called not applicable." if found.left_out else ""
    pairs = "Of all pairs of people, over all questions, the share that gave the same answer."
    kappa = "How much more than chance, if all answered out of one common habit. 0 is chance, 1 is always."
    ac1 = "Also corrected for chance, and steadier where nearly all answers are alike."
    return [
        _measure("All alike", found.all_alike, alike + left, percent=True),
        _measure("Pairs alike", found.pairs, pairs, percent=True),
        _measure("Fleiss\u2019 kappa", found.kappa, kappa),
        _measure("Gwet\u2019s AC1", found.ac1, ac1),
    ]


def notes_of(found: core.Agreement, form: core.Form) -> list[str]:
    """What to know of the figures."""
    places = {item.id: str(place) for place, item in enumerate(form.items, 1)}
    said = ["With so few questions the intervals are wide: read them, not the single figure. No label such as good or fair is put on it."]
    if found.left_out:
        said.append(f"Left out, since both called it not applicable: question {listed(places[one] for one in found.left_out)}.")
    if found.one_alone:
        said.append(
            f"Counted as a difference, since one alone called it not applicable: question {listed(places[one] for one in found.one_alone)}."
        )
    return said


def differing_of(both: Compared, form: core.Form, agreed: Mapping[str, Consensus]) -> list[Differing]:
    """The questions they answered differently, in the order of the form."""
    places = {item.id: place for place, item in enumerate(form.items, 1)}
    found = []
    for one in both.differences:
        item, kept = form.item(one.item), agreed.get(one.item)
        if item is not None:
            words = core.Answer(kept.said).words if kept else ""
            first, second = (_rated(said, notes.get(one.item, "")) for said, notes in zip((one.first, one.second), both.notes, strict=True))
            found.append(Differing(item, places[item.id], first, second, kept, words, options_of(item, kept.said if kept else "")))
    return found


def joint_of(both: Compared, form: core.Form, agreed: Mapping[str, Consensus]) -> list[Group]:
    """What the two say together: what they answered alike, and what they agreed on; empty until every difference is agreed on."""
    if any(one.item not in agreed for one in both.differences):
        return []
    said = {item: Answer(item=item, said=answer) for item, answer in both.rows[0].items()}
    said |= {one.item: Answer(item=one.item, said=agreed[one.item].said, note=agreed[one.item].reason) for one in both.differences}
    return groups_of(form, said)


def _rated(said: str, note: str) -> Rated:
    answer = core.Answer(said)
    return Rated(answer.words, LEAF[answer], note)


def _measure(name: str, figure: core.Figure, says: str, *, percent: bool = False) -> Measure:
    if figure.value is None:
        return Measure(name, "Not defined", "", figure.why)
    shown = _share if percent else _plain
    interval = f"{shown(figure.low)} to {shown(figure.high)}" if figure.low is not None and figure.high is not None else ""
    return Measure(name, shown(figure.value), interval, f"{says} {figure.why}".strip())


def _share(value: float) -> str:
    return f"{value:.0%}".replace("%", "\u00a0%")


def _plain(value: float) -> str:
    return f"{value:.2f}".replace("-", "\u2212")
