"""Reads attempts, the papers they ask, and evaluations. Other areas take `Attempt` and `Bank` from here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.drawing import key_of, order_of_options
from perennial.apps.assessments.models import Answer, Attempt, Bank, Evaluation, Item

__all__ = [
    "Attempt",
    "Bank",
    "Choice",
    "Evaluation",
    "Paper",
    "Question",
    "attempt_of_purpose",
    "attempts_of",
    "evaluation_of",
    "export_of",
    "is_over",
    "open_attempt",
    "paper_of",
    "times_seen",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as this attempt shows it; `place` is where it stands in the bank."""

    key: str
    place: int
    text: str
    correct: bool
    rationale: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question as this attempt asks it, with what was chosen so far."""

    number: int
    item_id: str
    kind: str
    stem: str
    objective: str
    section: str
    choices: tuple[Choice, ...]
    answered: bool

    @property
    def right(self) -> bool:
        """Whether exactly the right options are chosen."""
        return all(choice.chosen == choice.correct for choice in self.choices)

    @property
    def several(self) -> bool:
        """Whether more than one option may be chosen."""
        return self.kind == "multiple"

    @property
    def chosen_keys(self) -> list[str]:
        """The letters of what is chosen."""
        return [choice.key for choice in self.choices if choice.chosen]


@dataclass(frozen=True, slots=True)
class Paper:
    """An attempt with its questions in order."""

    attempt: Attempt
    questions: tuple[Question, ...]

    @property
    def asked(self) -> int:
        """How many questions there are."""
        return len(self.questions)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(question.answered for question in self.questions)

    @property
    def right(self) -> int:
        """How many are answered rightly."""
        return sum(question.right for question in self.questions)

    @property
    def saved(self) -> Mapping[str, list[str]]:
        """The letters chosen, by question, for those answered."""
        return {question.item_id: question.chosen_keys for question in self.questions if question.answered}


def paper_of(attempt: Attempt) -> Paper:
    """The attempt's questions, its options in its own order, and the answers so far; two queries."""
    items = {item.item_id: item.data for item in Item.objects.filter(bank_id=attempt.bank_id, item_id__in=attempt.drawn)}
    answers = dict(Answer.objects.filter(attempt=attempt).values_list("item_id", "chosen"))
    return Paper(
        attempt,
        tuple(
            question_of(attempt.seed, number, item_id, items[item_id], answers.get(item_id))
            for number, item_id in enumerate(attempt.drawn, 1)
        ),
    )


def question_of(seed: int, number: int, item_id: str, data: Mapping[str, Any], chosen: list[int] | None) -> Question:
    """One question of the bank as an attempt with this seed shows it."""
    order = order_of_options(seed, item_id, data["kind"], len(data["options"]))
    choices = tuple(
        Choice(
            key=key_of(shown),
            place=place,
            text=data["options"][place]["text"],
            correct=data["options"][place]["correct"],
            rationale=data["options"][place]["rationale"],
            chosen=place in (chosen or ()),
        )
        for shown, place in enumerate(order)
    )
    return Question(number, item_id, data["kind"], data["stem"], data["objective"], data["section"], choices, chosen is not None)


def attempts_of(person: Person, purpose_key: str) -> list[Attempt]:
    """All attempts of a person for one purpose, the first first."""
    return list(Attempt.objects.filter(person=person, purpose_key=purpose_key))


def open_attempt(person: Person, purpose_key: str) -> Attempt | None:
    """The attempt that is not handed in yet."""
    return Attempt.objects.filter(person=person, purpose_key=purpose_key, submitted_at=None).first()


def attempt_of_purpose(person: Person, purpose_key: str, number: int) -> Attempt | None:
    """The attempt of this number, if the person has it."""
    return Attempt.objects.filter(person=person, purpose_key=purpose_key, number=number).first()


def times_seen(person: Person, bank: Bank) -> Counter[str]:
    """How often each question of the bank was asked of this person, for whatever purpose."""
    return Counter(
        item_id for drawn in Attempt.objects.filter(person=person, bank=bank).values_list("drawn", flat=True) for item_id in drawn
    )


def is_over(attempt: Attempt, at: datetime) -> bool:
    """Whether the attempt's time has run out."""
    return attempt.due_at is not None and at >= attempt.due_at


def evaluation_of(person: Person, purpose_key: str) -> Evaluation | None:
    """What the person said, if anything yet."""
    return Evaluation.objects.filter(person=person, purpose_key=purpose_key).first()


def export_of(person: Person) -> dict[str, Any]:
    """A person's attempts with the answers given, and evaluations, as plain values; four queries."""
    attempts = list(Attempt.objects.filter(person=person).order_by("pk").prefetch_related("answers"))
    stems = dict(Item.objects.filter(bank__in={attempt.bank_id for attempt in attempts}).values_list("item_id", "data__stem"))
    return {
        "attempts": [_exported(attempt, stems) for attempt in attempts],
        "evaluations": [
            {"purpose": row.purpose_key, "answers": row.answers, "submitted_at": row.submitted_at.isoformat()}
            for row in Evaluation.objects.filter(person=person).order_by("pk")
        ],
    }


def _exported(attempt: Attempt, stems: Mapping[str, str]) -> dict[str, Any]:
    return {
        "purpose": attempt.purpose_key,
        "number": attempt.number,
        "started_at": attempt.started_at.isoformat(),
        "due_at": attempt.due_at.isoformat() if attempt.due_at else None,
        "submitted_at": attempt.submitted_at.isoformat() if attempt.submitted_at else None,
        "pass_percent": attempt.pass_percent,
        "score_percent": attempt.score_percent,
        "passed": attempt.passed,
        "drawn": attempt.drawn,
        "answers": [
            {
                "question": answer.item_id,
                "stem": stems.get(answer.item_id, ""),
                "chosen": answer.chosen,
                "saved_at": answer.saved_at.isoformat(),
            }
            for answer in attempt.answers.all()
        ],
    }
