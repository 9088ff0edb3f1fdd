"""Adds a work to the references by its DOI."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.desk.access import draft_of, part_of
from perennial.apps.desk.looking import add_work
from perennial.apps.desk.parts import Kind
from perennial.ui import SignedIn


@login_required
@require_POST
def look_up(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Add the work to the references, with what is known of it."""
    found = draft_of(request.user, provider, draft)
    part = part_of(found, Kind.REFERENCES)
    says, good = add_work(part=part, doi=request.POST.get("doi", ""), person=request.user, at=timezone.now())
    (messages.success if good else messages.warning)(request, says)
    return redirect("desk:part", provider, draft, Kind.REFERENCES)
