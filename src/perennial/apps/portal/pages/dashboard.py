"""The dashboard: each license with its dial, what is missing, and the next step."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.notices.queries import unread_count
from perennial.apps.portal.board import Board, board_of
from perennial.ui import Page, SignedIn, show


class DashboardPage(Page):
    """Today, for one person."""

    template = "portal/pages/dashboard.html"
    title = "Dashboard"
    nav = "dashboard"
    day: date
    board: Board
    unread: int


@login_required
@require_safe
def dashboard(request: SignedIn) -> HttpResponse:
    """Show where each license stands today."""
    day = timezone.localdate()
    return show(request, DashboardPage(day=day, board=board_of(request.user, day), unread=unread_count(request.user)))
