"""A plan that takes longer: how far the search is, the best so far, and stopping it."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.plans.access import run_of
from perennial.apps.plans.queries import PlanRun, RunState
from perennial.apps.plans.runs import OPEN, look_after, stop_run
from perennial.apps.plans.showing import amount_in_words
from perennial.apps.plans.wishes import wishes_of
from perennial.core.planner.facts import gap_percent
from perennial.ui import Page, SignedIn, show


class RunPage(Page):
    """A search on its way: words for how it stands, and the seconds spent of those it may take."""

    template = "plans/pages/run.html"
    title = "Your plan is being worked out"
    nav = "plan"
    run: PlanRun
    says: str
    best: str
    bound: str
    gap: str
    spent: int
    back: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: SignedIn, pk: int) -> HttpResponseBase:
    """Show how far a search is; one that has ended leads to its plan. A POST looks after it, and tells a script the same as JSON."""
    found = run_of(request.user, pk)
    if request.method == "POST":
        found = look_after(found, at=timezone.now())
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(as_json(page_of(found)))
        return redirect("plans:run", pk)
    page = page_of(found)
    return show(request, page) if found.state in OPEN else redirect(page.back)


@login_required
@require_POST
def stop(request: SignedIn, pk: int) -> HttpResponse:
    """Stop a search; its plan is the best so far."""
    stop_run(run=run_of(request.user, pk), at=timezone.now())
    return redirect("plans:run", pk)


def page_of(found: PlanRun) -> RunPage:
    """How a search stands."""
    wishes = wishes_of(found.wishes)
    best = Decimal(found.best) if found.best else None
    bound = Decimal(found.bound or 0)
    spent = (timezone.now() - found.started_at).total_seconds() if found.started_at and found.state == RunState.WORKING else 0
    return RunPage(
        run=found,
        says=says_of(found),
        best=amount_in_words(best, wishes.minimize) if best is not None else "none yet",
        bound=amount_in_words(bound, wishes.minimize) if bound else "not known yet",
        gap=f"{gap_percent(best, bound).normalize():f} %" if best is not None and bound else "not known yet",
        spent=min(int(spent), found.seconds),
        back=f"{reverse('plans:plan')}{wishes.query}",
    )


def says_of(found: PlanRun) -> str:
    """How it stands, in a sentence."""
    if found.stop_asked_at is not None:
        return "The search is being stopped."
    if found.state == RunState.WAITING:
        return "The search waits for its turn."
    return "The search is running."


def as_json(page: RunPage) -> dict[str, Any]:
    """How a search stands, for the page's script."""
    told = {"says": page.says, "best": page.best, "bound": page.bound, "gap": page.gap, "spent": page.spent}
    return {**told, "ended": page.run.state not in OPEN}
