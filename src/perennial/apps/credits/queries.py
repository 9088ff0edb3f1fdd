"""Reads the ledger: what holds now, and how it came to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.models import Dropped, Entry, Kind, Origin, Proof
from perennial.apps.credits.words import name_of, topic_choices
from perennial.tables import Prepared

__all__ = [
    "CreditHistory",
    "CreditView",
    "Entry",
    "ProofView",
    "entry_by_certificate",
    "export_of",
    "files_bytes_of",
    "history_of",
    "ledger_of",
    "ledgers_of",
    "name_of",
    "topic_choices",
]


@dataclass(frozen=True, slots=True)
class ProofView:
    """A file that shows a credit."""

    id: int
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    added_at: datetime
    path: str  # under the folder for files


@dataclass(frozen=True, slots=True)
class CreditView:
    """A credit as it stands after all corrections. `id` is its latest entry, `first_id` the first; minutes of hours of 60."""

    id: int
    first_id: int
    title: str
    provider_name: str
    completed_on: date
    minutes: int
    format: str
    topics: Mapping[str, int]
    approvals: tuple[str, ...]
    category: str | None
    course_key: str
    origin: str
    certificate_number: str
    note: str
    entered_at: datetime
    corrected: bool
    proofs: tuple[ProofView, ...]

    @property
    def hours(self) -> Decimal:
        """CE hours of 60 minutes."""
        return Decimal(self.minutes) / 60

    @property
    def is_ours(self) -> bool:
        """Whether the hours come with a certificate of this site."""
        return self.origin == Origin.PERENNIAL


@dataclass(frozen=True, slots=True)
class CreditHistory:
    """A credit with each entry about it, oldest first."""

    current: CreditView
    entries: tuple[Entry, ...]

    @property
    def latest(self) -> Entry:
        """The entry that holds now."""
        return self.entries[-1]

    @property
    def withdrawn(self) -> bool:
        """Whether the credit is out of the count."""
        return self.latest.kind == Kind.WITHDRAWAL

    @property
    def entry_ids(self) -> frozenset[int]:
        """The numbers of all its entries."""
        return frozenset(entry.pk for entry in self.entries)


_entries = Prepared(lambda person: Entry.objects.filter(person_id=person))
_proofs = Prepared(lambda person: Proof.objects.filter(entry__person_id=person))


def history_of(person: Person) -> list[CreditHistory]:
    """Every credit of a person with all its entries, the latest completed first; two queries."""
    proofs: dict[int, tuple[ProofView, ...]] = {}
    entries = _entries.all(person=person.pk)
    for proof in _proofs.all(person=person.pk) if entries else ():
        proofs[proof.entry_id] = (*proofs.get(proof.entry_id, ()), proof_view(proof))
    return _histories(entries, proofs)


def ledger_of(person: Person) -> list[CreditView]:
    """The credits of a person that count, after corrections and withdrawals, the latest completed first; two queries."""
    return [history.current for history in history_of(person) if not history.withdrawn]


def ledgers_of(people: Iterable[int]) -> dict[int, list[CreditView]]:
    """The credits that count of each of these people, by number, ordered as `ledger_of` orders them and without their proofs; one query."""
    entries: dict[int, list[Entry]] = {pk: [] for pk in people}
    for entry in Entry.objects.filter(person_id__in=list(entries)):
        entries[entry.person_id].append(entry)
    return {pk: [history.current for history in _histories(rows, {}) if not history.withdrawn] for pk, rows in entries.items()}


def files_bytes_of(person: Person) -> int:
    """How many bytes of files a person keeps: proofs, and what lies in the shoebox; two queries."""
    proofs = Proof.objects.filter(entry__person=person).aggregate(whole=Sum("size_bytes"))["whole"] or 0
    dropped = Dropped.objects.filter(person=person).aggregate(whole=Sum("size_bytes"))["whole"] or 0
    return int(proofs) + int(dropped)


def entry_by_certificate(number: str) -> Entry | None:
    """The latest entry of the credit that a certificate of this site brought."""
    entry: Entry | None = Entry.objects.filter(certificate_number=number, corrected_by__isnull=True).order_by("-pk").first()
    return entry


def proof_view(proof: Proof) -> ProofView:
    """A proof as other areas see it."""
    return ProofView(
        id=proof.pk,
        name=proof.original_name,
        media_type=proof.media_type,
        size_bytes=proof.size_bytes,
        sha256=proof.sha256,
        added_at=proof.added_at,
        path=str(proof.file.name),
    )


def _histories(entries: Iterable[Entry], proofs: Mapping[int, tuple[ProofView, ...]]) -> list[CreditHistory]:
    found = [CreditHistory(_view(chain, proofs), chain) for chain in _chains(entries)]
    return sorted(found, key=lambda history: (history.current.completed_on, history.current.first_id), reverse=True)


def _chains(entries: Iterable[Entry]) -> list[tuple[Entry, ...]]:
    """Entries of one person, in order of entry, gathered by the credit they are about."""
    chains: dict[int, list[Entry]] = {}
    for entry in entries:
        chain = chains.pop(entry.corrects_id, []) if entry.corrects_id else []
        chains[entry.pk] = [*chain, entry]
    return [tuple(chain) for chain in chains.values()]


def _view(chain: tuple[Entry, ...], proofs: Mapping[int, tuple[ProofView, ...]]) -> CreditView:
    last = chain[-1]
    return CreditView(
        id=last.pk,
        first_id=chain[0].pk,
        title=last.title,
        provider_name=last.provider_name,
        completed_on=last.completed_on,
        minutes=last.minutes,
        format=last.format,
        topics=last.topics,
        approvals=tuple(last.approvals),
        category=last.category or None,
        course_key=last.course_key,
        origin=last.origin,
        certificate_number=last.certificate_number,
        note=last.note,
        entered_at=chain[0].entered_at,
        corrected=any(entry.kind == Kind.CORRECTION for entry in chain),
        proofs=tuple(proof for entry in chain for proof in proofs.get(entry.pk, ())),
    )


def export_of(person: Person) -> dict[str, Any]:
    """The whole ledger of a person as plain values: each credit with all its entries and proofs, oldest first."""
    return {"credits": [_exported(history) for history in reversed(history_of(person))]}


def _exported(history: CreditHistory) -> dict[str, Any]:
    names = ("id", "kind", "title", "provider_name", "minutes", "format", "topics", "approvals", "category", "course_key", "origin")
    return {
        "counts": not history.withdrawn,
        "entries": [
            {
                **{name: getattr(entry, name) for name in (*names, "certificate_number", "note")},
                "completed_on": entry.completed_on.isoformat(),
                "entered_at": entry.entered_at.isoformat(),
                "corrects": entry.corrects_id,
            }
            for entry in history.entries
        ],
        "proofs": [
            {
                "id": proof.id,
                "name": proof.name,
                "media_type": proof.media_type,
                "size_bytes": proof.size_bytes,
                "sha256": proof.sha256,
                "added_at": proof.added_at.isoformat(),
            }
            for proof in history.current.proofs
        ],
    }
