"""What a person, or a finished course, can do with the ledger. Each adds rows; none changes one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.models import MOST_MINUTES, Entry, Kind, Origin, Proof
from perennial.apps.credits.proofs import Looked, discarded_on_failure, look, room_for, sync
from perennial.apps.credits.queries import files_bytes_of
from perennial.core.values import Refusal, written

EARLIEST = date(1950, 1, 1)
MOST_APPROVALS = 40
FACTS = ("title", "provider_name", "completed_on", "minutes", "format", "topics", "approvals", "category", "course_key", "note")


class CreditFacts(TypedDict):
    """What is known of a credit. `minutes` and those inside `topics` are whole minutes of hours of 60."""

    title: str
    provider_name: str
    completed_on: date
    minutes: int
    format: str
    topics: Mapping[str, int]
    approvals: NotRequired[Sequence[str]]
    category: NotRequired[str | None]
    course_key: NotRequired[str]
    note: NotRequired[str]


def award_credit(*, person: Person, certificate_number: str, at: datetime, key: str, **facts: Unpack[CreditFacts]) -> Entry:
    """Enter the hours that a certificate of this site brings; the same `key` gives the same entry."""
    return _add(person, key, Kind.EARNED, at, origin=Origin.PERENNIAL, certificate_number=certificate_number, **_row(facts, at))


def enter_credit(*, person: Person, at: datetime, key: str, proof_file: "File[Any] | None" = None, **facts: Unpack[CreditFacts]) -> Entry:
    """Enter hours earned elsewhere, with the file that shows them; the same `key` gives the same entry.

    Raises Refusal for facts that cannot be, for a file that we do not take or have no room for, and for other facts under a key
    that was used; then neither row nor file is kept.
    """
    row, key = _row(facts, at), written(key, "key", 160, required=True)
    looked = look(proof_file) if proof_file is not None else None
    stored: list[str] = []
    with discarded_on_failure(stored), transaction.atomic():
        entry = _sent_before(person, key, row) or _add(person, key, Kind.EARNED, at, origin=Origin.OWN, **row)
        if proof_file is not None and looked is not None:
            _store(entry, proof_file, looked, at, stored)
    return entry


@transaction.atomic
def correct_entry(*, entry: Entry, at: datetime, **facts: Unpack[CreditFacts]) -> Entry:
    """Put a corrected entry in the place of the latest one of a credit earned elsewhere; the old one stays visible."""
    if entry.origin == Origin.PERENNIAL:
        raise Refusal("The facts of a Perennial certificate are fixed. Withdraw the credit if it should not count.")
    if entry.kind == Kind.WITHDRAWAL:
        raise Refusal("This credit was withdrawn. Bring it back first, then correct it.")
    row = _row(facts, at)
    if all(getattr(entry, name) == value for name, value in row.items()):
        return entry
    return _follow(entry, Kind.CORRECTION, at, origin=entry.origin, **row)


@transaction.atomic
def withdraw_entry(*, entry: Entry, reason: str, at: datetime, final: bool = False) -> Entry:
    """Take a credit out of the count and say why; safe to repeat. `final`: by the issuer, so that its owner cannot reverse it."""
    if entry.kind == Kind.WITHDRAWAL and (entry.final or not final):
        return entry
    return _follow(entry, Kind.WITHDRAWAL, at, final=final, **{**_copy(entry), "note": written(reason, "reason", 1000, required=True)})


@transaction.atomic
def restore_entry(*, entry: Entry, at: datetime) -> Entry:
    """Reverse a withdrawal with an entry that says what the credit said before; safe to repeat."""
    if entry.kind != Kind.WITHDRAWAL:
        return entry
    if entry.final:
        raise Refusal("The certificate was revoked by its issuer, so this credit stays out of the count. Ask the provider.")
    before = entry.corrects
    return _follow(entry, Kind.CORRECTION, at, **{**_copy(entry), "note": before.note if before else ""})


def add_proof(*, entry: Entry, upload: "File[Any]", at: datetime) -> Proof:
    """Keep a file that shows this entry; the same file twice is kept once.

    Raises Refusal for a file that we do not take or have no room for.
    """
    looked = look(upload)
    stored: list[str] = []
    with discarded_on_failure(stored), transaction.atomic():
        return _store(entry, upload, looked, at, stored)


def _store(entry: Entry, upload: "File[Any]", looked: Looked, at: datetime, stored: list[str]) -> Proof:
    there: Proof | None = Proof.objects.filter(entry=entry, sha256=looked.sha256).first()
    if there is not None:
        return there
    room_for(looked.size_bytes, files_bytes_of(entry.person))
    upload.seek(0)
    proof = Proof(entry=entry, original_name=looked.name, media_type=looked.media_type, size_bytes=looked.size_bytes, added_at=at)
    proof.sha256 = looked.sha256
    proof.file.save(looked.name, upload, save=False)
    name = str(proof.file.name)
    stored.append(name)
    sync(name)
    proof.save()
    return proof


def _by_key(person: Person, key: str) -> Entry | None:
    found: Entry | None = Entry.objects.filter(person=person, key=key).first()
    return found


def _sent_before(person: Person, key: str, row: Mapping[str, Any]) -> Entry | None:
    """The entry that this key gave before; other facts under it are refused, so that no credit is taken for another and lost."""
    there = _by_key(person, key)
    if there is not None and any(getattr(there, name) != value for name, value in row.items()):
        raise Refusal(
            f"This was sent before and is in your record as “{there.title}”. To change that credit, correct it on its own page. "
            "If this is another credit, send it once more as a new one."
        )
    return there


def _add(person: Person, key: str, kind: Kind, at: datetime, **row: Any) -> Entry:
    """Add an entry, once per key, also where two requests come at the same moment."""
    key = written(key, "key", 160, required=True)
    there = _by_key(person, key)
    if there is not None:
        return there
    try:
        with transaction.atomic():
            entry: Entry = Entry.objects.create(person=person, key=key, kind=kind, entered_at=at, **row)
            return entry
    except IntegrityError:
        there = _by_key(person, key)
        if there is None:
            raise
        return there


def _follow(entry: Entry, kind: Kind, at: datetime, **row: Any) -> Entry:
    """Add the entry that takes the place of `entry`; a second one that says the same gives the first, any other is refused."""
    facts = {"kind": kind, "certificate_number": entry.certificate_number, **row}
    there = _follower(entry, facts)
    if there is not None:
        return there
    try:
        with transaction.atomic():
            key = f"{kind}-of-{entry.pk}"
            added: Entry = Entry.objects.create(person=entry.person, key=key, entered_at=at, corrects=entry, **facts)
            return added
    except IntegrityError:
        there = _follower(entry, facts)
        if there is None:
            raise
        return there


def _follower(entry: Entry, facts: dict[str, Any]) -> Entry | None:
    there: Entry | None = Entry.objects.filter(corrects=entry).first()
    if there is not None and any(getattr(there, name) != value for name, value in facts.items()):
        raise Refusal("This credit was changed meanwhile, perhaps in another tab. Load its page again and look before you go on.")
    return there


def _copy(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in (*FACTS, "origin")}


def _row(facts: CreditFacts, at: datetime) -> dict[str, Any]:
    """Facts as the table holds them; raises Refusal where they cannot be."""
    minutes = facts["minutes"]
    if not 0 < minutes <= MOST_MINUTES:
        raise Refusal(f"A credit has more than 0 and at most {MOST_MINUTES // 60} hours. Enter the hours on the certificate.")
    topics = {written(slug, "topic", 80, required=True): inside for slug, inside in sorted(facts["topics"].items()) if inside}
    if any(not 0 < inside <= minutes for inside in topics.values()):
        raise Refusal("The hours of a topic are inside the hours of the credit and cannot be more. Look at the hours of each topic.")
    if facts["completed_on"] > timezone.localdate(at):
        raise Refusal("The day of completion lies ahead. Enter the credit once the course is done.")
    if facts["completed_on"] < EARLIEST:
        raise Refusal(f"The day of completion lies before {EARLIEST.year}. Look at the year.")
    if len(facts.get("approvals", ())) > MOST_APPROVALS:
        raise Refusal(f"A credit names {MOST_APPROVALS} approvers at most. Enter those on the certificate.")
    return {
        "title": written(facts["title"], "title", 300, required=True),
        "provider_name": written(facts["provider_name"], "provider", 200),
        "completed_on": facts["completed_on"],
        "minutes": minutes,
        "format": written(facts["format"], "format", 40, required=True),
        "topics": topics,
        "approvals": sorted({written(approval, "approver", 200, required=True) for approval in facts.get("approvals", ())}),
        "category": written(facts.get("category") or "", "category", 20),
        "course_key": written(facts.get("course_key", ""), "course number", 200),
        "note": written(facts.get("note", ""), "note", 1000),
    }
