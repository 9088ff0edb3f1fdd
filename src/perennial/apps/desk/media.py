"""Files of a draft: judged by their content before they are kept, described in the part `media`."""

import re
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from perennial.apps.accounts.queries import Person
from perennial.apps.desk.models import Draft, DraftFile, DraftPart
from perennial.apps.desk.parts import Kind
from perennial.apps.desk.services import save_part
from perennial.core.courses import file_fault, kind_of
from perennial.core.values import Refusal

LARGEST = 20 * 1024 * 1024
MOST_FILES = 200
MOST_BYTES = 100 * 1024 * 1024  # publishing and exporting hold them all in memory


@transaction.atomic
def add_file(*, draft: Draft, upload: UploadedFile[bytes], person: Person, at: datetime) -> DraftFile:
    """Keep a file for the draft and give it a row in the part about media. The same name again takes the place of the old one."""
    name = plain_name(upload.name or "")
    if (upload.size or 0) > LARGEST:
        raise Refusal(f"{name} is larger than {LARGEST // 1024**2} MB. Make it smaller, or cut it in two.")
    content = upload.read()
    kind = judged(name, content)
    held = DraftFile.objects.filter(draft=draft, removed_at=None).exclude(name=name)
    if held.count() >= MOST_FILES or (held.aggregate(sum=Sum("size"))["sum"] or 0) + len(content) > MOST_BYTES:
        raise Refusal(f"A course holds {MOST_FILES} files of {MOST_BYTES // 1024**2} MB together. Remove some first.")
    entry = put_file(draft=draft, name=name, content=content, person=person, at=at)
    if kind:
        _describe(draft, name, kind, person, at)
    return entry


@transaction.atomic
def put_file(*, draft: Draft, name: str, content: bytes, person: Person, at: datetime) -> DraftFile:
    """Keep these bytes under the name; what lay there before goes, since published versions keep files of their own."""
    entry = DraftFile.objects.filter(draft=draft, name=name).first() or DraftFile(draft=draft, name=name)
    before = entry.file.name
    entry.size, entry.sha256, entry.by, entry.at, entry.removed_at = len(content), sha256(content).hexdigest(), person, at, None
    entry.file.save(name, ContentFile(content), save=False)
    entry.save()
    if before:
        transaction.on_commit(lambda: default_storage.delete(before))
    _let_old_ones_go(draft)
    return entry


def _let_old_ones_go(draft: Draft) -> None:
    """Delete those that were removed first, where removed files together weigh more than a course may."""
    weight = 0
    for entry in DraftFile.objects.filter(draft=draft, removed_at__isnull=False).order_by("-removed_at", "-pk"):
        weight += entry.size
        if weight > MOST_BYTES:
            gone = str(entry.file.name)
            entry.delete()
            transaction.on_commit(lambda gone=gone: default_storage.delete(gone))  # type: ignore[misc]  # each its own


def _describe(draft: Draft, name: str, kind: str, person: Person, at: datetime) -> None:
    """Give the file a row in the part about media, where it has none."""
    part = DraftPart.objects.select_for_update().get(draft=draft, kind=Kind.MEDIA)
    rows = part.data.get("media", [])
    if not any(row.get("file") == name for row in rows):
        row = {"file": name, "kind": kind, "title": PurePosixPath(name).stem.replace("-", " "), "alt": "", "minutes": ""}
        save_part(part=part, data={"media": [*rows, row]}, base=part.revision, person=person, at=at)


@transaction.atomic
def remove_file(*, entry: DraftFile, person: Person, at: datetime) -> None:
    """Take a file and its row out of the draft, until it is brought back; versions published before keep theirs."""
    part = DraftPart.objects.select_for_update().get(draft_id=entry.draft_id, kind=Kind.MEDIA)
    rows = [row for row in part.data.get("media", []) if row.get("file") != entry.name]
    save_part(part=part, data={"media": rows}, base=part.revision, person=person, at=at)
    DraftFile.objects.filter(pk=entry.pk, removed_at=None).update(removed_at=at)


@transaction.atomic
def bring_file_back(*, entry: DraftFile, person: Person, at: datetime) -> None:
    """Put a removed file back, with a row to describe it."""
    DraftFile.objects.filter(pk=entry.pk).update(removed_at=None)
    kind = kind_of(entry.name)
    if kind:
        _describe(Draft.objects.get(pk=entry.draft_id), entry.name, kind, person, at)


def plain_name(given: str) -> str:
    """A name for the folder: small letters, digits, hyphens, and the ending."""
    path = PurePosixPath(given.replace("\\", "/"))
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:80] or "file"
    return f"{stem}{path.suffix.lower()}"


def judged(name: str, content: bytes) -> str:
    """The kind of media, empty for captions; refused where the content is not what its name says, or could run."""
    kind = "captions" if name.endswith(".vtt") else kind_of(name)
    fault = file_fault(name, kind or "file", content)
    if fault:
        raise Refusal(f"{name}: {fault[0]}. {fault[1]}")
    return "" if kind == "captions" else kind
