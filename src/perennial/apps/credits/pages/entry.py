"""A credit: what it says, its proof, and how it came to be; withdraw it, bring it back, add a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.credits.access import credit_of
from perennial.apps.credits.forms import ProofForm, as_hours
from perennial.apps.credits.models import Entry, Kind
from perennial.apps.credits.queries import CreditHistory, CreditView
from perennial.apps.credits.services import add_proof, restore_entry, withdraw_entry
from perennial.apps.credits.words import name_of, names_of
from perennial.ui import Page, SignedIn, show

LABELS = {
    "title": "Title",
    "provider_name": "Provider",
    "completed_on": "Completed on",
    "minutes": "CE hours",
    "format": "Format",
    "topics": "Topics",
    "approvals": "Approved by",
    "category": "Category",
    "course_key": "Course number",
    "note": "Note",
}


class ReasonForm(forms.Form):
    """Why a credit is withdrawn."""

    reason = forms.CharField(
        label="Why?",
        max_length=1000,
        help_text="For example: entered twice. Nothing about clients.",
        error_messages={"required": "Say in a few words why the credit should not count."},
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history: what it did, and what it changed as (what, before, after)."""

    entry: Entry
    did: str
    state: str
    changes: tuple[tuple[str, str, str], ...]


class EntryPage(Page):
    """`facts` are (what, value); `steps` the history, oldest first."""

    template = "credits/pages/entry.html"
    nav = "record"
    credit: CreditView
    withdrawn: bool
    final: bool
    facts: Sequence[tuple[str, str]]
    steps: Sequence[Step]
    reason_form: ReasonForm
    proof_form: ProofForm


@login_required
@require_safe
def entry(request: SignedIn, pk: int) -> HttpResponse:
    """Show a credit by any of its entries."""
    return show(request, page_of(credit_of(request.user, pk)))


@login_required
@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take a credit out of the count."""
    history = credit_of(request.user, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, page_of(history, reason_form=form), status=400)
    done = withdraw_entry(entry=history.latest, reason=form.cleaned_data["reason"], at=timezone.now())
    messages.success(request, "The credit is out of the count. You can bring it back at any time.")
    return redirect("credits:entry", done.pk)


@login_required
@require_POST
def restore(request: SignedIn, pk: int) -> HttpResponse:
    """Bring a withdrawn credit back."""
    done = restore_entry(entry=credit_of(request.user, pk).latest, at=timezone.now())
    messages.success(request, "The credit counts again.")
    return redirect("credits:entry", done.pk)


@login_required
@require_POST
def show_proof(request: SignedIn, pk: int) -> HttpResponse:
    """Add a file that shows the credit."""
    history = credit_of(request.user, pk)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["proof_file"] is None:
        form.add_error("proof_file", "Choose the file first.")
    if not form.is_valid():
        return show(request, page_of(history, proof_form=form), status=400)
    proof = add_proof(entry=history.latest, upload=form.cleaned_data["proof_file"], at=timezone.now())
    messages.success(request, f"“{proof.original_name}” is kept with this credit.")
    return redirect("credits:entry", history.latest.pk)


def page_of(history: CreditHistory, reason_form: ReasonForm | None = None, proof_form: ProofForm | None = None) -> EntryPage:
    """The page of a credit, perhaps with a form that needs another look."""
    facts = said(history.latest)
    return EntryPage(
        title=history.current.title,
        credit=history.current,
        withdrawn=history.withdrawn,
        final=history.latest.final,
        facts=[(LABELS[name], value) for name, value in facts.items() if value and name not in ("title", *(["note"] * history.withdrawn))],
        steps=_steps(history),
        reason_form=reason_form or ReasonForm(),
        proof_form=proof_form or ProofForm(),
    )


def said(entry: Entry) -> dict[str, str]:
    """The facts of an entry in words for people."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in LABELS}
    return {
        **values,
        "completed_on": f"{entry.completed_on.day} {entry.completed_on:%B %Y}",
        "minutes": f"{as_hours(entry.minutes)} h ({entry.minutes} minutes)",
        "format": name_of(entry.format),
        "topics": ", ".join(f"{name_of(slug)} {as_hours(minutes)} h" for slug, minutes in entry.topics.items()),
        "approvals": names_of(entry.approvals),
    }


def _steps(history: CreditHistory) -> list[Step]:
    first, *rest = history.entries
    steps = [Step(first, "Awarded with its certificate" if first.certificate_number else "Entered", "met", ())]
    for before, after in pairwise((first, *rest)):
        if after.kind == Kind.WITHDRAWAL:
            steps.append(Step(after, f"Withdrawn: {after.note}", "out", ()))
        elif before.kind == Kind.WITHDRAWAL:
            steps.append(Step(after, "Brought back", "met", ()))
        else:
            steps.append(Step(after, "Corrected", "part", tuple(_changes(before, after))))
    return steps


def _changes(before: Entry, after: Entry) -> list[tuple[str, str, str]]:
    old, new = said(before), said(after)
    return [(LABELS[name], old[name] or "nothing", new[name] or "nothing") for name in LABELS if old[name] != new[name]]
