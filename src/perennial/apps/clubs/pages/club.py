"""A journal club, for who takes part: the paper, questions beforehand, signing in and out, the discussion, and what comes after."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perennial.apps.accounts.queries import Person
from perennial.apps.attendance.queries import There
from perennial.apps.clubs.access import meeting_by_link, meeting_seen_by, own_word, part_in
from perennial.apps.clubs.queries import (
    Asked,
    Guest,
    Meeting,
    Said,
    asked_of,
    calendar_of,
    can_sign,
    discussion_of,
    guest_at,
    guests_of,
    state_of,
    there_at,
)
from perennial.apps.clubs.services import add_word, answer, join, leave, sign_by_code, take_back
from perennial.apps.works.queries import Marked, marks_of
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class ClubPage(Page):
    """What a guest sees; before one takes part, only what it is."""

    template = "clubs/pages/club.html"
    nav = "evidence"
    meeting: Meeting
    state: str
    guest: Guest | None
    guests: Sequence[Guest]
    asked: Sequence[Asked]
    discussion: Sequence[Said]
    there: There | None
    can_sign: bool
    marked: Marked | None
    code: str = ""
    fault: str = ""


@login_required
@require_safe
def club(request: SignedIn, pk: int) -> HttpResponse:
    """Show the meeting."""
    meeting = meeting_seen_by(request.user, pk)
    return show(request, _page(meeting, request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: SignedIn, token: str) -> HttpResponse:
    """Show what a link offers, and take part by a button: opening a link alone changes nothing."""
    meeting = meeting_by_link(token)
    if request.method == "POST":
        join(meeting=meeting, person=request.user, at=timezone.now())
        messages.success(request, "You take part. Read the paper and answer the questions before you meet.")
        return redirect("clubs:club", meeting.pk)
    guest = guest_at(meeting, request.user)
    return redirect("clubs:club", meeting.pk) if guest and not guest.left_at else show(request, _page(meeting, request.user))


@login_required
@require_POST
def joining(request: SignedIn, pk: int) -> HttpResponse:
    """Take part in a meeting open to everybody."""
    join(meeting=meeting_seen_by(request.user, pk), person=request.user, at=timezone.now())
    messages.success(request, "You take part. Read the paper and answer the questions before you meet.")
    return redirect("clubs:club", pk)


@login_required
@require_POST
def leaving(request: SignedIn, pk: int) -> HttpResponse:
    """Say that one does not come."""
    leave(guest=part_in(request.user, pk), at=timezone.now())
    messages.success(request, "Noted: you do not come. You can join again as long as it is not over.")
    return redirect("clubs:clubs")


@login_required
@require_POST
def answering(request: SignedIn, pk: int, question: int) -> HttpResponse:
    """Keep an answer to a question beforehand."""
    guest = part_in(request.user, pk)
    asked = get_object_or_404(guest.meeting.questions, pk=question)
    answer(guest=guest, question=asked, text=request.POST.get("text", ""), at=timezone.now())
    messages.success(request, "Kept. You can change it until you meet.")
    return redirect("clubs:club", pk)


@login_required
@require_POST
def saying(request: SignedIn, pk: int) -> HttpResponse:
    """Keep a word in the discussion."""
    add_word(guest=part_in(request.user, pk), text=request.POST.get("text", ""), at=timezone.now())
    return redirect("clubs:club", pk)


@login_required
@require_POST
def taking_back(request: SignedIn, pk: int, said: int) -> HttpResponse:
    """Take a word of one's own back."""
    take_back(said=own_word(request.user, pk, said), at=timezone.now())
    messages.success(request, "Taken back.")
    return redirect("clubs:club", pk)


@login_required
@require_POST
def signing(request: SignedIn, pk: int) -> HttpResponse:
    """Sign in or out at the meeting; a code that does not fit is told beside its field, and can be mended there."""
    guest, code, arrives = part_in(request.user, pk), request.POST.get("code", ""), request.POST.get("kind") == "in"
    try:
        sign_by_code(guest=guest, code=code, arrives=arrives, at=timezone.now())
    except Refusal as refusal:
        page = _page(guest.meeting, request.user)
        if not page.can_sign or guest.person_id == guest.meeting.host_id:
            raise
        return show(request, replace(page, code=code[:12], fault=str(refusal)), status=409)
    messages.success(request, "You are signed in. Sign out when you go." if arrives else "You are signed out.")
    return redirect("clubs:club", pk)


@login_required
@require_safe
def calendar(request: SignedIn, pk: int) -> HttpResponse:
    """The meeting as a calendar file."""
    meeting = meeting_seen_by(request.user, pk)
    file = calendar_of(meeting, address=request.build_absolute_uri(f"/clubs/{pk}/"))
    return HttpResponse(
        file, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="journal-club.ics"'}
    )


def _page(meeting: Meeting, person: Person) -> ClubPage:
    found = guest_at(meeting, person)
    state, guest = state_of(meeting, timezone.now()), found if found and not found.left_at else None
    return ClubPage(
        title=meeting.title,
        meeting=meeting,
        state=state,
        guest=guest,
        guests=guests_of(meeting) if guest else [],
        asked=asked_of(meeting, person, shown=state not in ("ahead", "called_off")) if guest else [],
        discussion=discussion_of(meeting) if guest else [],
        can_sign=can_sign(meeting, timezone.now()),
        there=there_at(meeting, person) if guest else None,
        marked=marks_of([meeting.work]).get(meeting.work_id),
    )
