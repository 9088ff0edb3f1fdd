"""What can be done with one's own library: keep and take out, note, collect, take over a file."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.collections.models import LONGEST_NAME, LONGEST_NOTE, Collection, Kept
from perennial.apps.collections.queries import as_facts
from perennial.apps.works.queries import Work, works_with
from perennial.core.literature import Record, plain_doi, read_bibtex, read_csl, read_ris
from perennial.core.literature.titles import title_key
from perennial.core.values import Problem, Refusal, written

MOST_KEPT, MOST_COLLECTIONS, MOST_AT_ONCE, MOST_PROBLEMS = 20_000, 200, 5_000, 50
LARGEST_BYTES = 16 * 1024 * 1024
NAMELESS = ("has neither title nor DOI nor PubMed number", "Write its title into it and import the file again")
READERS = {"ris": read_ris, "bibtex": read_bibtex, "csl": read_csl}


@dataclass
class TakenOver:
    """What came of a file: works new in the library, those among them that the site knows, those there before, what could not be read."""

    new: int = 0
    known: int = 0
    there: int = 0
    problems: list[Problem] = field(default_factory=list)
    unread: int = 0


@transaction.atomic
def keep(*, person: Person, work: Work, at: datetime) -> Kept:
    """Keep a work; safe to repeat, and what was taken out comes back with its note."""
    _room(person, 1)
    kept, _ = Kept.objects.get_or_create(person=person, work=work, defaults={"title": work.title or work.citation, "added_at": at})
    return restore(kept=kept)


@transaction.atomic
def drop(*, kept: Kept, at: datetime) -> None:
    """Take a work out. Its note stays with it, so that it can be put back."""
    kept.dropped_at = kept.dropped_at or at
    kept.save(update_fields=["dropped_at"])


@transaction.atomic
def restore(*, kept: Kept) -> Kept:
    """Put a work back as it was."""
    if kept.dropped_at:
        kept.dropped_at = None
        kept.save(update_fields=["dropped_at"])
    return kept


@transaction.atomic
def note(*, kept: Kept, text: str) -> None:
    """Write the note on a work."""
    kept.note = written(text, "note", LONGEST_NOTE)
    kept.save(update_fields=["note"])


@transaction.atomic
def collect(*, person: Person, name: str) -> Collection:
    """Make a collection; one of that name is the same."""
    plain = " ".join(written(name, "name", LONGEST_NAME, required=True).split())
    if Collection.objects.filter(person=person).count() >= MOST_COLLECTIONS:
        raise Refusal(f"You have {MOST_COLLECTIONS} collections. Delete one first.")
    return Collection.objects.get_or_create(person=person, name=plain)[0]


@transaction.atomic
def rename(*, collection: Collection, name: str) -> None:
    """Give a collection another name."""
    plain = " ".join(written(name, "name", LONGEST_NAME, required=True).split())
    if Collection.objects.filter(person=collection.person, name=plain).exclude(pk=collection.pk).exists():
        raise Refusal(f"You have a collection called {plain} already. Choose another name.")
    collection.name = plain
    collection.save(update_fields=["name"])


def scatter(*, collection: Collection) -> None:
    """Delete a collection; its works stay in the library."""
    collection.delete()


@transaction.atomic
def put(*, kept: Kept, collections: Iterable[Collection]) -> None:
    """Put a work into these collections and no others; all are of one person."""
    chosen = list(collections)
    if any(one.person_id != kept.person_id for one in chosen):
        raise ValueError("a collection of somebody else")
    kept.collections.set(chosen)


@transaction.atomic
def take_over(*, person: Person, file: IO[bytes], form: str, collection: Collection | None, at: datetime) -> TakenOver:
    """Take over a file of a reference manager. What the site knows by DOI or PMID is kept as that work; the rest as facts of one's own.

    Each entry that cannot be read is named and left out; where nothing can be read, nothing changes. Safe to repeat.
    """
    done, records = TakenOver(), list[Record]()
    for seen, one in enumerate(READERS[form](file), 1):
        if isinstance(one, Problem):
            done.unread += 1
            done.problems = [*done.problems, one][:MOST_PROBLEMS]
        elif not (one.title or one.doi or one.pmid):
            done.unread += 1
            done.problems = [*done.problems, Problem(f"entry {seen}", *NAMELESS)][:MOST_PROBLEMS]
        else:
            records.append(one)
        if len(records) > MOST_AT_ONCE:
            raise Refusal(f"The file holds more than {MOST_AT_ONCE:,} works. Export it in parts.")
    if not records and not done.unread:
        raise Refusal("No entry was found in the file. In Zotero, choose File, Export Library, then RIS, BibTeX or CSL-JSON.")
    _room(person, len(records))
    kept = _keep_all(person, records, done, at)
    if collection is not None:
        collection.kept.add(*kept)
    return done


def form_of(head: bytes) -> str:
    """What form a file has, by its first bytes: ris, bibtex or csl. Raises Refusal where it is none of them."""
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith("TY  -"):
        return "ris"
    if text[:1] in ("[", "{"):
        return "csl"
    if "@" in text:
        return "bibtex"
    raise Refusal("This is no RIS, BibTeX or CSL-JSON file. In Zotero, choose Export, then one of these three.")


def _keep_all(person: Person, records: Sequence[Record], done: TakenOver, at: datetime) -> list[Kept]:
    works = works_with(dois=[one.doi for one in records], pmids=[one.pmid for one in records])
    there = {row.work_id or row.own_key: row for row in Kept.objects.filter(person=person)}
    found: dict[int | str, Kept] = {}
    fresh = list[Kept]()
    for record in records:
        work = works.get(record.doi) or works.get(record.pmid)
        key: int | str = work.pk if work else own_key(record)
        if key in found:
            continue
        row = there.get(key)
        if row is None:
            done.new, done.known = done.new + 1, done.known + bool(work)
            own = {} if work else as_facts(record)
            title = (work.title or work.citation) if work else record.title or record.doi
            row = Kept(person=person, work=work, facts=own, own_key="" if work else str(key), title=title or "Without a title", added_at=at)
            fresh.append(row)
        else:
            done.there += 1
        found[key] = row
    Kept.objects.bulk_create(fresh, batch_size=500)
    gone = [row.pk for row in found.values() if row.dropped_at]
    Kept.objects.filter(pk__in=gone).update(dropped_at=None)
    return list(found.values())


def own_key(record: Record) -> str:
    """By which a record of one's own is known again: its DOI, its PMID, or its title and year."""
    if plain_doi(record.doi):
        return f"doi:{plain_doi(record.doi)}"
    if record.pmid:
        return f"pmid:{record.pmid}"
    return f"title:{title_key(record.title, record.year)}" if record.title else f"facts:{hash_of(record)}"


def hash_of(record: Record) -> str:
    """A digest of all that a record tells."""
    return hashlib.sha256(json.dumps(as_facts(record), sort_keys=True).encode()).hexdigest()


def _room(person: Person, more: int) -> None:
    if Kept.objects.filter(person=person).count() + more > MOST_KEPT:
        raise Refusal(f"Your library would hold more than {MOST_KEPT:,} works. Take some out first.")
