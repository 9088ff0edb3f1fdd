"""Reads a person's own library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from django.db.models import Count, Q

from perennial.apps.accounts.queries import Person
from perennial.apps.collections.models import Collection, Kept
from perennial.apps.works.queries import Marked, Work, record_of, standings_of
from perennial.core.literature import Record, write_bibtex, write_csl, write_ris

__all__ = [
    "FORMATS",
    "Collection",
    "Kept",
    "Shelved",
    "collections_of",
    "export_of",
    "file_of",
    "is_kept",
    "library_of",
    "record_in",
    "references_of",
]

AT_ONCE = 50
FORMATS = {
    "bibtex": ("BibTeX", "bib", "application/x-bibtex", write_bibtex),
    "ris": ("RIS", "ris", "application/x-research-info-systems", write_ris),
    "csl": ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", write_csl),
}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A kept work, its record, its collections, and how it stands where it does not stand clear."""

    kept: Kept
    record: Record
    collections: Sequence[Collection]
    marked: Marked | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what fits, and how much fits in all."""

    shelved: Sequence[Shelved]
    count: int
    more: bool


def collections_of(person: Person) -> list[Collection]:
    """The person's collections with how many works each holds; one query."""
    held = Count("kept", filter=Q(kept__dropped_at=None))
    return list(Collection.objects.filter(person=person).annotate(held=held).order_by("name", "pk"))


def library_of(person: Person, *, words: str = "", collection: Collection | None = None, start: int = 0) -> Found:
    """What fits, the newest first, fifty at once; at most four queries."""
    rows = Kept.objects.filter(person=person, dropped_at=None)
    if collection is not None:
        rows = rows.filter(collections=collection)
    for word in words.split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(note__icontains=word) | Q(work__citation__icontains=word))
    some = list(rows.select_related("work").prefetch_related("collections")[start : start + AT_ONCE + 1])
    return Found(_shelved(some[:AT_ONCE]), rows.count(), len(some) > AT_ONCE)


def is_kept(person: Person, work: Work) -> bool:
    """Whether the person keeps this work."""
    return Kept.objects.filter(person=person, work=work, dropped_at=None).exists()


def record_in(kept: Kept) -> Record:
    """The work as a value."""
    return record_of(kept.work) if kept.work else as_record(kept.facts)


def file_of(person: Person, form: str, collection: Collection | None) -> str:
    """The whole library, or one collection, in a form of reference managers; one query."""
    return FORMATS[form][3](_records(person, collection))


def references_of(person: Person, manner: Literal["apa", "vancouver"], collection: Collection | None) -> list[str]:
    """Formatted references in alphabetical order; one query."""
    records = _records(person, collection)
    if manner == "vancouver":
        return sorted((one.vancouver for one in records), key=str.casefold)
    return sorted((f"{one.citation}{f' https://doi.org/{one.doi}' if one.doi else ''}" for one in records), key=str.casefold)


def export_of(person: Person) -> dict[str, Any]:
    """A person's own library as plain values; two queries."""
    rows = Kept.objects.filter(person=person).select_related("work").prefetch_related("collections")
    return {
        "library": [
            {
                "title": row.title,
                "citation": record_in(row).citation,
                "doi": record_in(row).doi,
                "note": row.note,
                "collections": [one.name for one in row.collections.all()],
                "added_at": row.added_at.isoformat(),
                "taken_out": row.dropped_at is not None,
            }
            for row in rows
        ]
    }


def as_facts(record: Record) -> dict[str, Any]:
    """What is kept of a record of one's own, as JSON holds it."""
    names = [one.name for one in fields(Record) if one.name not in ("told", "published_on")]
    values = {name: getattr(record, name) for name in names}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}


def as_record(facts: Mapping[str, Any]) -> Record:
    """A record from what was kept."""
    known = {one.name for one in fields(Record)}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items() if name in known}
    return Record(**values)


def _records(person: Person, collection: Collection | None) -> list[Record]:
    rows = Kept.objects.filter(person=person, dropped_at=None).select_related("work")
    return [record_in(row) for row in (rows.filter(collections=collection) if collection else rows)]


def _shelved(rows: Iterable[Kept]) -> list[Shelved]:
    found = [(row, record_in(row)) for row in rows]
    marks = standings_of(record.doi or record.pmid for _, record in found)
    return [Shelved(row, record, list(row.collections.all()), marks.get(record.doi or record.pmid)) for row, record in found]
