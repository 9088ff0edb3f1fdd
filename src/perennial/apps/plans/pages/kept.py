"""Plans that were kept: the list, one as it stands today, its calendar file, putting away and bringing back."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.plans.access import plan_of
from perennial.apps.plans.handing_out import handed_out
from perennial.apps.plans.keeping import Kept, kept_today
from perennial.apps.plans.outcome import outcome_of
from perennial.apps.plans.services import bring_plan_back, put_plan_away
from perennial.apps.plans.showing import Row, Total, headline_of, proof_of, rows_of, total_of
from perennial.apps.plans.timeline import Timeline, timeline_of
from perennial.apps.plans.wishes import wishes_of
from perennial.ui import Page, SignedIn, show


class KeptPage(Page):
    """A kept plan as it stands today; `again` is where it is planned anew from the same wishes."""

    template = "plans/pages/kept.html"
    title = "My plan"
    nav = "plan"
    kept: Kept
    headline: str
    proof: str
    rows: Sequence[Row]
    total: Total
    timeline: Timeline | None
    again: str


@login_required
@require_safe
def kept(request: SignedIn, pk: int) -> HttpResponse:
    """Show a kept plan: what is done, what has changed, whether the rest is still enough."""
    day = timezone.localdate()
    found = kept_today(request.user, plan_of(request.user, pk), day=day)
    page = KeptPage(
        kept=found,
        headline=headline_of(found.outcome),
        proof="" if found.outcome.optimal else proof_of(found.outcome),
        rows=rows_of(found.outcome, done=found.done),
        total=total_of(found.outcome),
        timeline=timeline_of(found.outcome, day),
        again=f"{reverse('plans:plan')}{wishes_of(found.plan.wishes).query}",
    )
    return show(request, page)


@login_required
@require_safe
def kept_calendar(request: SignedIn, pk: int) -> HttpResponse:
    """Hand out a kept plan's days as a calendar file."""
    return handed_out(request, outcome_of(plan_of(request.user, pk).result), request.user.pk, timezone.now())


@login_required
@require_POST
def put_away(request: SignedIn, pk: int) -> HttpResponse:
    """Take a plan off the list; the list then offers to undo it."""
    put_plan_away(plan=plan_of(request.user, pk), at=timezone.now())
    return redirect(f"{reverse('plans:kept_plans')}?removed={pk}")


@login_required
@require_POST
def bring_back(request: SignedIn, pk: int) -> HttpResponse:
    """Bring a plan back that was put away."""
    bring_plan_back(plan=plan_of(request.user, pk))
    messages.success(request, "The plan is back.")
    return redirect("plans:kept", pk)
