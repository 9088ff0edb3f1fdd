"""The download of one's whole record."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.portal.handout import record_response
from perennial.ui import SignedIn


@login_required
@require_safe
def download(request: SignedIn) -> FileResponse:
    """Everything kept of the person who is signed in, as one zip file."""
    return record_response(request, request.user, timezone.now())
