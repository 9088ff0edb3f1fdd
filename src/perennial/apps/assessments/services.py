"""What happens to tests: a bank is kept, an attempt starts, takes answers, and is handed in."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.drawing import draw
from perennial.apps.assessments.models import Answer, Attempt, Bank, Evaluation, Item
from perennial.apps.assessments.queries import is_over, paper_of, question_of, times_seen
from perennial.apps.assessments.regrading import Preview, correct_key, preview, regrade
from perennial.apps.assessments.sitting import MOST_BREAKS, Asked, Needs, TestRules, due_at, reflections_of, scored_of
from perennial.core import courses
from perennial.core.values import Refusal
from perennial.tables import Prepared

__all__ = [
    "MOST_BREAKS",
    "Asked",
    "Needs",
    "Preview",
    "TestRules",
    "correct_key",
    "keep_bank",
    "pause_attempt",
    "preview",
    "regrade",
    "resume_attempt",
    "save_answer",
    "start_attempt",
    "submit_attempt",
    "submit_evaluation",
]


_locked = Prepared(lambda pk: Attempt.objects.select_for_update().filter(pk=pk))
_item = Prepared(lambda bank, item: Item.objects.filter(bank_id=bank, item_id=item))


def _held(attempt: Attempt) -> Attempt:
    """The attempt as it is now, which nobody else changes before this transaction ends."""
    found = _locked.first(pk=attempt.pk)
    if found is None:
        raise Attempt.DoesNotExist
    return found


@transaction.atomic
def keep_bank(*, owner_key: str, version: str, items: Sequence[courses.Item]) -> Bank:
    """Keep the questions of one version; the same version twice is the same bank."""
    bank, made = Bank.objects.get_or_create(owner_key=owner_key, version=version)
    if made:
        Item.objects.bulk_create(
            Item(bank=bank, item_id=item.id, place=place, data=_plain(asdict(item))) for place, item in enumerate(items)
        )
    return bank


def _plain(value: Any) -> Any:
    """Decimals as text, so that JSON holds them exactly."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return format(value, "f") if isinstance(value, Decimal) else value


def start_attempt(*, person: Person, bank: Bank, purpose_key: str, rules: TestRules, at: datetime) -> Attempt:
    """The person's open attempt; a new one, of questions not seen yet, where there is none. Refused once passed."""
    try:
        with transaction.atomic():
            last = Attempt.objects.filter(person=person, purpose_key=purpose_key).last()
            number = last.number + 1 if last else 1
            return _going_on(last, at) or _begin(Attempt(person=person, bank=bank, purpose_key=purpose_key, number=number), rules, at)
    except IntegrityError:  # another tab was first
        return Attempt.objects.get(person=person, purpose_key=purpose_key, submitted_at=None)


def _going_on(last: Attempt | None, at: datetime) -> Attempt | None:
    """The last attempt, where it is still open; nothing where a new one is to begin."""
    if last and last.submitted_at is None:
        if not is_over(last, at):
            return last
        last = submit_attempt(attempt=last, at=at)
    if last and last.passed:
        raise Refusal("You have passed this test already. Go on to the evaluation.")
    return None


def _begin(attempt: Attempt, rules: TestRules, at: datetime) -> Attempt:
    """Draw the questions of a new attempt and keep it."""
    items, seen = list(Item.objects.filter(bank=attempt.bank)), times_seen(attempt.person, attempt.bank)
    attempt.seed = secrets.randbelow(2**31)
    drawn = [*draw(scored_of(items, rules.asked), seen, rules.ask, attempt.seed), *reflections_of(items, rules.asked, seen)]
    attempt.drawn = list(rules.exactly) or drawn
    if not attempt.drawn:
        raise Refusal("There are no questions to ask here.")
    attempt.pass_percent, attempt.started_at, attempt.due_at = rules.pass_percent, at, due_at(rules, at)
    attempt.time_asked, attempt.breaks = rules.needs.time, MOST_BREAKS if rules.needs.breaks else 0
    attempt.save()
    return attempt


@transaction.atomic
def save_answer(*, attempt: Attempt, item_id: str, chosen: Sequence[str], at: datetime, given_at: datetime | None = None) -> None:
    """Keep what is chosen for a question, by the letters shown; the last choice holds.

    When this returns outside a transaction, the answer is on the disk. Refused after the end of the attempt, which `at` alone decides:
    when this is called. `given_at` is when the answer was given, where it waited on a device; one given later stays.
    """
    attempt = _held(attempt)
    if attempt.submitted_at:
        raise Refusal("This test is handed in. Its answers stay as they were; look at the result.")
    if is_over(attempt, at):
        raise Refusal("The time for this test is over. What you saved before counts: hand it in to see the result.")
    if attempt.paused_at:
        raise Refusal("You are in a break. End it on the page of the test; then your answers are saved.")
    if item_id not in attempt.drawn:
        raise Refusal("This question is not part of your test. Load the page anew.")
    item = _item.first(bank=attempt.bank_id, item=item_id)
    if item is None:
        raise Item.DoesNotExist
    places = question_of(attempt.seed, 0, item, None).kept(chosen)
    given = min(at, max(given_at or at, attempt.started_at))
    if given_at and Answer.objects.filter(attempt=attempt, item_id=item_id, saved_at__gt=given).exists():
        return
    answer = Answer(attempt=attempt, item_id=item_id, chosen=places, saved_at=given)
    Answer.objects.bulk_create([answer], update_conflicts=True, unique_fields=["attempt", "item_id"], update_fields=["chosen", "saved_at"])


@transaction.atomic
def submit_attempt(*, attempt: Attempt, at: datetime) -> Attempt:
    """Hand the attempt in and score what was saved; handed in twice, nothing changes."""
    attempt = _held(attempt)
    if attempt.submitted_at:
        return attempt
    paper = paper_of(attempt)
    attempt.submitted_at, attempt.paused_at = at, None
    attempt.score_percent, attempt.passed = paper.percent, paper.passes
    attempt.save(update_fields=["submitted_at", "score_percent", "passed", "paused_at"])
    return attempt


@transaction.atomic
def pause_attempt(*, attempt: Attempt, at: datetime) -> Attempt:
    """Begin a break: the clock stands still and the questions are not shown. In a break already, nothing changes."""
    attempt = _held(attempt)
    if attempt.paused_at or attempt.submitted_at:
        return attempt
    if is_over(attempt, at):
        raise Refusal("The time for this test is over. Hand it in to see the result.")
    if not attempt.breaks:
        raise Refusal("There are no breaks left in this attempt. Your answers are saved; you may close the page, and the clock runs on.")
    attempt.breaks, attempt.paused_at = attempt.breaks - 1, at
    attempt.save(update_fields=["breaks", "paused_at"])
    return attempt


@transaction.atomic
def resume_attempt(*, attempt: Attempt, at: datetime) -> Attempt:
    """End the break; the end of the attempt moves by as long as it lasted."""
    attempt = _held(attempt)
    if attempt.paused_at is None:
        return attempt
    if attempt.due_at:
        attempt.due_at += max(at - attempt.paused_at, timedelta(0))
    attempt.paused_at = None
    attempt.save(update_fields=["due_at", "paused_at"])
    return attempt


@transaction.atomic
def submit_evaluation(*, person: Person, purpose_key: str, answers: Mapping[str, Any], at: datetime) -> Evaluation:
    """Keep what the person says of a course; the first word stands, a second changes nothing."""
    evaluation, _ = Evaluation.objects.get_or_create(
        person=person, purpose_key=purpose_key, defaults={"answers": dict(answers), "submitted_at": at}
    )
    return evaluation
