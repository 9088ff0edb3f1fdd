"""Whether a study applies to the reader's clients: aspect by aspect, in words. Nothing is added up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from perennial.core.values.words import listed


class Compared(StrEnum):
    """What comes of comparing one aspect."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_TOLD = "not_told"

    @property
    def words(self) -> str:
        """For people."""
        return {"same": "Same", "differs": "Differs", "not_told": "Not told"}[self.value]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing to compare: its name, what to look up in the study, and what follows where it differs."""

    id: str
    title: str
    look: str
    differs: str


ASPECTS = (
    Aspect(
        "age",
        "Age",
        "Youngest to oldest, or the mean: 18 to 65.",
        "An effect can change over the span of life; at other ages it is a guess.",
    ),
    Aspect(
        "sex",
        "Sex and gender",
        "Shares of women, men and others.",
        "Where one group was rare in the study, its own result is hardly known.",
    ),
    Aspect(
        "setting",
        "Setting",
        "Clinic, hospital, school, online, research center.",
        "Services differ in whom they reach and in what else they give.",
    ),
    Aspect(
        "diagnosis",
        "Diagnosis",
        "The condition, and by which interview or cut-off.",
        "A result for one condition does not carry to another by itself.",
    ),
    Aspect(
        "severity",
        "Severity",
        "Mean score at the start, duration, earlier treatments.",
        "Milder and more severe trouble often change by different amounts.",
    ),
    Aspect(
        "excluded",
        "Who was kept out",
        "Risk, substance use, other conditions, medication.",
        "If your clients would have been kept out, the study does not speak of them.",
    ),
    Aspect(
        "country",
        "Country and culture",
        "Where, among whom, which year.",
        "What usual care is, and what help means, differ from place to place.",
    ),
    Aspect(
        "language",
        "Language",
        "Language of treatment and of the questionnaires.",
        "Words and measures may not mean the same once translated.",
    ),
    Aspect(
        "treatment",
        "Treatment as delivered",
        "Sessions, length, format, what was allowed beside it.",
        "Fewer sessions or another format is another treatment than the one tested.",
    ),
    Aspect(
        "deliverer",
        "By whom",
        "Training, supervision, whether adherence was checked.",
        "Effects with trained, supervised therapists may not be reached without that.",
    ),
)
AGES = re.compile(r"\s*(\d{1,3})\s*(?:-|\u2013|to)\s*(\d{1,3})\s*(?:years?)?\s*\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the study and what holds for the reader's clients; `found` is the reader's own reading, empty for none."""

    study: str = ""
    mine: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One aspect compared: what came of it, and a sentence."""

    aspect: Aspect
    told: Told
    compared: Compared
    says: str


def compare(told: Mapping[str, Told]) -> list[Line]:
    """Every aspect in its order. What either side does not tell is not told; ages given as from-to are compared by figure."""
    return [_line(aspect, told.get(aspect.id, Told())) for aspect in ASPECTS]


def in_words(lines: Sequence[Line]) -> list[str]:
    """What follows, in sentences."""
    names = {one: [line.aspect.title.lower() for line in lines if line.compared == one] for one in Compared}
    found = []
    if names[Compared.SAME]:
        found.append(f"As in the study: {listed(names[Compared.SAME])}.")
    if names[Compared.DIFFERS]:
        found.append(f"Other than in the study: {listed(names[Compared.DIFFERS])}. Think each through before you rely on the result.")
    if names[Compared.NOT_TOLD]:
        found.append(f"Not told: {listed(names[Compared.NOT_TOLD])}. What is not told is not the same as alike.")
    if not names[Compared.DIFFERS] and not names[Compared.NOT_TOLD]:
        found.append("Nothing that was compared speaks against it. That is no promise for one client.")
    return found


def _line(aspect: Aspect, told: Told) -> Line:
    if not told.study.strip():
        return Line(aspect, told, Compared.NOT_TOLD, "The study does not tell, or you did not write what it tells.")
    if not told.mine.strip():
        return Line(aspect, told, Compared.NOT_TOLD, "You did not write how it is with your clients.")
    if aspect.id == "age" and (ages := _ages(told)):
        return Line(aspect, told, *ages)
    if told.found == Compared.SAME:
        return Line(aspect, told, Compared.SAME, "You read it as the same.")
    if told.found == Compared.DIFFERS:
        return Line(aspect, told, Compared.DIFFERS, aspect.differs)
    return Line(aspect, told, Compared.NOT_TOLD, "You have not said yet whether it is the same.")


def _ages(told: Told) -> tuple[Compared, str] | None:
    study, mine = AGES.fullmatch(told.study), AGES.fullmatch(told.mine)
    if not study or not mine:
        return None
    (low, high), (from_, to) = sorted(map(int, study.groups())), sorted(map(int, mine.groups()))
    if from_ > high or to < low:
        return Compared.DIFFERS, f"Nobody of {from_} to {to} was studied."
    outside = [f"{from_} to {low - 1}"] if from_ < low else []
    outside += [f"{high + 1} to {to}"] if to > high else []
    if outside:
        return Compared.DIFFERS, f"Of the ages of your clients, {listed(outside)} were not studied."
    return Compared.SAME, "All ages of your clients were studied."
