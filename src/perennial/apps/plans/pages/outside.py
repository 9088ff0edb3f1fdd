"""Asks whether a course found elsewhere counts: typed in, or read from pasted text; kept only where its owner says so."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.asking import Asked, asked_of
from perennial.apps.plans.forms import OutsideForm, PasteForm, initial_of_pasted
from perennial.apps.plans.pasting import Pasted, read_pasted
from perennial.apps.plans.queries import courses_count
from perennial.apps.plans.services import keep_course
from perennial.apps.plans.words import approver_names, vocabulary
from perennial.core.values import Refusal
from perennial.core.values.words import listed
from perennial.ui import Page, SignedIn, show


class OutsidePage(Page):
    """The form; `asked` the answer for what it holds, `read` what a pasted text seems to say."""

    template = "plans/pages/outside.html"
    title = "Will it count?"
    nav = "plan"
    form: OutsideForm
    paste: PasteForm
    approvers: Sequence[str]
    kept: int
    asked: Asked | None = None
    read: Pasted | None = None

    @property
    def unread(self) -> str:
        """What the text does not say, as a list."""
        if self.read is None:
            return ""
        lacking = {
            "title": self.read.title,
            "hours": self.read.hours,
            "day": self.read.starts_on or self.read.any_day,
            "format": self.read.format,
            "price": self.read.price is not None,
            "approvals": self.read.approvals,
        }
        return listed([name for name, there in lacking.items() if not there])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: SignedIn) -> HttpResponse:
    """Show the form, read a text into it, answer for what it holds, or keep it."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    page = page_for(request.user)
    if do == "read":
        return _read(request, page)
    return _told(request, page, do) if do else show(request, page)


def page_for(person: Person) -> OutsidePage:
    """The empty page."""
    return OutsidePage(form=OutsideForm(), paste=PasteForm(), approvers=approver_names(), kept=courses_count(person))


def _read(request: SignedIn, page: OutsidePage) -> HttpResponse:
    paste = PasteForm(request.POST)
    if not paste.is_valid():
        return show(request, replace(page, paste=paste), status=400)
    read = read_pasted(paste.cleaned_data["text"], vocabulary())
    form = OutsideForm(initial=initial_of_pasted(read), topics=len(read.topics), approvals=len(read.approvals))
    return show(request, replace(page, form=form, read=read))


def _told(request: SignedIn, page: OutsidePage, do: str) -> HttpResponse:
    form = OutsideForm(request.POST)
    if not form.is_valid():
        return show(request, replace(page, form=form), status=400)
    if do != "keep":
        return show(request, replace(page, form=form, asked=asked_of(request.user, form.facts(), day=timezone.localdate())))
    try:
        course = keep_course(person=request.user, facts=form.facts(), at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show(request, replace(page, form=form), status=400)
    messages.success(request, f"“{course.title}” is one of your candidates.")
    return redirect("plans:candidate", course.pk)
