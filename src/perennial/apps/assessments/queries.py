"""Reads attempts, the papers they ask, and evaluations. Other areas take `Attempt` and `Bank` from here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.analysing import PRETEST, RECALL, BankAnalysis, Correction, analysis_of, corrections_of
from perennial.apps.assessments.models import Answer, Attempt, Bank, Evaluation, Item, KeyCorrection, Regrade
from perennial.apps.assessments.models import Item as QuestionInBank
from perennial.apps.assessments.paper import Choice, Paper, Question, Row
from perennial.apps.assessments.papers import paper_of, papers_of, question_of
from perennial.tables import Prepared

EVALUATIONS_AT_ONCE = 1000

__all__ = [
    "PRETEST",
    "RECALL",
    "Attempt",
    "Bank",
    "BankAnalysis",
    "Choice",
    "Correction",
    "Evaluation",
    "KeyCorrection",
    "Paper",
    "Question",
    "QuestionInBank",
    "Regrade",
    "Row",
    "analysis_of",
    "answers_saved",
    "attempt_of_purpose",
    "attempts_of",
    "attempts_under",
    "corrections_of",
    "evaluation_of",
    "evaluations_of",
    "export_of",
    "is_over",
    "open_attempt",
    "paper_of",
    "papers_of",
    "question_of",
    "regrades_of",
    "times_seen",
]


_attempts = Prepared(lambda person, purpose: Attempt.objects.filter(person_id=person, purpose_key=purpose))
_numbered = Prepared(lambda person, purpose, number: Attempt.objects.filter(person_id=person, purpose_key=purpose, number=number))
_answers = Prepared(
    lambda attempt: Answer.objects.filter(attempt_id=attempt).order_by().values("attempt_id").annotate(n=Count("pk")).values("n")
)
_evaluation = Prepared(lambda person, purpose: Evaluation.objects.filter(person_id=person, purpose_key=purpose))


def attempts_of(person: Person, purpose_key: str) -> list[Attempt]:
    """All attempts of a person for one purpose, the first first."""
    return _attempts.all(person=person.pk, purpose=purpose_key)


def answers_saved(attempt: Attempt) -> int:
    """How many questions of an attempt have an answer; one query."""
    return _answers.number(attempt=attempt.pk)


def attempts_under(purposes: Iterable[str]) -> list[Attempt]:
    """All attempts under these purposes that were handed in, in the order in which they were; one query for each thousand."""
    keys, found = list(purposes), list[Attempt]()
    for start in range(0, len(keys), EVALUATIONS_AT_ONCE):
        some = Attempt.objects.filter(purpose_key__in=keys[start : start + EVALUATIONS_AT_ONCE], submitted_at__isnull=False)
        found.extend(some)
    return sorted(found, key=lambda one: (one.submitted_at, one.pk))


def open_attempt(person: Person, purpose_key: str) -> Attempt | None:
    """The attempt that is not handed in yet."""
    return Attempt.objects.filter(person=person, purpose_key=purpose_key, submitted_at=None).first()


def attempt_of_purpose(person: Person, purpose_key: str, number: int) -> Attempt | None:
    """The attempt of this number, if the person has it."""
    return _numbered.first(person=person.pk, purpose=purpose_key, number=number)


def regrades_of(attempt: Attempt) -> list[Regrade]:
    """How corrections of keys changed the attempt's score or passing, the first first; one query."""
    found = Regrade.objects.filter(attempt=attempt).select_related("correction")
    return [one for one in found if one.passed_after != one.passed_before or one.percent_by_key > one.percent_before]


def times_seen(person: Person, bank: Bank) -> Counter[str]:
    """How often each question of the bank was asked of this person, for whatever purpose."""
    return Counter(
        item_id for drawn in Attempt.objects.filter(person=person, bank=bank).values_list("drawn", flat=True) for item_id in drawn
    )


def is_over(attempt: Attempt, at: datetime) -> bool:
    """Whether the attempt's time has run out; in a break the clock stands still."""
    return attempt.due_at is not None and (attempt.paused_at or at) >= attempt.due_at


def evaluation_of(person: Person, purpose_key: str) -> Evaluation | None:
    """What the person said, if anything yet."""
    return _evaluation.first(person=person.pk, purpose=purpose_key)


def evaluations_of(purposes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What was said under each of these purposes, by purpose; one query for each thousand."""
    keys, found = list(purposes), dict[str, dict[str, Any]]()
    for start in range(0, len(keys), EVALUATIONS_AT_ONCE):
        some = Evaluation.objects.filter(purpose_key__in=keys[start : start + EVALUATIONS_AT_ONCE])
        found.update(some.values_list("purpose_key", "answers"))
    return found


def export_of(person: Person) -> dict[str, Any]:
    """A person's attempts with the answers given, and evaluations, as plain values; at most six queries."""
    attempts = list(Attempt.objects.filter(person=person).order_by("pk").prefetch_related("answers", "regrades__correction"))
    items = Item.objects.filter(bank__in={attempt.bank_id for attempt in attempts}).values_list("bank_id", "item_id", "data__stem")
    stems = {(bank, item_id): stem for bank, item_id, stem in items}
    return {
        "attempts": [_exported(attempt, stems) for attempt in attempts],
        "evaluations": [
            {"purpose": row.purpose_key, "answers": row.answers, "submitted_at": row.submitted_at.isoformat()}
            for row in Evaluation.objects.filter(person=person).order_by("pk")
        ],
    }


def _exported(attempt: Attempt, stems: Mapping[tuple[int, str], str]) -> dict[str, Any]:
    return {
        "purpose": attempt.purpose_key,
        "number": attempt.number,
        "started_at": attempt.started_at.isoformat(),
        "due_at": attempt.due_at.isoformat() if attempt.due_at else None,
        "submitted_at": attempt.submitted_at.isoformat() if attempt.submitted_at else None,
        "pass_percent": attempt.pass_percent,
        "score_percent": attempt.score_percent,
        "passed": attempt.passed,
        "time_asked": attempt.time_asked,
        "drawn": attempt.drawn,
        "scored_again": [
            {
                "reason": one.correction.reason,
                "percent_before": one.percent_before,
                "passed_before": one.passed_before,
                "at": one.at.isoformat(),
            }
            for one in attempt.regrades.all()
        ],
        "answers": [
            {
                "question": answer.item_id,
                "stem": stems.get((attempt.bank_id, answer.item_id), ""),
                "chosen": answer.chosen,
                "saved_at": answer.saved_at.isoformat(),
            }
            for answer in attempt.answers.all()
        ],
    }
