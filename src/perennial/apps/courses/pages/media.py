"""A file of a course: shown where a browser shows it safely, else handed out; parts of it for players that ask for parts."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.courses.access import media_of
from perennial.core.courses import type_of
from perennial.ui import Request

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PIECE = 64 * 1024
FOR_ITS_READERS = "private, max-age=31536000, immutable"
FOR_GOOD = "public, max-age=31536000, immutable"  # the address holds the digest of the version


@require_safe
def media(request: Request, slug: str, digest: str, name: str) -> HttpResponseBase:
    """Hand out the file, or the part that was asked for."""
    entry = media_of(request.user if request.user.is_authenticated else None, slug, digest, name)
    kind = type_of(entry.name)
    wanted = asked_part(request.headers.get("Range", ""), entry.size)
    response: HttpResponseBase
    if wanted:
        first, last = wanted
        response = StreamingHttpResponse(part_of(entry.file.open("rb"), first, last), status=206, content_type=kind)
        response.headers["Content-Range"] = f"bytes {first}-{last}/{entry.size}"
        response.headers["Content-Length"] = str(last - first + 1)
    else:
        shown = kind.startswith(("image/", "audio/", "video/")) or kind == "text/vtt"
        response = FileResponse(entry.file.open("rb"), as_attachment=not shown, filename=entry.name, content_type=kind)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = FOR_GOOD if entry.course.is_current else FOR_ITS_READERS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that a Range header asks for; none where it asks for none that there is."""
    found = RANGE.fullmatch(header.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if int(first) <= end else None


def part_of(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    """The bytes from the first to the last, piece by piece."""
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
