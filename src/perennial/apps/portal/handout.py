"""How a person's whole record leaves the site."""

from datetime import datetime

from django.http import FileResponse, HttpRequest

from perennial.apps.accounts.queries import Person
from perennial.apps.portal.services import record_file


def record_response(request: HttpRequest, person: Person, at: datetime) -> FileResponse:
    """The record of this person as a zip file to keep; no cache keeps it."""
    file = record_file(person=person, at=at, site=request.build_absolute_uri("/").rstrip("/"))
    response = FileResponse(file, as_attachment=True, filename=f"perennial-record-{at:%Y-%m-%d}.zip", content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response
