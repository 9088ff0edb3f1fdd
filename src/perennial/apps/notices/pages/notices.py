"""What a person was told: the unread first."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.notices.access import notice_of
from perennial.apps.notices.queries import Notice, notices_of
from perennial.apps.notices.services import read_all, read_notice
from perennial.ui import Page, SignedIn, show

MOST = 100


class NoticesPage(Page):
    """The latest notices of a person."""

    template = "notices/pages/notices.html"
    title = "Notices"
    nav = "account"
    notices: Sequence[Notice]
    unread: int


@login_required
@require_safe
def notices(request: SignedIn) -> HttpResponse:
    """List what this person was told."""
    found = notices_of(request.user, most=MOST)
    return show(request, NoticesPage(notices=found, unread=sum(notice.read_at is None for notice in found)))


@login_required
@require_safe
def open_notice(request: SignedIn, pk: int) -> HttpResponse:
    """Mark a notice as read, and go where it leads."""
    notice = notice_of(request.user, pk)
    if request.method == "GET":
        read_notice(notice=notice, at=timezone.now())
    return redirect(notice.link or "notices:notices")


@login_required
@require_POST
def read(request: SignedIn, pk: int) -> HttpResponse:
    """Mark one notice as read."""
    read_notice(notice=notice_of(request.user, pk), at=timezone.now())
    return redirect("notices:notices")


@login_required
@require_POST
def read_everything(request: SignedIn) -> HttpResponse:
    """Mark every notice as read."""
    read_all(person=request.user, at=timezone.now())
    return redirect("notices:notices")
