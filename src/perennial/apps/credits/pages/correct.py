"""Corrects a credit earned elsewhere; what it said before stays in its history."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.credits.access import credit_of
from perennial.apps.credits.forms import TOPIC_LINES, FactsForm, initial_of
from perennial.apps.credits.queries import CreditView
from perennial.apps.credits.services import correct_entry
from perennial.apps.credits.words import further_approvers
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class CorrectPage(Page):
    """The form, filled with what the credit says now."""

    template = "credits/pages/correct.html"
    title = "Correct a credit"
    nav = "record"
    credit: CreditView
    form: FactsForm
    approvers: list[str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Show the form, or add the correction."""
    history, now = credit_of(request.user, pk), timezone.now()
    if history.current.is_ours:
        raise Refusal("The facts of a Perennial certificate are fixed. Withdraw the credit if it should not count.")
    if history.withdrawn:
        raise Refusal("This credit was withdrawn. Bring it back first, then correct it.")
    if request.method != "POST" and pk != history.latest.pk:
        return redirect("credits:correct", history.latest.pk)
    lines = max(TOPIC_LINES, len(history.current.topics) + 1)
    form = FactsForm(request.POST or None, day=timezone.localdate(now), lines=lines, initial=initial_of(history.current))
    if form.is_valid():
        basis = next(entry for entry in history.entries if entry.pk == pk)
        entry = correct_entry(entry=basis, at=now, **form.facts())
        messages.success(request, "Nothing changed." if entry == basis else "The correction is in your record.")
        return redirect("credits:entry", entry.pk)
    page = CorrectPage(credit=history.current, form=form, approvers=further_approvers())
    return show(request, page, status=400 if form.errors else 200)
