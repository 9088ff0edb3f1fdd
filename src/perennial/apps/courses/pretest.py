"""The questions asked before reading: taken or not, never counted, shown again beside the test's result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from perennial.apps.assessments.queries import PRETEST, Attempt, Paper, attempts_of, paper_of
from perennial.apps.assessments.services import Asked, TestRules, start_attempt
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Enrolment
from perennial.core.values import Refusal


@dataclass(frozen=True, slots=True)
class Change:
    """How an objective was answered before reading and in the test: right of asked."""

    objective: str
    before: tuple[int, int]
    after: tuple[int, int]


def pretest_of(enrolment: Enrolment) -> Attempt | None:
    """The person's pretest in this enrolment, begun or handed in; one query."""
    found = attempts_of(enrolment.person, _purpose(enrolment))
    return found[-1] if found else None


def start_pretest(*, enrolment: Enrolment, at: datetime) -> Attempt:
    """The pretest; a new one where none was begun. Refused where the course asks nothing before reading."""
    there = pretest_of(enrolment)
    if there:
        return there
    number = sum(item.pretest for item in content_of(enrolment.course).items)
    if not number:
        raise Refusal("This course asks nothing before reading. Go on to its first part.")
    rules = TestRules(number, 0, asked=Asked.PRETEST)
    return start_attempt(person=enrolment.person, bank=enrolment.course.bank, purpose_key=_purpose(enrolment), rules=rules, at=at)


def changes_of(enrolment: Enrolment, after: Paper) -> Sequence[Change]:
    """The pretest beside a test handed in, by objective; nothing where the course asks nothing before, or it was not handed in."""
    content = content_of(enrolment.course)
    before = pretest_of(enrolment) if content.asks_before else None
    if before is None or before.submitted_at is None:
        return ()
    first, last = _counted(paper_of(before)), _counted(after)
    return [
        Change(objective.text, first.get(objective.id, (0, 0)), last.get(objective.id, (0, 0)))
        for objective in content.objectives
        if objective.id in first
    ]


def _counted(paper: Paper) -> Mapping[str, tuple[int, int]]:
    """Right and asked by objective."""
    found: dict[str, tuple[int, int]] = {}
    for question in paper.questions:
        if question.scored:
            right, asked = found.get(question.objective, (0, 0))
            found[question.objective] = (right + question.right, asked + 1)
    return found


def _purpose(enrolment: Enrolment) -> str:
    return f"{PRETEST}{enrolment.pk}"
