"""One proposal of the shoebox: each field beside the text it was read from; enter it, keep it for later, or put it aside."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.credits.access import dropped_file_of, proposal_of
from perennial.apps.credits.forms import FactsForm
from perennial.apps.credits.handout import handed_over
from perennial.apps.credits.models import ProposalState
from perennial.apps.credits.proposals import Basis, ProposalView, Same, next_open, proposal_view, shoebox_of
from perennial.apps.credits.shoebox import enter_proposal, keep_edits, skip_proposal, unskip_proposal
from perennial.apps.credits.words import further_approvers
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show

SHOWN = ("title", "provider_name", "completed_on", "hours", "format")


class ProposalPage(Page):
    """`fields` are the main fields, each with its basis; `number` is its place among the `left` that are to look at."""

    template = "credits/pages/proposal.html"
    nav = "record"
    view: ProposalView
    form: FactsForm
    fields: Sequence[tuple[forms.BoundField, Basis]]
    approvals: Sequence[tuple[str, Basis]]
    topics: Sequence[tuple[str, Basis]]
    same: Same | None
    number: int
    left: int
    before: int | None
    after: int | None
    approvers: Sequence[str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: SignedIn, pk: int) -> HttpResponse:
    """Show a proposal, or enter it or keep it as it was sent."""
    row = proposal_of(request.user, pk)
    if row.state == ProposalState.ENTERED:
        return redirect("credits:entry", row.entry_id)
    now = timezone.now()
    if request.method != "POST":
        return shown(request, row.pk, None)
    form = FactsForm(request.POST, day=timezone.localdate(now))
    if request.POST.get("do") == "keep":
        keep_edits(proposal=row, edited=sent(form))
        messages.success(request, "Kept as you left it. It waits here for you.")
        return onward(request, after=pk)
    if not form.is_valid():
        return shown(request, row.pk, form)
    try:
        entry = enter_proposal(proposal=row, facts=form.facts(), at=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return shown(request, row.pk, form)
    messages.success(request, f"“{entry.title}” is in your record.")
    return onward(request, after=pk)


@login_required
@require_POST
def skip(request: SignedIn, pk: int) -> HttpResponse:
    """Put a proposal aside, and go on to the next."""
    row = proposal_of(request.user, pk)
    skip_proposal(proposal=row)
    messages.success(request, f"“{proposal_view(row).title}” is put aside. You can bring it back below the list.")
    return onward(request, after=pk)


@login_required
@require_POST
def unskip(request: SignedIn, pk: int) -> HttpResponse:
    """Bring a proposal back."""
    unskip_proposal(proposal=proposal_of(request.user, pk))
    return redirect("credits:shoebox")


@login_required
@require_http_methods(["GET", "HEAD"])
def proposal_file(request: SignedIn, pk: int) -> FileResponse:
    """Hand the file out that a proposal was read from."""
    return handed_over(dropped_file_of(request.user, pk))


def onward(request: SignedIn, *, after: int) -> HttpResponse:
    """To the next proposal after this one; to the list where none is left after it."""
    following = next_open(request.user, after=after)
    return redirect("credits:proposal", following) if following is not None else redirect("credits:shoebox")


def sent(form: FactsForm) -> dict[str, Any]:
    """What a form was sent with, by name of field."""
    several = form.fields["approvals"]
    return {
        name: form.data.getlist(name)[:40] if field is several else str(form.data.get(name, ""))[:2000]  # type: ignore[attr-defined]
        for name, field in form.fields.items()
    }


def shown(request: SignedIn, pk: int, form: FactsForm | None) -> HttpResponse:
    """The page of a proposal, with the form as it was sent where it was."""
    box = shoebox_of(request.user)
    view = next((view for view in (*box.open, *box.skipped) if view.id == pk), None)
    if view is None:  # entered meanwhile, in another tab
        return redirect("credits:shoebox")
    order = [one.id for one in box.open]
    at = order.index(pk) if pk in order else 0
    filled = form or FactsForm(initial=dict(view.draft), day=timezone.localdate())
    basis = view.basis()
    page = ProposalPage(
        title=view.title,
        view=view,
        form=filled,
        fields=[(filled[name], basis[name]) for name in SHOWN],
        approvals=view.approvals_read(),
        topics=view.topics_read(),
        same=box.same.get(pk),
        number=at + 1,
        left=len(order),
        before=order[at - 1] if at > 0 else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        approvers=further_approvers(),
    )
    return show(request, page, status=400 if form is not None else 200)
