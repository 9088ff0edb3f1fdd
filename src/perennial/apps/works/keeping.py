"""Keeps records as works: one for each work, whatever services told of it; a whole batch in one transaction, or none of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from perennial.apps.works import bulk
from perennial.apps.works.models import Work
from perennial.apps.works.notices import keep_notices
from perennial.apps.works.rows import COLUMNS, PLACES, STATED, TITLE, Ready, ready, record_of_row
from perennial.core.literature import Record, Told
from perennial.core.literature.joining import Known, Shelf, merge, shelf_of, tells
from perennial.core.literature.titles import family

MOST_WORDS = 20  # of what was kept apart, told


@dataclass
class Kept:
    """What came of a batch: works that are new, joined with known ones and changed by it or not, kept apart, and taken back."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    apart: int = 0
    taken_back: int = 0
    notices: int = 0
    words: list[str] = field(default_factory=list)

    def add(self, other: "Kept") -> None:
        """Count the other too."""
        for name in ("new", "changed", "unchanged", "apart", "taken_back", "notices"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.words = [*self.words, *other.words][:MOST_WORDS]


def keep_records(*, records: Iterable[Record], at: datetime) -> Kept:
    """Keep these; safe to repeat. `at` is this moment, by which search indexes follow."""
    return keep_ready(batch=[ready(one) for one in records], at=at)


@transaction.atomic
def keep_ready(*, batch: Sequence[Ready], at: datetime) -> Kept:
    """Keep rows that were made ready elsewhere."""
    bulk.lock()
    shelf, kept = _shelf(batch), Kept()
    entering: dict[int, tuple[Ready, str]] = {}  # by a number below zero, which stands for the key until there is one
    joining: dict[int, list[tuple[Ready, str, str]]] = {}
    for one in batch:
        asked = one.known(-len(entering) - 1)
        placed = shelf.place(asked)
        if placed.known is None:
            alone = _without(one, placed.without)
            entering[asked.key] = (alone, placed.because)
            shelf.add(alone.known(asked.key) if placed.without else asked)
            kept.apart += bool(placed.because)
            kept.words += [placed.because] if placed.because and len(kept.words) < MOST_WORDS else []
        elif placed.known.key < 0:
            first, because = entering[placed.known.key]
            joined = _joined(first, one, placed.without)
            entering[placed.known.key] = (joined, because)
            shelf.change(placed.known, joined.known(placed.known.key))
            kept.unchanged += 1
        else:
            told = _without(one, placed.without).known(placed.known.key)
            shelf.change(placed.known, placed.known._replace(doi=told.doi or placed.known.doi, pmid=told.pmid or placed.known.pmid))
            joining.setdefault(placed.known.key, []).append((one, placed.because, placed.without))
    bulk.insert([(one.row, because) for one, because in entering.values()], at)
    kept.new = len(entering)
    _join(joining, at, kept)
    kept.notices = keep_notices(_told(batch), at)
    return kept


@transaction.atomic
def take_back(*, pmids: Sequence[str], at: datetime) -> int:
    """Mark works that PubMed deleted: they stand in no list any more, and what people made of them stays. Gives how many were known."""
    return Work.objects.filter(pmid__in=pmids, source=Work.Source.PUBMED, taken_back=False).update(taken_back=True, changed_at=at)


def row_of_work(work: Work) -> tuple[object, ...]:
    """A kept work as a row."""
    return tuple(getattr(work, name) for name in COLUMNS)


def _shelf(batch: Sequence[Ready]) -> Shelf:
    """The works that are known of those that the batch may be about: three queries."""
    dois, pmids = {one.row[0] for one in batch} - {""}, {one.row[1] for one in batch} - {""}
    titles = {one.row[TITLE] for one in batch if tells(one.row[TITLE]) or not (one.row[0] or one.row[1])} - {""}
    found: dict[int, Known] = {}
    for name, values in (("doi", dois), ("pmid", pmids), ("title_key", titles)):
        for pk, doi, pmid, title, author, source, where in bulk.find(name, values):
            found.setdefault(pk, Known(pk, doi, pmid, title, family(author), source, where))
    return shelf_of(found.values())


def _without(one: Ready, name: str) -> Ready:
    if not name:
        return one
    row = list(one.row)
    row[PLACES[name]] = ""
    return one._replace(row=tuple(row))


def _joined(first: Ready, second: Ready, without: str) -> Ready:
    """The two as one; a design that somebody stated stays."""
    old, new = record_of_row(first.row), record_of_row(_without(second, without).row)
    merged = merge(old, new)
    stated = next((each.row[PLACES["level"]] for each in (second, first) if each.row[PLACES["level_because"]] == STATED), "")
    made = ready(merged, stated)
    if merged.title:
        return made
    row = list(made.row)
    row[PLACES["citation"]] = first.row[PLACES["citation"]]  # the text of a course says more than a line without title
    return made._replace(row=tuple(row))


def _join(joining: dict[int, list[tuple[Ready, str, str]]], at: datetime, kept: Kept) -> None:
    works = Work.objects.in_bulk(list(joining)) if joining else {}
    changed: list[tuple[tuple[object, ...], str, int]] = []
    for key, others in joining.items():
        work = works[key]
        before = now = Ready(row_of_work(work), "")
        because = work.joined_because
        for one, why, without in others:
            now = _joined(now, one, without)
            because = why if one.row[PLACES["source"]] != work.source or not because else because
        was = _joined(before, before, "").row
        if now.row != was or work.taken_back:
            changed.append((now.row, because, key))
        kept.unchanged += len(others) - (now.row != was)
    bulk.update(changed, at)
    kept.changed += len(changed)


def _told(batch: Sequence[Ready]) -> list[Told]:
    """What was told; where only a PMID names the work, with the DOI that it has here."""
    told = [one for each in batch for one in each.told]
    bare = {one.pmid for one in told if one.pmid and not one.doi}
    dois = dict(Work.objects.filter(pmid__in=bare).values_list("pmid", "doi")) if bare else {}
    return [one if one.doi else replace(one, doi=dois.get(one.pmid, "")) for one in told]
