"""The page of a candidate: what is told of it, and whether it counts."""

from collections.abc import Sequence
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.plans.access import course_of
from perennial.apps.plans.asking import Asked, asked_of
from perennial.apps.plans.facts import CourseFacts, ToldApproval, facts_of
from perennial.apps.plans.queries import OutsideCourse
from perennial.apps.plans.words import days_in_words, name_of, price_in_words
from perennial.core.values.words import ce_hours, day_in_words, plain_hours, time_in_words
from perennial.ui import Page, SignedIn, show


class CandidatePage(Page):
    """A candidate with its answers; `told` are rows of (what, value)."""

    template = "plans/pages/candidate.html"
    nav = "plan"
    course: OutsideCourse
    told: Sequence[tuple[str, str]]
    asked: Asked


@login_required
@require_safe
def candidate(request: SignedIn, pk: int) -> HttpResponse:
    """Show a candidate and judge it for each license as of today."""
    course = course_of(request.user, pk)
    facts = facts_of(course)
    asked = asked_of(request.user, facts, day=timezone.localdate())
    return show(request, CandidatePage(title=course.title, course=course, told=told_of(facts), asked=asked))


def told_of(facts: CourseFacts) -> list[tuple[str, str]]:
    """What is known of a course, in rows."""
    hour = facts.minutes_per_hour
    length = "" if hour == 60 else f" ({plain_hours(Decimal(facts.minutes) / hour)} of {hour} minutes)"
    rows = (
        ("Provider", facts.provider_name),
        ("When", days_in_words(facts.starts_on, facts.ends_on) if facts.starts_on else "any day"),
        ("Worth", ce_hours(Decimal(facts.minutes) / 60) + length),
        ("Takes", time_in_words(facts.takes_minutes) if facts.takes_minutes and facts.takes_minutes != facts.minutes else ""),
        ("Format", name_of(facts.format)),
        ("Topics", ", ".join(f"{name_of(slug)} {plain_hours(Decimal(minutes) / 60)} h" for slug, minutes in facts.topics.items())),
        ("Approved by", "; ".join(approval_in_words(told) for told in facts.approvals) or "nobody named"),
        ("Price", price_in_words(facts.price_cents)),
        ("Course number", facts.course_key),
    )
    return [(what, value) for what, value in rows if value]


def approval_in_words(told: ToldApproval) -> str:
    """An approval with its number and dates."""
    number = f", number {told.number}" if told.number else ""
    starts = f", from {day_in_words(told.starts)}" if told.starts else ""
    until = f", until {day_in_words(told.until)}" if told.until else ""
    return f"{name_of(told.body)}{number}{starts}{until}"
