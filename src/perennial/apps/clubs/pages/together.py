"""A work appraised together: begin one's own, then the room question by question, and what the group answers."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.appraisals.comparing import Measure, group_measures_of
from perennial.apps.appraisals.library import forms
from perennial.apps.clubs.access import meeting_of_host, part_in
from perennial.apps.clubs.queries import Meeting, state_of
from perennial.apps.clubs.together import Room, agree_on, bring, choose_form, room_of
from perennial.apps.works.queries import Marked, marks_of
from perennial.core import appraisal as core
from perennial.ui import Page, SignedIn, show


class TogetherPage(Page):
    """What the page shows; `measures` is empty until two have finished and one may see the room."""

    template = "clubs/pages/together.html"
    nav = "evidence"
    meeting: Meeting
    state: str
    hosts: bool
    room: Room
    forms: Sequence[core.Form]
    suggestion: core.Suggestion | None
    measures: Sequence[Measure]
    answers: Sequence[core.Answer]
    marked: Marked | None


@login_required
@require_safe
def together(request: SignedIn, pk: int) -> HttpResponse:
    """Show it to those who take part."""
    meeting = part_in(request.user, pk).meeting
    room, work, there = room_of(meeting, request.user), meeting.work, list(forms().values())
    page = TogetherPage(
        title=f"Appraised together: {meeting.title}",
        meeting=meeting,
        state=state_of(meeting, timezone.now()),
        hosts=meeting.host_id == request.user.pk,
        room=room,
        forms=there,
        suggestion=core.suggest(there, level=work.level, because=work.level_because, title=work.title or work.citation),
        measures=group_measures_of(room.agreement) if room.agreement else (),
        answers=list(core.Answer),
        marked=marks_of([work]).get(work.pk),
    )
    return show(request, page)


@login_required
@require_POST
def choosing(request: SignedIn, pk: int) -> HttpResponse:
    """Choose the form for everybody."""
    choose_form(meeting=meeting_of_host(request.user, pk), design=request.POST.get("design", ""), at=timezone.now())
    messages.success(request, "Chosen. Everybody who takes part can begin.")
    return redirect("clubs:together", pk)


@login_required
@require_POST
def bringing(request: SignedIn, pk: int) -> HttpResponse:
    """Begin one's own appraisal, go on with it, or bring one that is finished."""
    own = bring(guest=part_in(request.user, pk), at=timezone.now())
    return redirect("clubs:together", pk) if own.finished_at else redirect("appraisals:next", own.pk)


@login_required
@require_POST
def agreeing(request: SignedIn, pk: int) -> HttpResponse:
    """Keep what the group answers to one question."""
    given = {name: request.POST.get(name, "") for name in ("item", "said", "reason")}
    agree_on(meeting=meeting_of_host(request.user, pk), **given, by=request.user, at=timezone.now())
    messages.success(request, "Kept, with its reason.")
    return redirect("clubs:together", pk)
