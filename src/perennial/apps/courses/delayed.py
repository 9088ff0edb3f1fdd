"""What authors see of their course weeks later: commitments kept, and what was still right, so that nobody's own answer shows.

A figure is made for each outcome and each time by itself, of people, not of answers. It shows from five people on and is renewed with
every five more; where all or all but one said something, or none or one, it says no more than that. Why: decision 0038.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from perennial.apps.assessments.queries import RECALL, Attempt, papers_of
from perennial.apps.courses.models import CommitmentReport, Course, FollowUp

FEWEST = 5  # people, below which no figure is shown; also by how many more a figure is renewed
ASKED_AFTER: Mapping[str, tuple[int, ...]] = {FollowUp.Kind.COMMITMENTS: (30, 60), FollowUp.Kind.RECALL: (3, 14, 60)}

Saying = tuple[int, bool]  # a person, and whether they said it


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of the people who answered said something; `of` is a multiple of five, 0 where fewer than five answered."""

    of: int
    said: int

    @property
    def words(self) -> str:
        """What may be told of it."""
        if not self.of:
            return "too few"
        if self.said <= 1:
            return f"none or one of {self.of}"
        return f"all or all but one of {self.of}" if self.said >= self.of - 1 else f"{self.said} of {self.of}"


@dataclass(frozen=True, slots=True)
class Later:
    """How commitments stood so many days after the course: for each outcome how many people said it of at least one commitment."""

    days: int
    people: int
    outcomes: Sequence[tuple[str, Figure]]

    @property
    def enough(self) -> bool:
        """Whether any figure may be shown."""
        return self.people >= FEWEST


@dataclass(frozen=True, slots=True)
class Delayed:
    """What is seen weeks later. `recalled`: for each question, for each time at which it was asked again, how many people were right."""

    commitments: Sequence[Later]
    recalled: Mapping[str, Mapping[int, Figure]]


def delayed_of(slug: str, provider: str) -> Delayed:
    """What became of this provider's course in all its versions; four queries."""
    said = CommitmentReport.objects.filter(commitment__enrolment__slug=slug, commitment__enrolment__course__provider=provider)
    rows = list(said.order_by("pk").values_list("days", "outcome", "commitment__enrolment__person"))
    return Delayed([_later(days, rows) for days in ASKED_AFTER[FollowUp.Kind.COMMITMENTS]], _recalled(slug, provider))


def figure_of(sayings: Iterable[Saying]) -> Figure:
    """The figure of what people said, given in the order in which they said it; of somebody who said several things the first counts."""
    first: dict[int, bool] = {}
    for person, said in sayings:
        first.setdefault(person, said)
    of = len(first) // FEWEST * FEWEST
    return Figure(of, sum(list(first.values())[:of]))


def _later(days: int, rows: Sequence[tuple[int, str, int]]) -> Later:
    told: dict[int, set[str]] = {}
    for its, outcome, person in rows:
        if its == days:
            told.setdefault(person, set()).add(outcome)
    outcomes = [
        (words.lower(), figure_of((person, outcome in said) for person, said in told.items()))
        for outcome, words in CommitmentReport.Outcome.choices
    ]
    return Later(days, len(told), outcomes)


def _recalled(slug: str, provider: str) -> dict[str, dict[int, Figure]]:
    banks = Course.objects.filter(slug=slug, provider=provider).values("bank")
    again = Attempt.objects.filter(bank__in=banks, purpose_key__startswith=RECALL, submitted_at__isnull=False)
    sayings: dict[str, dict[int, list[Saying]]] = {}
    for paper in papers_of(list(again.order_by("submitted_at", "pk"))):
        days = int(paper.attempt.purpose_key.rpartition(":")[2])
        for question in paper.questions:
            if question.answered:
                sayings.setdefault(question.item_id, {}).setdefault(days, []).append((paper.attempt.person_id, question.right))
    times = ASKED_AFTER[FollowUp.Kind.RECALL]
    return {item: {days: figure_of(those.get(days, ())) for days in times} for item, those in sayings.items()}
