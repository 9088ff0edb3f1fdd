"""How long a course takes by every method side by side, and what each approval body would give for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone

from perennial.apps.desk.access import draft_of
from perennial.apps.desk.application import inputs_in_words
from perennial.apps.desk.queries import Draft, files_of, parts_of
from perennial.apps.desk.reading import look_at_draft
from perennial.core.approval import (
    METHODS,
    Body,
    Computed,
    Finding,
    bodies,
    check_course,
    computed_length,
    credit_in_words,
    granted_credit,
    library,
)
from perennial.core.courses import Course
from perennial.core.values.words import ce_hours
from perennial.ui import Page, SignedIn, show

OF_HOURS = {"credit.hours", "credit.minutes_per_hour", "credit.difficulty", "credit.pilots", "credit.pilot_rationale"}


@dataclass(frozen=True, slots=True)
class MethodRow:
    """A method: what goes in, the minutes it gives, whether the course claims by it."""

    name: str
    inputs: str
    minutes: str
    is_claim: bool


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body: its credit by each method in the order of the table's head, its rounding, and what it finds about the claim."""

    body: Body
    chosen: bool
    credits: Sequence[tuple[str, bool]]
    findings: Sequence[Finding]


class LengthPage(Page):
    """The two tables; no `claim` where the draft cannot be read as a course yet."""

    template = "desk/pages/length.html"
    nav = "desk"
    draft: Draft
    problems: int
    claim: str
    methods: Sequence[MethodRow]
    rows: Sequence[BodyRow]
    rationale: str


@login_required
def length(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show the lengths."""
    found = draft_of(request.user, provider, draft)
    reading = look_at_draft(found, parts_of(found), files_of(found))
    course = reading.course
    page = LengthPage(
        title=f"{found.title}: length and credit",
        draft=found,
        problems=len(reading.problems),
        claim=claim_in_words(course) if course else "",
        methods=methods_of(computed_length(course)) if course else [],
        rows=rows_of(course, found.bodies) if course else [],
        rationale=course.credit.pilot_rationale if course else "",
    )
    return show(request, page)


def claim_in_words(course: Course) -> str:
    """What the course claims."""
    hours = course.credit.hours
    method = METHODS[course.credit.method]
    return f"{ce_hours(hours)} of {course.credit.minutes_per_hour} minutes, by {method}"


def methods_of(length: Computed) -> list[MethodRow]:
    """Each method that says something of the course."""
    return [
        MethodRow(METHODS[method], inputs_in_words(length, method), f"{length.by(method).amount:.1f}", method == length.claimed)
        for method in length.known
    ]


def rows_of(course: Course, chosen: Sequence[str]) -> list[BodyRow]:
    """This library first, then the bodies of the draft, then the others by name."""
    length = computed_length(course)
    ordered = sorted(bodies().values(), key=lambda body: (body.slug not in chosen, body.name))
    return [
        BodyRow(
            body=body,
            chosen=body.slug in chosen,
            credits=[(credit_in_words(granted_credit(length.by(method), body)), method == length.claimed) for method in length.known],
            findings=[
                each
                for each in check_course(course, None if body == library() else body, None, timezone.localdate())
                if each.where in OF_HOURS
            ],
        )
        for body in (library(), *ordered)
    ]
