"""One appraisal: its summary by domain, what the person takes from it, and what can be done with it."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.appraisals.access import appraisal_of
from perennial.apps.appraisals.pairing import start_pairing
from perennial.apps.appraisals.queries import Appraisal, answers_of, form_in, newest_of, standing_of, told_in
from perennial.apps.appraisals.services import correct_appraisal, finish_appraisal, finished_minutes, save_said
from perennial.apps.appraisals.showing import Group, groups_of, named
from perennial.apps.works.queries import Marked
from perennial.core import appraisal as core
from perennial.core.values.words import time_in_words
from perennial.ui import Page, SignedIn, show


class AppraisalPage(Page):
    """What the page of an appraisal shows; `time` is empty while it is open."""

    template = "appraisals/pages/appraisal.html"
    nav = "evidence"
    appraisal: Appraisal
    work_title: str
    form: core.Form
    marked: Marked | None
    groups: Sequence[Group]
    answered: int
    clients: Sequence[str]
    time: str
    newer: Appraisal | None


@login_required
@require_safe
def appraisal(request: SignedIn, pk: int) -> HttpResponse:
    """Show the summary."""
    found = appraisal_of(request.user, pk)
    form, answers, told = form_in(found.form), answers_of(found), told_in(found)
    minutes = finished_minutes(found)
    page = AppraisalPage(
        title=f"Appraisal: {named(found)}",
        appraisal=found,
        work_title=named(found),
        form=form,
        marked=standing_of(found.work),
        groups=groups_of(form, answers),
        answered=len(answers),
        clients=core.in_words(core.compare(told)) if told else (),
        time="" if minutes is None else time_in_words(minutes),
        newer=newest_of(found) if found.finished_at else None,
    )
    return show(request, page)


@login_required
@require_POST
def finish(request: SignedIn, pk: int) -> HttpResponse:
    """Keep the person's own words and lock the appraisal."""
    found = appraisal_of(request.user, pk)
    if found.finished_at is None:
        save_said(appraisal=found, said=request.POST.get("said", ""))
    if "finish" in request.POST:
        finish_appraisal(appraisal=found, at=timezone.now())
        messages.success(request, "Finished. It stays as it is; a correction is a new version.")
        return redirect("appraisals:pair", found.pairing_id) if found.pairing_id else redirect("appraisals:appraisal", pk)
    messages.success(request, "Your words are saved.")
    return redirect("appraisals:appraisal", pk)


@login_required
@require_POST
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a new version with the same answers."""
    new = correct_appraisal(appraisal=appraisal_of(request.user, pk), at=timezone.now())
    messages.success(request, f"This is version {new.number}, with your answers as they were. The earlier version is kept.")
    return redirect("appraisals:appraisal", new.pk)


@login_required
@require_POST
def pair(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for a second rater."""
    return redirect("appraisals:pair", start_pairing(appraisal=appraisal_of(request.user, pk), at=timezone.now()).pk)
