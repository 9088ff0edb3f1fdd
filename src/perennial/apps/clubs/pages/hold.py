"""The form by which a host holds a meeting, or changes one that has not begun."""

import re
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.appraisals.queries import find_works
from perennial.apps.clubs.access import meeting_of_host
from perennial.apps.clubs.forms import HoldForm, said_of
from perennial.apps.clubs.queries import Meeting
from perennial.apps.clubs.services import change, hold
from perennial.apps.providers.queries import memberships_of
from perennial.apps.works.queries import Work, work_by_id
from perennial.core.literature import plain_doi
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class HoldPage(Page):
    """The form, with the paper once it is known; `asked` is what was typed to find it, `doi` that where it is one."""

    template = "clubs/pages/hold.html"
    title = "Hold a journal club"
    nav = "evidence"
    form: HoldForm
    work: Work | None
    asked: str
    doi: str = ""
    found: Sequence[Work] = ()
    meeting: Meeting | None = None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Ask which paper, then the rest; hold it."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get("paper", "").strip()[:300]
    number = sent.get("work", "")
    work = work_by_id(int(number)) if re.fullmatch(r"[0-9]{1,15}", number) else None
    found = find_works(asked) if asked and work is None else []
    providers = [one.provider for one in memberships_of(request.user)]
    form = HoldForm(request.POST if request.method == "POST" else None, providers=providers)
    if request.method == "POST" and work is not None and form.is_valid():
        try:
            meeting = hold(host=request.user, work=work, facts=form.facts(), provider=form.provider_chosen(), at=timezone.now())
            messages.success(request, "It is set. Send the link to those whom you want there.")
            return redirect("clubs:hosting", meeting.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return show(request, HoldPage(form=form, work=work, asked=asked, doi=plain_doi(asked), found=found), status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change a meeting that has not begun."""
    meeting = meeting_of_host(request.user, pk)
    held = [meeting.provider] if meeting.provider else []
    form = HoldForm(request.POST if request.method == "POST" else None, providers=held, initial=said_of(meeting))
    if request.method == "POST" and form.is_valid():
        try:
            change(meeting=meeting, facts=form.facts(), at=timezone.now())
            messages.success(request, "Changed. Whoever takes part is told of a new time or place.")
            return redirect("clubs:hosting", meeting.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    page = HoldPage(title="Change the journal club", form=form, work=meeting.work, asked="", meeting=meeting)
    return show(request, page, status=400 if form.errors else 200)
