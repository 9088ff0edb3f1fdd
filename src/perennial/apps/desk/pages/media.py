"""The files of a draft: sent, looked at, removed."""

import mimetypes

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from perennial.apps.desk.access import draft_of, file_of
from perennial.apps.desk.media import add_file, bring_file_back, remove_file
from perennial.core.values import Refusal
from perennial.ui import SignedIn

SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm")


@login_required
@require_POST
def upload(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Keep the files that were sent; each is judged for itself. A script gets the first refusal as JSON, empty where there is none."""
    found = draft_of(request.user, provider, draft)
    refusals = []
    for sent in request.FILES.getlist("files"):
        try:
            if isinstance(sent, UploadedFile):
                add_file(draft=found, upload=sent, person=request.user, at=timezone.now())
        except Refusal as refusal:
            refusals.append(str(refusal))
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"detail": " ".join(refusals)})
    for says in refusals:
        messages.error(request, says)
    return redirect("desk:part", provider, draft, "media")


@login_required
@require_GET
def file(request: SignedIn, provider: str, draft: str, file: str) -> FileResponse:
    """A file of the draft; what a browser could run is handed out as a download."""
    entry = file_of(draft_of(request.user, provider, draft), file)
    kind = mimetypes.guess_type(entry.name)[0] or "application/octet-stream"
    shown = entry.name.endswith(SHOWN)
    response = FileResponse(entry.file.open("rb"), as_attachment=not shown, filename=entry.name, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_POST
def remove(request: SignedIn, provider: str, draft: str, file: str) -> HttpResponse:
    """Take a file out of the draft."""
    entry = file_of(draft_of(request.user, provider, draft), file)
    remove_file(entry=entry, person=request.user, at=timezone.now())
    messages.success(request, f"{entry.name} is removed. Below the list you can bring it back.")
    return redirect("desk:part", provider, draft, "media")


@login_required
@require_POST
def back(request: SignedIn, provider: str, draft: str, file: str) -> HttpResponse:
    """Put a removed file back."""
    entry = file_of(draft_of(request.user, provider, draft), file)
    bring_file_back(entry=entry, person=request.user, at=timezone.now())
    messages.success(request, f"{entry.name} is back. Look at what it says; its former description is in the history.")
    return redirect("desk:part", provider, draft, "media")
