"""A draft as a course folder in a ZIP."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from perennial.apps.courses.queries import folder_of, latest_version
from perennial.apps.desk.access import draft_of
from perennial.apps.desk.archive import pack
from perennial.apps.desk.queries import parts_of
from perennial.apps.desk.reading import whole_folder_of
from perennial.ui import SignedIn


@login_required
@require_GET
def export(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Hand out the folder as it stands, in order or not; with `offered` in the address, that of the version published last."""
    found = draft_of(request.user, provider, draft)
    course = latest_version(found.slug, provider) if "offered" in request.GET else None
    files = folder_of(course) if course else whole_folder_of(found, parts_of(found))
    response = HttpResponse(pack(found.slug, files), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.zip"'
    return response
