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
from perennial.apps.plans.making import Case, case_for
from perennial.apps.plans.outcome import Outcome
from perennial.apps.plans.queries import PlanRun, RunState, plans_count
from perennial.apps.plans.runs import Answer, answered, search_longer
from perennial.apps.plans.services import keep_plan
from perennial.apps.plans.showing import (
    Lack,
    Open,
    Row,
    Saved,
    Total,
    Way,
    difference_of,
    headline_of,
    how_of,
    lacks_of,
    lead_of,
    more_of,
    open_of,
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

MOST_BESIDE = 2  # licenses in a table that leaves room for something beside it


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
    open: Open | None
    more: str
    lacks: Sequence[Lack]
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

    @property
    def wide(self) -> bool:
        """Whether the table has so many columns that it wants the whole width."""
        return self.outcome.state == "planned" and len(self.outcome.judged) > MOST_BESIDE


@login_required
@require_safe
def plan(request: SignedIn) -> HttpResponse:
    """Show the plan that the wishes in the address ask for; one that takes long is worked out in the background."""
    now = timezone.now()
    form, case = case_in(request, timezone.localdate(now))
    found = answered(request.user, case, at=now)
    if isinstance(found, PlanRun):
        return redirect("plans:run", found.pk)
    page = page_of(form, case, found, kept=plans_count(request.user))
    return show(request, page, status=400 if form.errors else 200)


def page_of(form: WishesForm, case: Case, found: Answer, *, kept: int) -> PlanPage:
    """The page of a plan."""
    outcome, wishes = found.outcome, case.wishes
    titles = [(key, case.choices[key].facts.title) for key in wishes.without if key in case.choices]
    return PlanPage(
        outcome=outcome,
        wishes=wishes,
        form=form,
        headline=headline_of(outcome),
        lead=lead_of(outcome, wished=bool(wishes.query)),
        how=how_of(outcome),
        open=open_of(outcome, broken=found.run is not None and found.run.state == RunState.FAILED),
        more=more_of(outcome),
        lacks=lacks_of(outcome),
        rows=rows_of(outcome, wishes),
        total=total_of(outcome),
        saved=saved_of(outcome),
        swaps=ways_of(outcome, wishes),
        timeline=timeline_of(outcome, case.today),
        left_out=[LeftOut(title, f"{reverse('plans:plan')}{wishes.again(key).query}") for key, title in titles],
        difference=difference_of(found.before, outcome, [title for _, title in titles]),
        kept=kept,
        query=wishes.query,
        ways_out=ways_out_of(outcome, wishes),
    )


def case_in(request: SignedIn, day: date) -> tuple[WishesForm, Case]:
    """The form as it is to be shown, and what the plan for the wishes in the address depends on."""
    form, wishes = wishes_in(request, day)
    return form, case_for(request.user, wishes, day=day)


def wishes_in(request: SignedIn, day: date) -> tuple[WishesForm, Wishes]:
    """The form as it is to be shown, and the wishes in the address."""
    form = WishesForm(request.GET or None, day=day)
    form.is_valid()
    return form, form.wishes()


@login_required
@require_POST
def keep(request: SignedIn) -> HttpResponse:
    """Keep the plan that the wishes in the address ask for."""
    now = timezone.now()
    _, case = case_in(request, timezone.localdate(now))
    found = answered(request.user, case, at=now)
    if isinstance(found, PlanRun):
        return redirect("plans:run", found.pk)
    row, basis = chosen(found).as_row(), basis_of(case.standings)
    kept = keep_plan(person=request.user, wishes=case.wishes.as_row(), result=row, basis=basis, at=now)
    messages.success(request, "The plan is kept.")
    return redirect("plans:kept", kept.pk)


@login_required
@require_safe
def calendar(request: SignedIn) -> HttpResponse:
    """Hand out the plan's days as a calendar file."""
    now = timezone.now()
    _, case = case_in(request, timezone.localdate(now))
    found = answered(request.user, case, at=now)
    if isinstance(found, PlanRun):
        return redirect("plans:run", found.pk)
    return handed_out(request, chosen(found), request.user.pk, now)


def chosen(found: Answer) -> Outcome:
    """The plan. Raises Refusal where nothing was chosen."""
    if found.outcome.state != "planned":
        raise Refusal("There is no plan to keep: nothing was chosen. Go back and look at what stands in the way.")
    return found.outcome


@login_required
@require_POST
def longer(request: SignedIn) -> HttpResponse:
    """Search longer for a plan that was stopped."""
    now = timezone.now()
    _, case = case_in(request, timezone.localdate(now))
    found = search_longer(person=request.user, case=case, at=now)
    return redirect("plans:run", found.pk) if found else redirect(f"{reverse('plans:plan')}{case.wishes.query}")


@login_required
@require_POST
def enrol(request: SignedIn, slug: str) -> HttpResponse:
    """Begin a course of the library that a plan names, and open its page."""
    course = current_course(slug)
    if course is None:
        raise Http404("no such course")
    enrol_in(person=request.user, course=course, at=timezone.now())
    return redirect("courses:course", slug)
