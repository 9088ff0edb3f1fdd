"""How a proof's file leaves the site: to keep, never to open within it."""

from typing import Any

from django.core.files.base import File
from django.http import FileResponse

from perennial.apps.credits.models import Dropped, Proof


def handed_out(proof: Proof) -> FileResponse:
    """The file as an attachment under its own name; no cache keeps it, no browser guesses its kind."""
    return _handed(proof.file.open("rb"), proof.original_name, proof.media_type)


def handed_over(dropped: Dropped) -> FileResponse:
    """A file of the shoebox, in the same way."""
    return _handed(dropped.file.open("rb"), dropped.name, dropped.media_type or "application/octet-stream")


def _handed(file: "File[Any]", name: str, media_type: str) -> FileResponse:
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
