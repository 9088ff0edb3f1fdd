"""Keeps the index of works: it follows the tables, a batch at a time, and notes how far it is together with what it took in.

Three things are followed: works by the moment of their last change, what was said of their practices by key, and notices by the
moment they were first read. Whatever is read twice is put in twice in the same place, so that stopping anywhere does no harm.
"""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from perennial.apps.works.queries import (
    Standing,
    Work,
    changed_after,
    marks_of,
    new_notices_after,
    practice_slugs_of,
    tagged_after,
    works_by_ids,
    works_with,
)
from perennial.core.literature import Level
from perennial.core.search import Busy, Entry, SearchIndex

log = logging.getLogger(__name__)

BATCH = 1000
EARLIER = timedelta(minutes=1)  # on PostgreSQL a transaction that began earlier may end later
MANY = 50_000
FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_open: dict[Path, SearchIndex] = {}
_taken: set[tuple[int, datetime]] = set()


@dataclass(frozen=True, slots=True)
class Place:
    """How far the index is: the last changed work, the last word on a practice, the last notice."""

    changed: datetime | None = None
    work: int = 0
    tag: int = 0
    told: datetime | None = None
    notice: int = 0

    @classmethod
    def of(cls, noted: dict[str, Any]) -> "Place":
        """What the index has noted; the beginning where it is empty or of another shape."""
        try:
            changed, told = (datetime.fromisoformat(noted[name]) if noted[name] else None for name in ("changed", "told"))
            return cls(changed, int(noted["work"]), int(noted["tag"]), told, int(noted["notice"]))
        except (KeyError, TypeError, ValueError):
            return cls()

    @property
    def noted(self) -> dict[str, object]:
        """As JSON can hold it."""
        moments = {name: moment.isoformat() if moment else "" for name, moment in (("changed", self.changed), ("told", self.told))}
        return {**moments, "work": self.work, "tag": self.tag, "notice": self.notice}


def opened() -> SearchIndex | None:
    """The index of this site, kept open in this process; None where it cannot be opened: the background worker makes it anew then."""
    folder = Path(settings.SEARCH)
    found = _open.get(folder)
    if found is not None and (found.folder / "meta.json").exists():
        return found
    try:
        _open[folder] = SearchIndex(folder)
    except (OSError, ValueError):
        _open.pop(folder, None)
        return None
    return _open[folder]


def follow(*, at: datetime, carry_on: Callable[[], bool] = lambda: True) -> int:
    """Take in what changed since the last time; gives how many works were put in. Nothing where another process does it now."""
    index, done = opened() or _anew(), 0
    try:
        if late := _late(Place.of(index.place()), at):
            done += index.keep(entries_of(late), gone=[one.pk for one in late if one.taken_back])
            _took(late)
        while carry_on() and (seen := _next(index)):
            done += seen
    except (OSError, ValueError):  # torn since it was opened: the next round looks anew, and makes it anew where it cannot be opened
        _open.pop(Path(settings.SEARCH), None)
        raise
    except Busy:
        log.info("The index of works is written by another process; this one leaves it to it")
    return done


def rebuild(*, report: Callable[[str], None] = lambda _: None) -> int:
    """Make the index anew while readers find what there was; gives how many works are in it. Raises Busy while another process writes."""
    index, noted = opened() or _anew(), dict[str, object]()

    def entries() -> Iterator[Entry]:
        place, seen = _ends(), set[int]()
        while works := changed_after(place.changed, place.work, BATCH):
            place = replace(place, changed=works[-1].changed_at, work=works[-1].pk)
            yield from entries_of([one for one in works if one.pk not in seen])
            seen.update(one.pk for one in works)
            _took(works)
            report(f"{len(seen):,} works")
        noted.update(place.noted)

    return index.keep(entries(), place=noted, anew=True)


def entries_of(works: Iterable[Work]) -> list[Entry]:
    """Works as the index keeps them; two queries for each five hundred."""
    known = [one for one in works if not one.taken_back]
    slugs = practice_slugs_of([one.pk for one in known])
    marks = marks_of(known)
    retracted = {pk for pk, mark in marks.items() if mark.standing == Standing.RETRACTED}
    return [entry_of(one, slugs.get(one.pk, ()), retracted=one.pk in retracted) for one in known]


def entry_of(work: Work, slugs: Sequence[str], *, retracted: bool) -> Entry:
    """One work as the index keeps it; a work that only a course cites is found by the words of its reference."""
    level = Level(work.level)
    return Entry(
        id=work.pk,
        title=work.title or work.citation,
        abstract=work.abstract or work.summary,
        authors=work.authors,
        headings=[*work.mesh, *work.keywords],
        practices=slugs,
        level=level.value,
        rank=level.rank,
        year=work.year,
        free=bool(work.free_url),
        retracted=retracted,
        language=work.language,
    )


def _next(index: SearchIndex) -> int:
    """Take in the next batch of each kind; gives how many works there were to look at, 0 where nothing is left."""
    place = Place.of(index.place())
    works, tags = changed_after(place.changed, place.work, BATCH), tagged_after(place.tag, BATCH)
    notices = new_notices_after(place.told or FIRST, pk=place.notice, limit=BATCH)
    if not (works or tags or notices):
        return 0
    about = {one.pk: one for one in works}
    about |= {one.pk: one for one in works_with(dois={one.doi for one in notices}, pmids={one.pmid for one in notices}).values()}
    about |= {one.pk: one for one in works_by_ids(sorted({pk for _, pk in tags} - set(about)))}
    place = replace(place, changed=works[-1].changed_at, work=works[-1].pk) if works else place
    place = replace(place, tag=tags[-1][0]) if tags else place
    place = replace(place, told=notices[-1].known_at, notice=notices[-1].pk) if notices else place
    index.keep(entries_of(about.values()), gone=[pk for pk, one in about.items() if one.taken_back], place=place.noted)
    _took(works)
    return len(about) or 1


def _ends() -> Place:
    """A place after all that was said of practices and all notices, for one that reads every work from the first."""
    place = Place()
    while tags := tagged_after(place.tag, MANY):
        place = replace(place, tag=tags[-1][0])
    while notices := new_notices_after(place.told or FIRST, pk=place.notice, limit=MANY):
        place = replace(place, told=notices[-1].known_at, notice=notices[-1].pk)
    return place


def _late(place: Place, at: datetime) -> list[Work]:
    """Works whose change bears a moment that was passed already, as happens on PostgreSQL while several write."""
    if connection.vendor != "postgresql" or place.changed is None or at - place.changed > 2 * EARLIER:
        return []
    found, moment, pk = list[Work](), place.changed - EARLIER, 0
    while works := changed_after(moment, pk, BATCH):
        moment, pk = works[-1].changed_at, works[-1].pk
        found += [one for one in works if one.changed_at <= place.changed and (one.pk, one.changed_at) not in _taken]
    return found


def _took(works: Sequence[Work]) -> None:
    """Remember what was taken in lately, so that looking back does not take it in again."""
    if works:
        last = works[-1].changed_at
        _taken.intersection_update({one for one in _taken if one[1] >= last - EARLIER})
        _taken.update((one.pk, one.changed_at) for one in works)


def _anew() -> SearchIndex:
    """An empty index in the place of one that cannot be opened."""
    shutil.rmtree(settings.SEARCH, ignore_errors=True)
    _open[Path(settings.SEARCH)] = SearchIndex(Path(settings.SEARCH))
    return _open[Path(settings.SEARCH)]
