"""Hands out a plan's calendar file."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from perennial.apps.plans.calendar_file import calendar_of
from perennial.apps.plans.outcome import Outcome


def handed_out(request: HttpRequest, outcome: Outcome, owner: int, at: datetime) -> HttpResponse:
    """The plan's days as a file to download."""
    body = calendar_of(outcome, owner=owner, at=at, address=request.build_absolute_uri("/").rstrip("/"))
    disposition = 'attachment; filename="renewal-plan.ics"'
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": disposition})
