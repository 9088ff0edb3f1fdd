"""What other programs see of the area `assessments`: attempts, their answers, handing in."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema

from perennial.apps.assessments.access import attempt_of
from perennial.apps.assessments.queries import Paper, Question, answers_saved, paper_of
from perennial.apps.assessments.services import save_answer, submit_attempt
from perennial.ui import SignedIn

router = Router()


class OptionOut(Schema):
    """An option by its letter; whether it is right, and why, is told once the test is handed in."""

    key: str
    text: str
    correct: bool | None = None
    rationale: str | None = None


class OfferOut(Schema):
    """What can be given for a row, by its letter or number."""

    key: str
    text: str


class QuestionOut(Schema):
    """A question in the order of this attempt: options to choose, rows to match or order, or a number or words to write."""

    id: str
    number: int
    kind: str
    stem: str
    section: str
    options: list[OptionOut]
    rows: list[str]
    offers: list[OfferOut]
    unit: str
    chosen: list[str] | None
    right: bool | None = None
    rationale: str | None = None


class AttemptOut(Schema):
    """An attempt: its questions, what is saved, and once handed in its result."""

    id: int
    number: int
    started_at: datetime
    due_at: datetime | None
    submitted_at: datetime | None
    pass_percent: int
    score_percent: int | None
    passed: bool | None
    questions: list[QuestionOut]


class ChosenIn(Schema):
    """The letters chosen: one, or for a question of several any number; `seconds_ago`: how long that waited on the device."""

    chosen: list[str]
    seconds_ago: int = Field(default=0, ge=0, le=366 * 24 * 3600)


class SavedOut(Schema):
    """What the page tells: when it was saved, and how many questions have an answer."""

    saved_at: datetime
    answered: int
    asked: int


def attempt_out(paper: Paper) -> dict[str, Any]:
    """An attempt for programs; nothing of what is right before it is handed in, and no questions during a break."""
    attempt = paper.attempt
    shown = ("id", "number", "started_at", "due_at", "submitted_at", "pass_percent", "score_percent", "passed")
    told = attempt.submitted_at is not None
    questions = () if attempt.paused_at else paper.questions
    return {**{name: getattr(attempt, name) for name in shown}, "questions": [_question(entry, told=told) for entry in questions]}


def _question(question: Question, *, told: bool) -> dict[str, Any]:
    options = [
        {
            "key": choice.key,
            "text": choice.text,
            "correct": choice.correct if told else None,
            "rationale": choice.rationale if told else None,
        }
        for choice in question.choices
    ]
    return {
        "id": question.item_id,
        "number": question.number,
        "kind": question.kind,
        "stem": question.stem,
        "section": question.section,
        "options": options,
        "rows": [row.text for row in question.rows],
        "offers": [{"key": key, "text": text} for key, text in question.offers] if question.rows else [],
        "unit": question.unit,
        "chosen": question.chosen_keys if question.given is not None else None,
        "right": question.right if told and question.scored else None,
        "rationale": question.item.rationale if told else None,
    }


@router.get("/attempts/{pk}", response=AttemptOut, summary="One of your attempts")
def attempt(request: SignedIn, pk: int) -> dict[str, Any]:
    """The attempt with its questions and what is saved."""
    return attempt_out(paper_of(attempt_of(request.user, pk)))


@router.put("/attempts/{pk}/answers/{item_id}", response=SavedOut, summary="Save an answer", url_name="save_answer")
def answer(request: SignedIn, pk: int, item_id: str, given: ChosenIn) -> dict[str, Any]:
    """Save what is chosen for a question; the same again changes nothing. Once this answers 200, it is kept, or one given later is."""
    found, at = attempt_of(request.user, pk), timezone.now()
    waited = at - timedelta(seconds=given.seconds_ago) if given.seconds_ago else None
    save_answer(attempt=found, item_id=item_id, chosen=given.chosen, at=at, given_at=waited)
    return {"saved_at": at, "answered": answers_saved(found), "asked": len(found.drawn)}


@router.post("/attempts/{pk}/submission", response=AttemptOut, summary="Hand in")
def hand_in(request: SignedIn, pk: int) -> dict[str, Any]:
    """Hand the attempt in; handed in twice, the first result stands."""
    return attempt_out(paper_of(submit_attempt(attempt=attempt_of(request.user, pk), at=timezone.now())))
