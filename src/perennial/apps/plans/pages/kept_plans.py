"""The list of kept plans, also of those put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.plans.outcome import outcome_of
from perennial.apps.plans.queries import KeptPlan, plans_kept, plans_put_away
from perennial.apps.plans.showing import headline_of, total_of
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A kept plan in words."""

    pk: int
    made_at: datetime
    headline: str
    courses: str
    sums: str


class KeptPlansPage(Page):
    """One's kept plans; `fresh` is the number of the one just put away."""

    template = "plans/pages/kept_plans.html"
    title = "My plans"
    nav = "plan"
    rows: Sequence[KeptRow]
    away: Sequence[KeptRow]
    fresh: int | None


@login_required
@require_safe
def kept_plans(request: SignedIn) -> HttpResponse:
    """List the plans kept and those put away."""
    away = plans_put_away(request.user)
    asked = request.GET.get("removed", "")
    page = KeptPlansPage(
        rows=[row_of(plan) for plan in plans_kept(request.user)],
        away=[row_of(plan) for plan in away],
        fresh=next((plan.pk for plan in away if str(plan.pk) == asked), None),
    )
    return show(request, page)


def row_of(plan: KeptPlan) -> KeptRow:
    """A kept plan for the list."""
    outcome = outcome_of(plan.result)
    total, count = total_of(outcome), len(outcome.items)
    courses = f"{count} course{'' if count == 1 else 's'}"
    return KeptRow(plan.pk, plan.made_at, headline_of(outcome), courses, f"{total.hours} CE hours, {total.price}")
