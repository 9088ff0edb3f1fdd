"""Scores attempts again after a key of a course's question was corrected, and tells whoever passes by it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from perennial.apps.assessments.queries import Attempt, KeyCorrection
from perennial.apps.assessments.services import regrade
from perennial.apps.courses.models import Enrolment
from perennial.apps.notices.services import notify


def score_again(*, correction: int, clock: Callable[[], datetime]) -> None:
    """Score again every attempt that the correction is about, some at a time; safe to repeat."""
    entry = KeyCorrection.objects.select_related("item").get(pk=correction)
    last: int | None = 0
    while last is not None:
        with transaction.atomic():
            last, passing = regrade(correction=entry, after=last, at=clock())
            for attempt in passing:
                _tell(attempt, entry)


def _tell(attempt: Attempt, correction: KeyCorrection) -> None:
    """Tell a learner that a test is passed after all; the course can be completed now."""
    kind, _, number = attempt.purpose_key.partition(":")
    enrolment = Enrolment.objects.select_related("course").filter(pk=number).first() if kind == "enrolment" else None
    if enrolment is None or enrolment.completed_at:
        return
    notify(
        person=attempt.person,
        kind="regrade",
        title=f"You have passed the test: {enrolment.course.title}",
        text=f"A question was corrected and your attempt scored again: {attempt.score_percent} in 100. The evaluation comes next.",
        link=reverse("courses:results", args=[enrolment.slug, attempt.number]),
        key=f"regrade:{correction.pk}:{attempt.pk}",
    )
