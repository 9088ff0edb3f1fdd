"""The list of candidates, also of those that were removed; removing and bringing back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page as Part
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.plans.access import course_of, removed_course_of
from perennial.apps.plans.queries import OutsideCourse, courses_of, courses_removed
from perennial.apps.plans.services import remove_course, restore_course
from perennial.apps.plans.words import days_in_words, name_of, price_in_words
from perennial.core.values.words import ce_hours
from perennial.ui import Page, SignedIn, show

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate in words."""

    pk: int
    title: str
    provider: str
    hours: str
    when: str
    format: str
    price: str
    topics: tuple[str, ...]
    unpriced: bool


class CandidatesPage(Page):
    """One's candidates, a page of them at a time."""

    template = "plans/pages/candidates.html"
    title = "My candidates"
    nav = "plan"
    rows: Sequence[Row]
    part: Part[OutsideCourse]
    removed: Sequence[OutsideCourse]
    fresh: OutsideCourse | None


@login_required
@require_safe
def candidates(request: SignedIn) -> HttpResponse:
    """List the candidates and those removed."""
    part = Paginator(courses_of(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    removed = courses_removed(request.user)
    fresh = request.GET.get("removed", "")
    page = CandidatesPage(
        rows=[row_of(course) for course in part.object_list],
        part=part,
        removed=removed,
        fresh=next((course for course in removed if str(course.pk) == fresh), None),
    )
    return show(request, page)


def row_of(course: OutsideCourse) -> Row:
    """A candidate for the list."""
    return Row(
        pk=course.pk,
        title=course.title,
        provider=course.provider_name,
        hours=ce_hours(Decimal(course.minutes) / 60),
        when=days_in_words(course.starts_on, course.ends_on) if course.starts_on else "any day",
        format=name_of(course.format),
        price=price_in_words(course.price_cents),
        topics=tuple(name_of(slug) for slug in course.topics),
        unpriced=course.price_cents is None,
    )


@login_required
@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take a candidate off the list; the list then offers to undo it."""
    remove_course(course=course_of(request.user, pk), at=timezone.now())
    return redirect(f"{reverse('plans:candidates')}?removed={pk}")


@login_required
@require_POST
def restore(request: SignedIn, pk: int) -> HttpResponse:
    """Bring a removed candidate back."""
    course = restore_course(course=removed_course_of(request.user, pk))
    messages.success(request, f"“{course.title}” is back.")
    return redirect("plans:candidates")
