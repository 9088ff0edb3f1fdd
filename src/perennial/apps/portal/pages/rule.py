"""The page of a rule: every figure with its history and source, and what is open."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from perennial.apps.licenses.queries import rule_for
from perennial.apps.portal.rulebook import Rulebook, rulebook_of
from perennial.ui import Page, Request, show


class RulePage(Page):
    """A rule, for everyone."""

    template = "portal/pages/rule.html"
    nav = "requirements"
    book: Rulebook


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
    return show(request, RulePage(title=f"{book.profession}, {book.state}", description=says, book=book))
