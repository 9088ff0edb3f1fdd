"""How a proof's file leaves the site: to keep, never to open within it."""

from django.http import FileResponse

from perennial.apps.credits.models import Proof


def handed_out(proof: Proof) -> FileResponse:
    """The file as an attachment under its own name; no cache keeps it, no browser guesses its kind."""
    response = FileResponse(proof.file.open("rb"), as_attachment=True, filename=proof.original_name, content_type=proof.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
