"""The shoebox: drop files, have them read, enter or skip what they propose. Nothing enters the ledger unseen."""

import hashlib
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.models import Dropped, Entry, Proposal, ProposalState
from perennial.apps.credits.proofs import SUFFIXES, clean_name, discarded_on_failure, room_for, sniff, sync
from perennial.apps.credits.queries import files_bytes_of
from perennial.apps.credits.services import CreditFacts, enter_credit
from perennial.apps.credits.words import proof_words
from perennial.core.proofs import Found, Limits, Piece, Readers, Unreadable, unpacked
from perennial.core.values import UNWRITABLE, Refusal

MOST_PROPOSALS = 2_000
READERS = Readers()


@dataclass(frozen=True, slots=True)
class Drop:
    """What came of dropping a file: how many files were taken in, and sentences about those that were not."""

    name: str
    taken: int
    says: tuple[str, ...]


def limits() -> Limits:
    """What a file in the shoebox may cost."""
    return Limits(most_bytes=settings.UPLOAD_LIMIT_BYTES)


def drop_file(*, person: Person, upload: "File[Any]", at: datetime) -> Drop:
    """Take a file, or each file in a letter or an archive, into the shoebox, to be read; the same file twice is taken once.

    Raises Refusal where there is no room for it.
    """
    name = clean_name(upload.name or "")
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        return Drop(name, 0, (f"“{name}” is larger than 20 MB. Send a smaller copy.",))
    if Proposal.objects.filter(person=person).exclude(state=ProposalState.ENTERED).count() >= MOST_PROPOSALS:
        raise Refusal(f"The shoebox holds {MOST_PROPOSALS} certificates to look at. Go through some of them first, or empty it.")
    upload.seek(0)
    says = []
    taken = 0
    for piece in unpacked(upload.read(), name, limits()):
        said = f"“{clean_name(piece.name)}”: {piece.says}" if piece.says and not piece.data else _take(person, piece, at)
        taken += not said
        says += [said] if said else []
    return Drop(name, taken, tuple(says))


def _take(person: Person, piece: Piece, at: datetime) -> str:
    """Keep one file; gives a sentence where it is there already."""
    digest = hashlib.sha256(piece.data).hexdigest()
    if Dropped.objects.filter(person=person, sha256=digest).exists():
        return f"“{clean_name(piece.name)}” was in the shoebox already."
    room_for(len(piece.data), files_bytes_of(person))
    row = Dropped(
        person=person,
        name=clean_name(piece.name),
        part=str(storable(piece.part))[:400],
        kind=piece.kind,
        media_type=sniff(piece.data[:32]) or "",
        size_bytes=len(piece.data),
        sha256=digest,
        added_at=at,
    )
    stored: list[str] = []
    try:
        with discarded_on_failure(stored), transaction.atomic():
            row.file.save(row.name, ContentFile(piece.data), save=False)
            stored.append(str(row.file.name))
            sync(str(row.file.name))
            row.save()
    except IntegrityError:
        return f"“{row.name}” was in the shoebox already."
    return ""


def read_waiting(*, person: Person, at: datetime, seconds: float = 20) -> int:
    """Read the files that wait, one at least, until these seconds have passed; gives how many still wait."""
    until = time.monotonic() + seconds
    for row in Dropped.objects.filter(person=person, read_at=None):
        _read(row, at)
        if time.monotonic() >= until:
            break
    return Dropped.objects.filter(person=person, read_at=None).count()


def _read(row: Dropped, at: datetime) -> None:
    """Read one file and put what it proposes beside it, once, also where two requests read it."""
    with row.file.open("rb") as file:
        piece = Piece(row.name, file.read(), row.part, kind=row.kind)
    says = ""
    try:
        found = READERS.read(piece, proof_words(), limits())
    except Unreadable as fault:
        says = str(fault)
        found = [Found(part=row.part, notes=(says,))] if row.media_type else []
    with transaction.atomic():
        held = Dropped.objects.select_for_update().filter(pk=row.pk, read_at=None).first()
        if held is None:
            return
        held.read_at, held.says = at, says[:400]
        held.save(update_fields=["read_at", "says"])
        Proposal.objects.bulk_create(
            Proposal(person=held.person, dropped=held, position=position, read=storable(one.model_dump(mode="json")))
            for position, one in enumerate(found)
        )
        _let_go_if_done(held)


