"""What happens to tests: a bank is kept, an attempt starts, takes answers, and is handed in."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.drawing import draw
from perennial.apps.assessments.models import Answer, Attempt, Bank, Evaluation, Item
from perennial.apps.assessments.queries import Question, is_over, paper_of, question_of, times_seen
from perennial.core import courses
from perennial.core.values import Refusal


@dataclass(frozen=True, slots=True)
class TestRules:
    """How many questions are asked, the percentage that passes, and the minutes allowed, if limited."""

    __test__ = False  # not a test of ours
    ask: int
    pass_percent: int
    minutes: int | None = None


@transaction.atomic
def keep_bank(*, owner_key: str, version: str, items: Sequence[courses.Item]) -> Bank:
    """Keep the questions of one version; the same version twice is the same bank."""
    bank, made = Bank.objects.get_or_create(owner_key=owner_key, version=version)
    if made:
        Item.objects.bulk_create(Item(bank=bank, item_id=item.id, place=place, data=asdict(item)) for place, item in enumerate(items))
    return bank


def start_attempt(*, person: Person, bank: Bank, purpose_key: str, rules: TestRules, at: datetime) -> Attempt:
    """The person's open attempt; a new one, of questions not seen yet, where there is none. Refused once passed."""
    try:
        with transaction.atomic():
            return _start(person, bank, purpose_key, rules, at)
    except IntegrityError:  # another tab was first
        return Attempt.objects.get(person=person, purpose_key=purpose_key, submitted_at=None)


def _start(person: Person, bank: Bank, purpose_key: str, rules: TestRules, at: datetime) -> Attempt:
    last = Attempt.objects.filter(person=person, purpose_key=purpose_key).last()
    if last and last.submitted_at is None:
        if not is_over(last, at):
            return last
        last = submit_attempt(attempt=last, at=at)
    if last and last.passed:
        raise Refusal("You have passed this test already. Go on to the evaluation.")
    seed = secrets.randbelow(2**31)
    items = [(item.item_id, str(item.data["objective"])) for item in Item.objects.filter(bank=bank)]
    return Attempt.objects.create(
        person=person,
        bank=bank,
        purpose_key=purpose_key,
        number=last.number + 1 if last else 1,
        drawn=list(draw(items, times_seen(person, bank), rules.ask, seed)),
        seed=seed,
        pass_percent=rules.pass_percent,
        started_at=at,
        due_at=at + timedelta(minutes=rules.minutes) if rules.minutes else None,
    )


@transaction.atomic
def save_answer(*, attempt: Attempt, item_id: str, chosen: Sequence[str], at: datetime) -> None:
    """Keep what is chosen for a question, by the letters shown; the last choice holds.

    When this returns outside a transaction, the answer is on the disk. Refused after the end of the attempt.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at:
        raise Refusal("This test is handed in. Its answers stay as they were; look at the result.")
    if is_over(attempt, at):
        raise Refusal("The time for this test is over. What you saved before counts: hand it in to see the result.")
    if item_id not in attempt.drawn:
        raise Refusal("This question is not part of your test. Load the page anew.")
    data = Item.objects.values_list("data", flat=True).get(bank_id=attempt.bank_id, item_id=item_id)
    places = _places(question_of(attempt.seed, 0, item_id, data, None), chosen)
    answer = Answer(attempt=attempt, item_id=item_id, chosen=places, saved_at=at)
    Answer.objects.bulk_create([answer], update_conflicts=True, unique_fields=["attempt", "item_id"], update_fields=["chosen", "saved_at"])


def _places(question: Question, chosen: Sequence[str]) -> list[int]:
    """The places in the bank of the options with these letters."""
    known = {choice.key: choice.place for choice in question.choices}
    if not set(chosen) <= known.keys():
        raise Refusal(f"There is no such option. Choose from {', '.join(known)}.")
    if len(set(chosen)) != 1 and not question.several:
        raise Refusal("Choose one option for this question.")
    return sorted({known[key] for key in chosen})


@transaction.atomic
def submit_attempt(*, attempt: Attempt, at: datetime) -> Attempt:
    """Hand the attempt in and score what was saved; handed in twice, nothing changes."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at:
        return attempt
    paper = paper_of(attempt)
    attempt.submitted_at = at
    attempt.score_percent = 100 * paper.right // paper.asked
    attempt.passed = 100 * paper.right >= attempt.pass_percent * paper.asked
    attempt.save(update_fields=["submitted_at", "score_percent", "passed"])
    return attempt


@transaction.atomic
def submit_evaluation(*, person: Person, purpose_key: str, answers: Mapping[str, Any], at: datetime) -> Evaluation:
    """Keep what the person says of a course; the first word stands, a second changes nothing."""
    evaluation, _ = Evaluation.objects.get_or_create(
        person=person, purpose_key=purpose_key, defaults={"answers": dict(answers), "submitted_at": at}
    )
    return evaluation
