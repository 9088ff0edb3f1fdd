"""Entering an approval, correcting it by a new entry, saying that one was in error; the statement is checked while it is typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.desk.access import administered_by
from perennial.apps.desk.paper_forms import ApprovalForm, CorrectionForm, VoidForm, first_of_approval
from perennial.apps.desk.queries import Provider
from perennial.apps.providers.queries import Approval, approval_of
from perennial.apps.providers.services import correct_approval, enter_approval, void_approval
from perennial.core.approval import Element, HeldApproval, bodies, statement_elements
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class ApprovalPage(Page):
    """The form, with what the statement as typed holds and lacks."""

    template = "desk/pages/approval.html"
    nav = "desk"
    provider: Provider
    approval: Approval | None
    form: ApprovalForm
    void: VoidForm
    elements: Sequence[Element]


@login_required
def enter(request: SignedIn, provider: str) -> HttpResponse:
    """Enter an approval."""
    found = administered_by(request.user, provider)
    form = ApprovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_approval(provider=found, facts=form.facts, person=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The approval of {made.body} is entered.")
            return redirect("desk:approvals", provider)
    return show(request, _page(found, None, form), status=400 if form.errors else 200)


@login_required
def correct(request: SignedIn, provider: str, pk: int) -> HttpResponse:
    """Correct or renew an approval by a new entry."""
    found = administered_by(request.user, provider)
    approval = _entry(found, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=first_of_approval(approval))
    if request.method == "POST" and form.is_valid():
        try:
            correct_approval(
                approval=approval, facts=form.facts, reason=form.cleaned_data["reason"], person=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The correction is entered. What stood before stays on record.")
            return redirect("desk:approvals", provider)
    return show(request, _page(found, approval, form), status=400 if form.errors else 200)


@login_required
@require_POST
def void(request: SignedIn, provider: str, pk: int) -> HttpResponse:
    """Say that an entry was in error."""
    found = administered_by(request.user, provider)
    approval = _entry(found, pk)
    form = VoidForm(request.POST)
    if form.is_valid():
        void_approval(approval=approval, reason=form.cleaned_data["reason"], person=request.user, at=timezone.now())
        messages.success(
            request, f"The entry of {approval.body} counts no more. It stays on record with what you said; enter it anew if it holds."
        )
        return redirect("desk:approvals", provider)
    return show(request, _page(found, approval, CorrectionForm(initial=first_of_approval(approval)), form), status=400)


@login_required
@require_POST
def look(request: SignedIn, provider: str) -> HttpResponse:
    """What a statement that is being typed holds and lacks, as a part of the page for the script."""
    found = administered_by(request.user, provider)
    return show(request, _page(found, None, ApprovalForm(request.POST)), part="elements")


def _entry(provider: Provider, pk: int) -> Approval:
    approval = approval_of(provider, pk)
    if approval is None or not approval.slug:
        raise Http404("no such entry")
    return approval


def _page(provider: Provider, approval: Approval | None, form: ApprovalForm, void: VoidForm | None = None) -> ApprovalPage:
    return ApprovalPage(
        title="Correct an approval" if approval else "Enter an approval",
        provider=provider,
        approval=approval,
        form=form,
        void=void or VoidForm(),
        elements=typed_elements(form, provider),
    )


def typed_elements(form: ApprovalForm, provider: Provider) -> tuple[Element, ...]:
    """The elements of what stands in the form, those that it lacks first; nothing without a body or a statement."""
    said: dict[str, Any] = {name: _said(form, name) for name in ("body", "number", "statement", "starts_on", "last_day")}
    if said["body"] not in bodies() or not str(said["statement"] or "").strip():
        return ()
    first = said["starts_on"] if isinstance(said["starts_on"], date) else date.min
    last = said["last_day"] if isinstance(said["last_day"], date) else None
    held = HeldApproval(said["body"], str(said["number"] or ""), str(said["statement"]), first, last)
    found = statement_elements(held, provider.name, bodies()[said["body"]])
    return tuple(sorted(found, key=lambda each: (not each.lack, each.severity != "block")))


def _said(form: ApprovalForm, name: str) -> Any:
    """What a field holds, read as far as it can be; nothing where it cannot."""
    value = form[name].value()
    try:
        return form.fields[name].to_python(value)
    except ValidationError:
        return None
