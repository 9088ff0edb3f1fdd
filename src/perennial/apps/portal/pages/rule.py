"""The page of a rule: every figure with its history and source, what will change, and what is open."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.licenses.queries import CompactView, compacts_for_all, rule_for
from perennial.apps.portal.rulebook import Rulebook, rulebook_of
from perennial.apps.portal.turns import Turn, coming
from perennial.ui import Page, Request, show


class RulePage(Page):
    """A rule, for everyone."""

    template = "portal/pages/rule.html"
    nav = "requirements"
    book: Rulebook
    coming: Sequence[Turn]
    compacts: Sequence[CompactView]
    today: date


@require_safe
def rule(request: Request, jurisdiction: str, profession: str) -> HttpResponse:
    """Show the rule of a profession in a jurisdiction; one address for each."""
    found = rule_for(jurisdiction, profession)
    if found is None:
        raise Http404
    if jurisdiction != jurisdiction.lower():
        return redirect("portal:rule", jurisdiction.lower(), profession, permanent=True)
    book = rulebook_of(found)
    says = f"Continuing education for license renewal: {book.profession} in {book.state}, each figure with its source."
    today = timezone.localdate()
    ahead = coming(found.jurisdiction, profession, today)
    page = RulePage(
        title=f"{book.profession}, {book.state}",
        description=says,
        book=book,
        coming=ahead,
        today=today,
        compacts=compacts_for_all(profession),
    )
    return show(request, page)