def keep_edits(*, proposal: Proposal, edited: Mapping[str, Any]) -> None:
    """Keep what its person changed in a proposal, for later."""
    Proposal.objects.filter(pk=proposal.pk, state=ProposalState.OPEN).update(edited=storable(dict(edited)))


def storable(value: Any) -> Any:
    """The same with a blank in place of each character that no table holds; lengths stay, so that places still fit."""
    if isinstance(value, str):
        return "".join(" " if unicodedata.category(character) in UNWRITABLE and character != "\n" else character for character in value)
    if isinstance(value, dict):
        return {storable(name): storable(inside) for name, inside in value.items()}
    return [storable(inside) for inside in value] if isinstance(value, list) else value


def skip_proposal(*, proposal: Proposal) -> None:
    """Put a proposal aside; safe to repeat."""
    Proposal.objects.filter(pk=proposal.pk, state=ProposalState.OPEN).update(state=ProposalState.SKIPPED)


def unskip_proposal(*, proposal: Proposal) -> None:
    """Bring a proposal back that was put aside; safe to repeat."""
    Proposal.objects.filter(pk=proposal.pk, state=ProposalState.SKIPPED).update(state=ProposalState.OPEN)


def enter_proposal(*, proposal: Proposal, facts: CreditFacts, at: datetime) -> Entry:
    """Enter a proposal in the ledger as its person confirmed it, with its file; a second time gives the same entry.

    Raises Refusal as `enter_credit` does, and where other facts were entered from it before.
    """
    with transaction.atomic():
        held = Proposal.objects.select_for_update().select_related("dropped", "person").get(pk=proposal.pk)
        dropped = held.dropped
        name = str(dropped.file.name or "")
        if held.state == ProposalState.ENTERED and held.entry is not None:
            return held.entry
        held.state = ProposalState.ENTERED
        last = not dropped.proposals.exclude(pk=held.pk).exclude(state=ProposalState.ENTERED).exists()
        if last:  # the file moves to the ledger, and does not count twice
            Dropped.objects.filter(pk=dropped.pk).update(size_bytes=0, file="")
        held.entry = enter_credit(
            person=held.person, at=at, key=f"shoebox:{dropped.pk}:{held.position}", proof_file=_proof_of(dropped), **facts
        )
        held.save(update_fields=["state", "entry"])
        if last and name:
            transaction.on_commit(lambda: default_storage.delete(name))
    return held.entry


def _proof_of(dropped: Dropped) -> "File[Any] | None":
    """The file as a proof, named by what it is; None for letters and lists, which are no certificates."""
    if not dropped.media_type or not dropped.file:
        return None
    suffix = SUFFIXES[dropped.media_type][0]
    stem = dropped.name.rpartition(".")[0] or dropped.name
    with dropped.file.open("rb") as file:
        return ContentFile(file.read(), name=f"{stem}{suffix}")


def empty_shoebox(*, person: Person) -> int:
    """Delete everything in the shoebox that was not entered; gives how many files went. The record is left as it is."""
    with transaction.atomic():
        rows = list(Dropped.objects.select_for_update().filter(person=person))
        names = [str(row.file.name) for row in rows if row.file]
        Proposal.objects.filter(person=person).delete()
        Dropped.objects.filter(person=person).delete()
        transaction.on_commit(lambda: _discard(names))
    return len(rows)


def _let_go_if_done(row: Dropped) -> None:
    """Let the file of a row go that proposes nothing: it serves no one."""
    if row.proposals.exists() or not row.file:
        return
    name = str(row.file.name)
    Dropped.objects.filter(pk=row.pk).update(file="", size_bytes=0)
    transaction.on_commit(lambda: default_storage.delete(name))


def _discard(names: Sequence[str]) -> None:
    for name in names:
        default_storage.delete(name)
