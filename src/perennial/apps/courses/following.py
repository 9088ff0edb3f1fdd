"""What comes after a course: commitments and how they went, and questions asked again after some days."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from perennial.apps.assessments.queries import RECALL, Attempt, Paper, attempts_of, attempts_under, papers_of
from perennial.apps.assessments.services import TestRules, start_attempt, submit_attempt
from perennial.apps.courses.content import content_of
from perennial.apps.courses.delayed import ASKED_AFTER
from perennial.apps.courses.models import Commitment, CommitmentReport, Enrolment, FollowUp
from perennial.apps.courses.queries import purpose_of
from perennial.core.values import Refusal

MOST_COMMITMENTS = 3
LONGEST_COMMITMENT = 300
DAYS = ASKED_AFTER
ASK_AGAIN = 5  # questions in each round


def follow_ups_of(enrolment: Enrolment, kind: str) -> list[FollowUp]:
    """When this is asked, the first first; empty where it never was to be."""
    return list(FollowUp.objects.filter(enrolment=enrolment, kind=kind))


def open_of(rows: Iterable[FollowUp], at: datetime) -> FollowUp | None:
    """What can be answered now: the latest that is due and not ended."""
    day = timezone.localdate(at)
    return next((row for row in reversed(list(rows)) if row.due_on <= day and row.ended_at is None), None)


def commitments_of(enrolment: Enrolment) -> list[Commitment]:
    """The commitments with what was said of them; two queries."""
    return list(Commitment.objects.filter(enrolment=enrolment).prefetch_related("reports"))


@transaction.atomic
def commit(*, enrolment: Enrolment, texts: Sequence[str], at: datetime) -> None:
    """Keep up to three commitments in the order given, and ask about them after 30 and 60 days; without any, ask nothing.

    They can be changed until the first word on how one went.
    """
    if enrolment.completed_at is None:
        raise Refusal("Complete the course first; then write down what you will do with it.")
    words = [text for text in (" ".join(text.replace("\x00", "").split()) for text in texts) if text]
    if len(words) > MOST_COMMITMENTS or any(len(text) > LONGEST_COMMITMENT for text in words):
        raise Refusal(f"Write up to {MOST_COMMITMENTS} commitments of at most {LONGEST_COMMITMENT} characters each.")
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if CommitmentReport.objects.filter(commitment__enrolment=enrolment).exists():
        raise Refusal("You have said already how these went, so they stay as they are.")
    Commitment.objects.filter(enrolment=enrolment).delete()
    Commitment.objects.bulk_create(
        Commitment(enrolment=enrolment, number=number, text=text, made_at=at) for number, text in enumerate(words, 1)
    )
    if words:
        schedule(enrolment=enrolment, kind=FollowUp.Kind.COMMITMENTS, at=at)
    else:
        FollowUp.objects.filter(enrolment=enrolment, kind=FollowUp.Kind.COMMITMENTS).delete()


@transaction.atomic
def schedule(*, enrolment: Enrolment, kind: str, at: datetime) -> None:
    """Ask this after the days set for it, counted from the day of completion, from today where that is over; what was stopped goes on."""
    if enrolment.completed_at is None:
        raise Refusal("Complete the course first; then you can be asked again.")
    today = timezone.localdate(at)
    first = timezone.localdate(enrolment.completed_at)
    start = first if today <= first + timedelta(days=DAYS[kind][0]) else today
    FollowUp.objects.bulk_create(
        [FollowUp(enrolment=enrolment, kind=kind, days=days, due_on=start + timedelta(days=days)) for days in DAYS[kind]],
        ignore_conflicts=True,
    )
    FollowUp.objects.filter(enrolment=enrolment, kind=kind, told_at=None, due_on__gte=today).update(ended_at=None)


@transaction.atomic
def stop(*, enrolment: Enrolment, kind: str, at: datetime) -> None:
    """Ask this no more; what was answered stays."""
    FollowUp.objects.filter(enrolment=enrolment, kind=kind, ended_at=None).update(ended_at=at)


@transaction.atomic
def skip(*, follow_up: FollowUp, at: datetime) -> None:
    """Leave this one time unanswered, and what was due before it; the next still comes."""
    rows = FollowUp.objects.filter(enrolment_id=follow_up.enrolment_id, kind=follow_up.kind, days__lte=follow_up.days)
    rows.filter(ended_at=None).update(ended_at=at)


@transaction.atomic
def say_how_it_went(*, follow_up: FollowUp, number: int, outcome: str, at: datetime) -> None:
    """Keep how a commitment went; the last word holds. Once all have one, this time is over."""
    if outcome not in CommitmentReport.Outcome.values:
        raise Refusal("Choose kept, partly or not kept.")
    found = list(Commitment.objects.select_for_update().filter(enrolment_id=follow_up.enrolment_id))
    commitment = next((one for one in found if one.number == number), None)
    if commitment is None:
        raise Refusal("There is no such commitment. Load the page anew.")
    CommitmentReport.objects.update_or_create(commitment=commitment, days=follow_up.days, defaults={"outcome": outcome, "said_at": at})
    if CommitmentReport.objects.filter(commitment__in=found, days=follow_up.days).count() == len(found):
        skip(follow_up=follow_up, at=at)


@transaction.atomic
def ask_again(*, follow_up: FollowUp, at: datetime) -> Attempt:
    """The questions of a round, begun or new: those answered wrongly last come first, then those asked least often. Never counted."""
    enrolment = follow_up.enrolment
    there = attempts_of(enrolment.person, _purpose(follow_up))
    if there:
        return there[-1]
    rules = TestRules(ASK_AGAIN, 0, exactly=questions_for(enrolment))
    return start_attempt(person=enrolment.person, bank=enrolment.course.bank, purpose_key=_purpose(follow_up), rules=rules, at=at)


def questions_for(enrolment: Enrolment) -> tuple[str, ...]:
    """Which questions are asked next, by id: wrong in the last answer, then never asked or least often; each group in the bank's order."""
    papers = papers_of(_attempts(enrolment))
    last = {question.item_id: question for paper in papers for question in paper.questions}
    asked = Counter(question.item_id for paper in papers for question in paper.questions)
    items = [item for item in content_of(enrolment.course).items if not item.pretest and item.kind != "reflection"]
    items.sort(key=lambda item: (last[item.id].right if item.id in last else True, asked[item.id]))
    return tuple(item.id for item in items[:ASK_AGAIN])


@transaction.atomic
def finish_round(*, follow_up: FollowUp, attempt: Attempt, at: datetime) -> None:
    """Hand the round in; it is over, as are those that were due before it."""
    submit_attempt(attempt=attempt, at=at)
    skip(follow_up=follow_up, at=at)


def papers_again(rows: Iterable[FollowUp]) -> list[tuple[FollowUp, Paper]]:
    """The rounds handed in, each with its paper, the first first; three queries."""
    by_purpose = {_purpose(row): row for row in rows}
    papers = papers_of(attempts_under(by_purpose)) if by_purpose else []
    return [(by_purpose[paper.attempt.purpose_key], paper) for paper in papers]


def _attempts(enrolment: Enrolment) -> list[Attempt]:
    again = (f"{RECALL}{enrolment.pk}:{days}" for days in DAYS[FollowUp.Kind.RECALL])
    return attempts_under([purpose_of(enrolment), *again])


def _purpose(follow_up: FollowUp) -> str:
    return f"{RECALL}{follow_up.enrolment_id}:{follow_up.days}"
