"""The download of one's whole record."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.portal.services import record_file
from perennial.ui import SignedIn


@login_required
@require_safe
def download(request: SignedIn) -> FileResponse:
    """Everything kept of the person who is signed in, as one zip file."""
    now = timezone.now()
    file = record_file(person=request.user, at=now, site=request.build_absolute_uri("/").rstrip("/"))
    response = FileResponse(file, as_attachment=True, filename=f"perennial-record-{now:%Y-%m-%d}.zip", content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response
