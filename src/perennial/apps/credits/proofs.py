"""Proof files from people: known by their content, never by their name; kept whole or not at all."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from perennial.core.values import Refusal

PDF, PNG, JPEG, HEIC = "application/pdf", "image/png", "image/jpeg", "image/heic"
SUFFIXES = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), HEIC: (".heic", ".heif")}
NAMES = {PDF: "a PDF", PNG: "a PNG picture", JPEG: "a JPEG picture", HEIC: "a HEIC picture"}
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
CHUNK = 1 << 16
LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Looked:
    """What an upload is, after a look at each of its bytes."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str


def sniff(head: bytes) -> str | None:
    """The media type that the first bytes of a file show; None for what we do not take."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    return HEIC if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS else None


def clean_name(name: str) -> str:
    """A file's own name without folders and control characters, at most 160 characters long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable() and c not in '"<>|').strip(" .")
    path = PurePosixPath(plain or "proof")
    return f"{path.stem[: LONGEST_NAME - 12]}{path.suffix[:12]}"


def look(upload: "File[Any]") -> Looked:
    """Judge an upload by its content.

    Raises Refusal for what is empty, too large, of another kind than PDF, PNG, JPEG or HEIC, or not what its name says.
    """
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if not size:
        raise Refusal(f"The file “{name}” is empty. Save it again, look whether it opens, and choose it once more.")
    if size > settings.UPLOAD_LIMIT_BYTES:
        raise Refusal(f"The file “{name}” is larger than 20 MB. Save a smaller scan or photo and send that.")
    digest = hashlib.sha256()
    head = b""
    for chunk in upload.chunks(CHUNK):
        head = head or chunk[:32]
        digest.update(chunk)
    kind = sniff(head)
    if kind is None:
        raise Refusal(f"The file “{name}” is not a PDF, PNG, JPEG or HEIC, whatever its name says. Save it as one of these and send that.")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix and suffix not in SUFFIXES[kind]:
        raise Refusal(f"The file “{name}” is in truth {NAMES[kind]}. Give it the ending {SUFFIXES[kind][0]} and send it again.")
    return Looked(name if suffix else f"{name}{SUFFIXES[kind][0]}", kind, size, digest.hexdigest())


def room_for(size_bytes: int, kept_bytes: int) -> None:
    """Raise Refusal where a file of this size, with what its person keeps already, is more than a person may keep."""
    limit = settings.PERSON_FILES_BYTES
    if kept_bytes + size_bytes > limit:
        raise Refusal(
            f"Your files would take more than the {limit // 1024 // 1024} MB that each person may keep here. "
            "Send smaller scans, or empty your shoebox."
        )


@contextmanager
def discarded_on_failure(stored: list[str]) -> Iterator[None]:
    """Take the files named in `stored` away again when the block, and so the transaction in it, fails."""
    try:
        yield
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


def sync(name: str) -> None:
    """Have the file's bytes on the disk before the row that names it; object storage answers only once it has them."""
    if not isinstance(default_storage, FileSystemStorage):
        return
    with default_storage.open(name, "rb") as file:
        os.fsync(file.fileno())
