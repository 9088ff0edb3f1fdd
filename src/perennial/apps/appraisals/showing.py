"""What pages show of an appraisal: its questions with their answers, by domain, in words. There is no total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perennial.apps.appraisals.models import Answer, Appraisal
from perennial.core import appraisal as core

LEAF = {
    core.Answer.YES: "met",
    core.Answer.PARTLY: "part",
    core.Answer.NO: "missing",
    core.Answer.NOT_REPORTED: "",
    core.Answer.NOT_APPLICABLE: "out",
}
OPEN, WEAK, UNSURE, GOOD, NONE = (
    "Not every question here has an answer yet.",
    "There is a weak point here. Ask what it may have done to the result.",
    "Not clearly met everywhere, or not told. What is not told may have been done, or not.",
    "Nothing here speaks against the study.",
    "None of this applies to the study.",
)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the five answers, with what it means for this question."""

    value: str
    words: str
    means: str
    leaf: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what was answered; `toward` says where the finding tends to go, where the answer is not yes."""

    item: core.Item
    place: int
    said: str
    words: str
    leaf: str
    toward: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one domain, with a sentence that sums them up."""

    id: str
    title: str
    says: str
    rows: Sequence[Row]


def groups_of(form: core.Form, answers: Mapping[str, Answer]) -> list[Group]:
    """Every domain in the order of the form."""
    places = {item.id: place for place, item in enumerate(form.items, 1)}
    found = []
    for domain in form.domains:
        rows = [row_of(form, item, places[item.id], answers.get(item.id)) for item in form.of_domain(domain.id)]
        found.append(Group(domain.id, domain.title, sentence_of([row.said for row in rows]), rows))
    return found


def row_of(form: core.Form, item: core.Item, place: int, answer: Answer | None) -> Row:
    """One question as it was answered."""
    if answer is None:
        return Row(item, place, "", "No answer yet", "", "", None)
    said = core.Answer(answer.said)
    bent = said in (core.Answer.NO, core.Answer.PARTLY, core.Answer.NOT_REPORTED)
    return Row(item, place, said, said.words, LEAF[said], form.toward_words(item) if bent else "", answer)


def sentence_of(said: Sequence[str]) -> str:
    """What the answers of one domain come to, in a sentence."""
    if "" in said:
        return OPEN
    if core.Answer.NO in said:
        return WEAK
    if core.Answer.PARTLY in said or core.Answer.NOT_REPORTED in said:
        return UNSURE
    return GOOD if core.Answer.YES in said else NONE


def options_of(item: core.Item, said: str) -> list[Option]:
    """The five answers to a question."""
    return [Option(one.value, one.words, item.means[one.value], LEAF[one], one.value == said) for one in core.Answer]


def named(appraisal: Appraisal) -> str:
    """The title of the work, or its citation where it has none."""
    return appraisal.work.title or appraisal.work.citation
