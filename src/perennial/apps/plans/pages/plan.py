"""Plan my renewal: the least that completes every license, why nothing less would, and what else would do as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.courses.queries import current_course
from perennial.apps.courses.services import enrol as enrol_in
from perennial.apps.plans.handing_out import handed_out
from perennial.apps.plans.keeping import basis_of
from perennial.apps.plans.making import Case, case_for, made, made_again
from perennial.apps.plans.outcome import Outcome
from perennial.apps.plans.queries import plans_count
from perennial.apps.plans.services import keep_plan
from perennial.apps.plans.showing import (
    Row,
    Saved,
    Total,
    Way,
    difference_of,
    headline_of,
    how_of,
    lead_of,
    rows_of,
    saved_of,
    total_of,
    ways_of,
    ways_out_of,
)
from perennial.apps.plans.timeline import Timeline, timeline_of
from perennial.apps.plans.wishes import Wishes, WishesForm
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A course that the wishes leave out, and where it is allowed again."""

    title: str
    again: str


class PlanPage(Page):
    """A plan and the wishes that it was made from."""

    template = "plans/pages/plan.html"
    title = "Plan my renewal"
    nav = "plan"
    outcome: Outcome
    wishes: Wishes
    form: WishesForm
    headline: str
    lead: str
    how: str
    rows: Sequence[Row]
    total: Total
    saved: Saved | None
    swaps: Sequence[Way]
    timeline: Timeline | None
    left_out: Sequence[LeftOut]
    difference: str
    kept: int
    query: str
    ways_out: Sequence[tuple[str, str]]


@login_required
@require_safe
def plan(request: SignedIn) -> HttpResponse:
    """Make the plan that the wishes in the address ask for, and show it."""
    day = timezone.localdate()
    form, wishes = wishes_in(request, day)
    case = case_for(request.user, wishes, day=day)
    outcome = made(case)
    titles = [(key, case.choices[key].facts.title) for key in wishes.without if key in case.choices]
    before = made_again(case) if titles else None
    page = PlanPage(
        outcome=outcome,
        wishes=wishes,
        form=form,
        headline=headline_of(outcome),
        lead=lead_of(outcome),
        how=how_of(outcome),
        rows=rows_of(outcome, wishes),
        total=total_of(outcome),
        saved=saved_of(outcome),
        swaps=ways_of(outcome, wishes),
        timeline=timeline_of(outcome, day),
        left_out=[LeftOut(title, f"{reverse('plans:plan')}{wishes.again(key).query}") for key, title in titles],
        difference=difference_of(before, outcome, [title for _, title in titles]),
        kept=plans_count(request.user),
        query=wishes.query,
        ways_out=ways_out_of(outcome, wishes),
    )
    return show(request, page, status=400 if form.errors else 200)


def wishes_in(request: SignedIn, day: date) -> tuple[WishesForm, Wishes]:
    """The form as it is to be shown, and the wishes in the address."""
    form = WishesForm(request.GET or None, day=day)
    form.is_valid()
    return form, form.wishes()


@login_required
@require_POST
def keep(request: SignedIn) -> HttpResponse:
    """Make the plan once more and keep it."""
    now = timezone.now()
    case, outcome = planned(request, timezone.localdate(now))
    basis = basis_of(case.standings)
    kept = keep_plan(person=request.user, wishes=case.wishes.as_row(), result=outcome.as_row(), basis=basis, at=now)
    messages.success(request, "The plan is kept.")
    return redirect("plans:kept", kept.pk)


@login_required
@require_safe
def calendar(request: SignedIn) -> HttpResponse:
    """Hand out the plan's days as a calendar file."""
    now = timezone.now()
    _, outcome = planned(request, timezone.localdate(now), compare=False)
    return handed_out(request, outcome, request.user.pk, now)


def planned(request: SignedIn, day: date, *, compare: bool = True) -> tuple[Case, Outcome]:
    """The plan that the address asks for, and its case. Raises Refusal where there is none."""
    _, wishes = wishes_in(request, day)
    case = case_for(request.user, wishes, day=day)
    outcome = made(case, compare=compare)
    if outcome.state != "planned":
        raise Refusal("There is no plan to keep: nothing was chosen. Go back and look at what stands in the way.")
    return case, outcome


@login_required
@require_POST
def enrol(request: SignedIn, slug: str) -> HttpResponse:
    """Begin a course of the library that a plan names, and open its page."""
    course = current_course(slug)
    if course is None:
        raise Http404("no such course")
    enrol_in(person=request.user, course=course, at=timezone.now())
    return redirect("courses:course", slug)
