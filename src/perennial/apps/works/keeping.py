"""Keeps records as works: one for each work, whatever services told of it; a whole batch in one transaction, or none of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from perennial.apps.works import bulk
from perennial.apps.works.models import Work
from perennial.apps.works.notices import complete_notices, keep_notices
from perennial.apps.works.rows import COLUMNS, PLACES, SOURCE, STATED, TITLE, Ready, ready, record_of_row
from perennial.apps.works.uniting import unite
from perennial.core.literature import Record
from perennial.core.literature.joining import Known, Placed, Shelf, merge, shelf_of, tells
from perennial.core.literature.titles import family

DOI, PMID, CITATION = PLACES["doi"], PLACES["pmid"], PLACES["citation"]
MOST_WORDS = 20  # of what was kept apart, told


@dataclass
class Kept:
    """What came of a batch: works that are new, joined with known ones and changed by it or not, kept apart, and taken back; and how many
    works that stood here twice became one."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    apart: int = 0
    united: int = 0
    taken_back: int = 0
    notices: int = 0
    words: list[str] = field(default_factory=list)

    def add(self, other: "Kept") -> None:
        """Count the other too."""
        for name in ("new", "changed", "unchanged", "apart", "united", "taken_back", "notices"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.words = [*self.words, *other.words][:MOST_WORDS]


@dataclass
class Sorted:
    """A batch, each record where it belongs: to a work that enters (by a number below zero, which stands for the key until there is one) or
    to one that is known. `into` are known works that the batch proves to be others, each with the one that stays and why."""

    shelf: Shelf
    kept: Kept = field(default_factory=Kept)
    entering: dict[int, tuple[Ready, str]] = field(default_factory=dict)
    joining: dict[int, list[tuple[Ready, str, str]]] = field(default_factory=dict)
    into: dict[int, tuple[int, str]] = field(default_factory=dict)
    entered: int = 0

    def take(self, one: Ready) -> None:
        """Put a record where it belongs."""
        asked = one.known(-self.entered - 1)
        placed = self.shelf.place(asked)
        if placed.without:
            self.kept.apart += 1
            self.kept.words += [placed.because] if len(self.kept.words) < MOST_WORDS else []
        known = self._unite(placed, placed.goes) if placed.goes else placed.known
        if known is None:
            self._enter(one, asked, placed)
        elif known.key < 0:
            first, because = self.entering[known.key]
            joined = _joined(first, one, placed.without)
            self.entering[known.key] = (joined, because)
            self.shelf.change(known, joined.known(known.key))
            self.kept.unchanged += 1
        else:
            told = _without(one, placed.without).known(known.key)
            self.shelf.change(known, known._replace(doi=told.doi or known.doi, pmid=told.pmid or known.pmid))
            self.joining.setdefault(known.key, []).append((one, placed.because, placed.without))

    def _enter(self, one: Ready, asked: Known, placed: Placed) -> None:
        alone = _without(one, placed.without)
        self.entered += 1
        self.entering[asked.key] = (alone, placed.because)
        self.shelf.add(alone.known(asked.key) if placed.without else asked)

    def _unite(self, placed: Placed, goes: Known) -> Known | None:
        """Take two works for one, of which none, one or both are known; gives what is known of it: with both numbers, it never goes."""
        stays = placed.known
        if stays is None:
            return None
        if goes.key > 0:
            self.into[goes.key] = (stays.key, placed.because)
            self.joining.setdefault(stays.key, []).extend(self.joining.pop(goes.key, []))
            return self.shelf.join(stays, goes)
        second, _ = self.entering.pop(goes.key)
        self.kept.unchanged += 1
        if stays.key > 0:
            self.joining.setdefault(stays.key, []).append((second, placed.because, ""))
        else:
            first, because = self.entering[stays.key]
            self.entering[stays.key] = (_joined(first, second, ""), because or placed.because)
        return self.shelf.join(stays, goes)


def keep_records(*, records: Iterable[Record], at: datetime) -> Kept:
    """Keep these; safe to repeat. `at` is this moment, by which search indexes follow."""
    return keep_ready(batch=[ready(one) for one in records], at=at)


@transaction.atomic
def keep_ready(*, batch: Sequence[Ready], at: datetime) -> Kept:
    """Keep rows that were made ready elsewhere."""
    bulk.lock()
    found = Sorted(_shelf(batch))
    for one in batch:
        found.take(one)
    kept = found.kept
    changed = _changed(found, at)  # what goes gives its numbers free first
    bulk.insert([(one.row, because) for one, because in found.entering.values()], at)
    bulk.update(changed, at)
    kept.new, kept.changed, kept.united = len(found.entering), len(changed), len(found.into)
    rows = [*(one.row for one, _ in found.entering.values()), *(row for row, _, _ in changed)]
    complete_notices({row[PMID]: row[DOI] for row in rows if row[PMID] and row[DOI]}, at)
    kept.notices = keep_notices([one for each in batch for one in each.told], at)
    return kept


@transaction.atomic
def take_back(*, pmids: Sequence[str], at: datetime) -> int:
    """Mark works that PubMed deleted: they stand in no list any more, and what people made of them stays. Gives how many were known."""
    return Work.objects.filter(pmid__in=pmids, source=Work.Source.PUBMED, taken_back=False).update(taken_back=True, changed_at=at)


def row_of_work(work: Work) -> tuple[Any, ...]:
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


def _changed(found: Sorted, at: datetime) -> list[tuple[tuple[Any, ...], str, int]]:
    """The rows of known works that change, each with why records were joined, and its key; what they were proved to be besides goes first.

    One query for all of them, and as many more for those that unite as there are kinds of things that refer to works.
    """
    keys = {*found.joining, *found.into}
    works = (Work.objects.select_for_update().order_by("pk") if found.into else Work.objects).in_bulk(keys) if keys else {}
    twins: dict[int, list[Work]] = {}
    for gone, (stays, _) in found.into.items():
        twins.setdefault(stays, [works[stays]]).append(works[gone])
    changed: list[tuple[tuple[Any, ...], str, int]] = []
    for key, others in found.joining.items():
        work = works[key]
        now = _of_twins(twins[key]) if key in twins else Ready(row_of_work(work), "")
        before, because = now, "" if key in twins else work.joined_because
        for one, why, without in others:
            now = _joined(now, one, without)
            because = why if one.row[SOURCE] != work.source or not because else because
        was = _joined(before, before, "").row
        if now.row != was or work.taken_back or key in twins:
            changed.append((now.row, because, key))
        found.kept.unchanged += len(others) - (now.row != was)
    if found.into:
        unite(into=found.into, works=works, at=at)
    return changed


def _of_twins(works: Iterable[Work]) -> Ready:
    """What is kept of works that are one, by the rule by which records are joined, as if they came in the order in which they were read."""
    first, *others = [Ready(row_of_work(one), "") for one in sorted(works, key=lambda one: (one.read_at, one.pk))]
    citation = max((each.row[CITATION] for each in (first, *others)), key=len)
    for other in others:
        first = _joined(first, other, "")
    return first if first.row[PLACES["title"]] else first._replace(row=(*first.row[:CITATION], citation, *first.row[CITATION + 1 :]))
