"""How a packet leaves the site: as an attachment under a name that tells license and day; no cache keeps it."""

from datetime import date
from typing import TypeVar

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from perennial.apps.standing.packet.facts import Packet
from perennial.apps.standing.packet.making import Made

PDF, ZIP = "pdf", "zip"
TYPES = {PDF: "application/pdf", ZIP: "application/zip"}
Answer = TypeVar("Answer", bound=HttpResponseBase)


def read_whole(files: Made, kind: str, packet: Packet) -> HttpResponse:
    """A packet that was just made; its folder may go afterwards."""
    path = files.zip if kind == ZIP else files.pdf
    return attached(HttpResponse(path.read_bytes()), kind, packet.audit.standing.name, packet.made_on, path.stat().st_size)


def attached(response: Answer, kind: str, license: str, day: date, size_bytes: int) -> Answer:
    """The answer as an attachment."""
    response["Content-Type"], response["Content-Length"] = TYPES[kind], str(size_bytes)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name(license, day, kind)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(license: str, day: date, kind: str) -> str:
    """What the file is called: audit-packet-texas-lpc-2026-11-26.pdf."""
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in license.lower())
    return f"audit-packet-{'-'.join(filter(None, words.split('-')))}-{day.isoformat()}.{kind}"
