"""Journal clubs: mine, those open to all, and those that were."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.clubs.queries import Shelf, meetings_for
from perennial.ui import Page, SignedIn, show


class ClubsPage(Page):
    """The list."""

    template = "clubs/pages/clubs.html"
    title = "Journal clubs"
    nav = "evidence"
    shelf: Shelf


@login_required
@require_safe
def clubs(request: SignedIn) -> HttpResponse:
    """Show them."""
    return show(request, ClubsPage(shelf=meetings_for(request.user, timezone.now())))
