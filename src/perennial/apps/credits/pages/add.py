"""Adds hours earned elsewhere, with the file that shows them."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.forms import CreditForm
from perennial.apps.credits.queries import Entry
from perennial.apps.credits.services import enter_credit
from perennial.apps.credits.words import further_approvers
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class AddPage(Page):
    """The form."""

    template = "credits/pages/add.html"
    title = "Add a credit"
    nav = "record"
    form: CreditForm
    approvers: list[str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Show the form, or enter the credit and its file in one go."""
    now = timezone.now()
    form = CreditForm(request.POST or None, request.FILES or None, day=timezone.localdate(now))
    entry = entered(request.user, form, now) if form.is_valid() else None
    if entry is not None:
        messages.success(request, f"“{entry.title}” is in your record.")
        return redirect("credits:entry", entry.pk)
    return show(request, AddPage(form=form, approvers=further_approvers()), status=400 if form.errors else 200)


def entered(person: Person, form: CreditForm, at: datetime) -> Entry | None:
    """The credit that the form holds; None, with the reason in the form, where it is refused: what was typed stays there."""
    data = form.cleaned_data
    try:
        return enter_credit(person=person, at=at, key=data["key"], proof_file=data["proof_file"], **form.facts())
    except Refusal as refusal:
        form.ask_again(str(refusal))
        return None
