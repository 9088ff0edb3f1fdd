"""What authors see of their course weeks later: commitments kept, and what was still right. Counts of five people at least."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perennial.apps.assessments.queries import RECALL, Attempt, papers_of
from perennial.apps.courses.models import CommitmentReport, Course

FEWEST = 5  # people, below which no figure is shown
ASKED_AFTER = (30, 60)


@dataclass(frozen=True, slots=True)
class Later:
    """How commitments stood so many days after the course; `counts` is none where fewer than five people said."""

    days: int
    people: int
    counts: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Delayed:
    """What is seen weeks later. `recalled`: by question, how many people answered it, and the share of right answers if five did."""

    commitments: Sequence[Later]
    recalled: Mapping[str, tuple[int, float | None]]


def delayed_of(slug: str, provider: str) -> Delayed:
    """What became of this provider's course in all its versions; four queries."""
    said = CommitmentReport.objects.filter(commitment__enrolment__slug=slug, commitment__enrolment__course__provider=provider)
    rows = list(said.values_list("days", "outcome", "commitment__enrolment__person"))
    return Delayed([_later(days, rows) for days in ASKED_AFTER], _recalled(slug, provider))


def _later(days: int, rows: Sequence[tuple[int, str, int]]) -> Later:
    people = {person for its, _, person in rows if its == days}
    counts = Counter(outcome for its, outcome, _ in rows if its == days)
    shown = {word: counts[word] for word in CommitmentReport.Outcome.values} if len(people) >= FEWEST else None
    return Later(days, len(people), shown)


def _recalled(slug: str, provider: str) -> dict[str, tuple[int, float | None]]:
    banks = Course.objects.filter(slug=slug, provider=provider).values("bank")
    again = Attempt.objects.filter(bank__in=banks, purpose_key__startswith=RECALL, submitted_at__isnull=False)
    marks: dict[str, list[bool]] = {}
    people: dict[str, set[int]] = {}
    for paper in papers_of(list(again)):
        for question in paper.questions:
            if question.answered:
                marks.setdefault(question.item_id, []).append(question.right)
                people.setdefault(question.item_id, set()).add(paper.attempt.person_id)
    return {item: (len(people[item]), sum(found) / len(found) if len(people[item]) >= FEWEST else None) for item, found in marks.items()}
