"""After a meeting: tell how it was, and have the time counted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.clubs.access import part_in
from perennial.apps.clubs.awarding import Worth, tell_how_it_was, worth_of
from perennial.apps.clubs.forms import EvaluationForm
from perennial.apps.clubs.queries import Guest
from perennial.ui import Page, SignedIn, show


class AfterPage(Page):
    """The evaluation, and what the time comes to."""

    template = "clubs/pages/after.html"
    nav = "evidence"
    guest: Guest
    worth: Worth
    form: EvaluationForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: SignedIn, pk: int) -> HttpResponse:
    """Ask, keep, award."""
    guest = part_in(request.user, pk)
    if guest.evaluated_at or guest.meeting.closed_at is None:
        messages.info(
            request, "You told how it was." if guest.evaluated_at else "The host closes the meeting first. You are told when it is."
        )
        return redirect("clubs:club", pk)
    form = EvaluationForm(guest.meeting, request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = tell_how_it_was(guest=guest, answers=form.cleaned_data, at=timezone.now())
        messages.success(request, "Your certificate is there." if done.certificate_number else "Your time stands in your record.")
        return redirect("clubs:club", pk)
    page = AfterPage(title=f"How it was: {guest.meeting.title}", guest=guest, worth=worth_of(guest), form=form)
    return show(request, page, status=400 if form.is_bound else 200)
