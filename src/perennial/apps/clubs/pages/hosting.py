"""The host's page: the link and the code, who was there, calling off, closing with minutes."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.attendance.queries import There
from perennial.apps.clubs.access import meeting_of_host
from perennial.apps.clubs.forms import ClosingForm, MarkForm
from perennial.apps.clubs.queries import Guest, Meeting, everybody_there, guests_of, state_of
from perennial.apps.clubs.services import call_off, close, mark_guest, strike
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class HostingPage(Page):
    """What only the host sees."""

    template = "clubs/pages/hosting.html"
    nav = "evidence"
    meeting: Meeting
    state: str
    link: str
    there: Sequence[There]
    still_in: str
    guests: Sequence[Guest]
    closing: ClosingForm
    marking: MarkForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hosting(request: SignedIn, pk: int) -> HttpResponse:
    """Show it; a form sent to it closes the meeting, or writes its minutes anew."""
    meeting = meeting_of_host(request.user, pk)
    closing = ClosingForm(request.POST if request.method == "POST" else None, initial={"minutes": meeting.minutes})
    if request.method == "POST" and closing.is_valid():
        close(meeting=meeting, minutes=closing.cleaned_data["minutes"], at=timezone.now())
        messages.success(request, "Closed. Whoever was there is told, and can have their time counted.")
        return redirect("clubs:hosting", pk)
    there = everybody_there(meeting)
    page = HostingPage(
        title=f"Host: {meeting.title}",
        meeting=meeting,
        state=state_of(meeting, timezone.now()),
        link=request.build_absolute_uri(reverse("clubs:link", args=[meeting.token])),
        there=there,
        still_in=_still_in(there),
        guests=guests_of(meeting),
        closing=closing,
        marking=MarkForm(),
    )
    return show(request, page, status=400 if closing.errors else 200)


@login_required
@require_POST
def calling_off(request: SignedIn, pk: int) -> HttpResponse:
    """Call the meeting off."""
    call_off(meeting=meeting_of_host(request.user, pk), at=timezone.now())
    messages.success(request, "Called off. Everybody who takes part is told.")
    return redirect("clubs:club", pk)


@login_required
@require_POST
def marking(request: SignedIn, pk: int, person: int) -> HttpResponse:
    """Enter that a guest came or went."""
    meeting = meeting_of_host(request.user, pk)
    guest = next((one for one in guests_of(meeting) if one.person_id == person), None)
    if guest is None:
        raise Http404("nobody of that number takes part")
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Refusal("Write the time as the clock showed it, such as 12:05, and choose whether they came or left.")
    zone = ZoneInfo(meeting.zone)
    when = datetime.combine(meeting.starts_at.astimezone(zone).date(), form.cleaned_data["at"], zone)
    mark_guest(meeting=meeting, guest=guest, arrives=form.cleaned_data["kind"] == "in", when=when, at=timezone.now())
    messages.success(request, f"Entered for {guest.person.name}.")
    return redirect("clubs:hosting", pk)


@login_required
@require_POST
def striking(request: SignedIn, pk: int, mark: int) -> HttpResponse:
    """Say that a mark does not hold."""
    meeting = meeting_of_host(request.user, pk)
    found = next((one for there in everybody_there(meeting) for one in there.marks if one.pk == mark), None)
    if found is None:
        raise Http404("no such mark")
    if meeting.closed_at:
        raise Refusal("The meeting is closed, and so is its attendance: credit may rest on it.")
    strike(mark=found, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, "Struck. It stays visible with your reason.")
    return redirect("clubs:hosting", pk)


def _still_in(there: Sequence[There]) -> str:
    """A word of warning before attendance is closed over those who forgot to sign out; empty where nobody did."""
    names = [one.person.name for one in there if one.is_in]
    if not names:
        return ""
    after = "Enter above when they left; otherwise that time counts for nothing, and closing cannot be undone."
    return f"Not signed out: {', '.join(names)}. {after}"
