"""The courses offered now, held in memory without their text: filtered, searched and sorted in a few milliseconds for ten thousand.

A version of a course never changes, so each request asks the database only whether the same versions are offered as before.
Sets of courses are whole numbers with one bit for each course, in the order of titles: to combine and count them costs nothing.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from threading import Lock
from typing import Any

from django.db.models import Count, Max

from perennial.apps.courses.awarding import key_of
from perennial.apps.courses.models import Course
from perennial.apps.courses.naming import format_name, level_name, practice_name, topic_name
from perennial.apps.courses.search import Found, Index
from perennial.tables import Prepared

# Length of a course in minutes of credit: at least, and at most.
HOURS: Mapping[str, tuple[int, int]] = {"short": (0, 60), "middle": (61, 180), "long": (181, 10**6)}
SORTS = ("best", "title", "newest", "shortest", "longest")
COUNTS = ("yes", "may")
FACETS = ("topic", "practice", "format", "level", "hours", "free")
COLUMNS = (
    "pk",
    "slug",
    "title",
    "summary",
    "version",
    "level",
    "is_free",
    "minutes",
    "topics",
    "parts",
    "format",
    "practices",
    "loaded_at",
    "provider",
    "bodies",
)
TITLE, NAMED, SUMMARY = 6, 3, 2
MOST_SEARCHES = 100
OFFERED = Course.objects.filter(is_current=True, is_listed=True).order_by()


@dataclass(frozen=True, slots=True)
class Filters:
    """What someone looks for in the catalog; empty means all. `counts`: for one's licenses, "yes", or "may" with what is not known."""

    search: str = ""
    topic: str = ""
    hours: str = ""
    free: bool = False
    practice: str = ""
    format: str = ""
    level: str = ""
    counts: str = ""
    sort: str = ""

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.search or self.counts or any(getattr(self, facet) for facet in FACETS))

    @property
    def order(self) -> str:
        """How results are sorted: as asked, else by match where there is a search, else by title."""
        return self.sort or ("best" if self.search else "title")


@dataclass(frozen=True, slots=True)
class Entry:
    """A version of a course as the catalog shows it; named as the columns of the table are."""

    pk: int
    slug: str
    title: str
    summary: str
    version: int
    level: str
    is_free: bool
    minutes: int
    topics: Mapping[str, int]
    parts: int
    format: str
    practices: Sequence[str]
    loaded_at: datetime
    provider: str
    bodies: Sequence[str] = ()

    def values(self, facet: str) -> Sequence[str]:
        """What the course has of a facet."""
        if facet == "topic":
            return tuple(self.topics)
        if facet == "practice":
            return self.practices
        if facet == "hours":
            return [name for name, (least, most) in HOURS.items() if least <= self.minutes <= most]
        if facet == "free":
            return ["1"] if self.is_free else []
        return [str(getattr(self, facet))]


@dataclass(frozen=True)
class Shelf:
    """All entries by title, and for each facet and value the set of entries that have it."""

    entries: tuple[Entry, ...] = ()
    sets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)
    by_rule: dict[Any, Any] = field(default_factory=dict, compare=False)
    """What `verdicts` works out once for this shelf and a rule."""

    @property
    def all(self) -> int:
        """The set of all entries."""
        return (1 << len(self.entries)) - 1

    @cached_property
    def named(self) -> Mapping[str, Sequence[int]]:
        """The entries by key in records, and by title without case."""
        found: dict[str, list[int]] = {}
        for entry in self.entries:
            for name in (key_of(entry.slug), folded(entry.title)):
                found.setdefault(name, []).append(entry.pk)
        return found

    def set_of(self, facet: str, value: str) -> int:
        """The entries with this value of a facet; all of them for no value."""
        return self.sets[facet].get(value, 0) if value else self.all

    def these(self, chosen: int, order: str = "") -> list[Entry]:
        """The entries of a set: the newest, shortest or longest first, or else by title."""
        bits = f"{chosen:b}"[::-1].ljust(len(self.entries), "0")
        if order in self.orders:
            return [entry for place, entry in self.orders[order] if bits[place] == "1"]
        return [entry for entry, bit in zip(self.entries, bits, strict=False) if bit == "1"]

    def entry(self, pk: int) -> Entry | None:
        """The entry of this version, if it is offered."""
        place = self.places.get(pk)
        return None if place is None else self.entries[place]

    def some(self, topics: Collection[str], *, but: Container[str], most: int, free: bool = False) -> list[Entry]:
        """At most so many entries with one of these topics, or of all where none is named, by title, without the short names in `but`."""
        left = reduce(or_, (self.sets["topic"].get(topic, 0) for topic in topics), 0) if topics else self.all
        left &= self.sets["free"].get("1", 0) if free else self.all
        found: list[Entry] = []
        while left and len(found) < most:
            lowest = left & -left
            left ^= lowest
            entry = self.entries[lowest.bit_length() - 1]
            if entry.slug not in but:
                found.append(entry)
        return found

    @cached_property
    def orders(self) -> Mapping[str, Sequence[tuple[int, Entry]]]:
        """The entries with their places in other orders than that of titles."""
        placed = tuple(enumerate(self.entries))
        return {
            "newest": sorted(placed, key=lambda entry: entry[1].loaded_at, reverse=True),
            "shortest": sorted(placed, key=lambda entry: entry[1].minutes),
            "longest": sorted(placed, key=lambda entry: -entry[1].minutes),
        }


@dataclass(frozen=True)
class Look:
    """What is on the shelf for someone's filters, before it is judged for licenses."""

    shelf: Shelf
    filters: Filters
    found: Found | None

    def known(self) -> "Look":
        """The same without values that no course here has."""
        gone = [
            facet
            for facet in FACETS
            if facet != "free" and asked_of(self.filters, facet) not in {"", *self.shelf.sets[facet], *(HOURS if facet == "hours" else ())}
        ]
        filters = self.filters
        for facet in gone:
            filters = replace(filters, **{facet: ""})  # type: ignore[arg-type]  # facets other than free are texts
        return replace(self, filters=filters)

    @cached_property
    def _searched(self) -> int:
        if self.found is None:
            return self.shelf.all
        places = self.shelf.places
        return bits_of((places[pk] for pk in self.found.scores if pk in places), len(self.shelf.entries))

    def _but(self, left_out: str) -> int:
        """Entries that fit the search and every facet but this one."""
        fitting = self._searched
        for facet in FACETS:
            if facet != left_out:
                fitting &= self.shelf.set_of(facet, asked_of(self.filters, facet))
        return fitting

    def counts(self, facet: str) -> dict[str, int]:
        """How many entries there would be for each value of a facet, the other facets as they are; values without any are left out."""
        rest = self._but(facet)
        counted = {value: (rest & having).bit_count() for value, having in self.shelf.sets[facet].items()}
        return {value: count for value, count in counted.items() if count or value == asked_of(self.filters, facet)}

    @cached_property
    def fitting(self) -> int:
        """The set of entries that fit."""
        return self._but("")

    def entries(self, chosen: int) -> list[Entry]:
        """The entries of a set, in the order asked for."""
        fitting = self.shelf.these(chosen, self.filters.order)
        if self.filters.order == "best" and self.found:
            scores = self.found.scores
            fitting.sort(key=lambda entry: -scores[entry.pk])
        return fitting


def folded(title: str) -> str:
    """A title as records are compared by it."""
    return " ".join(title.casefold().split())


def asked_of(filters: Filters, facet: str) -> str:
    """The value that is asked for of a facet; empty for any."""
    value = getattr(filters, facet)
    return ("1" if value else "") if isinstance(value, bool) else str(value)


def bits_of(places: Iterable[int], size: int) -> int:
    """Places as a set."""
    marks = bytearray(size // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


class Shelves:
    """Keeps the shelf of this process as the database has it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = Index()
        self._kept: dict[int, Entry] = {}
        self._found: dict[str, Found] = {}
        self._mark: Any = None  # as of an empty shelf
        self._shelf = shelve(())

    def look(self, filters: Filters) -> Look:
        """What fits the filters now; one query where nothing changed, three where something did."""
        with self._lock:
            mark = mark_now()
            if mark != self._mark:
                self._renew()
                self._mark = mark
            found = self._find(filters.search) if filters.search else None
            return Look(self._shelf, filters, found)

    def _find(self, asked: str) -> Found:
        """What was found before for the same words; people turn pages and change filters more often than words."""
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= MOST_SEARCHES:
                self._found.clear()
            found = self._found[asked] = self._index.find(asked)
        return found

    def _renew(self) -> None:
        self._found.clear()
        now = dict(OFFERED.values_list("pk", "loaded_at"))
        gone = [pk for pk, entry in self._kept.items() if now.get(pk) != entry.loaded_at]
        for pk in gone:
            self._index.drop(pk)
            del self._kept[pk]
        new = OFFERED.filter(pk__in=[pk for pk in now if pk not in self._kept]) if self._kept else OFFERED.all()
        for row in new.values_list(*COLUMNS).iterator():
            entry = Entry(*row)
            self._kept[entry.pk] = entry
            self._index.keep(entry.pk, texts_of(entry))
        self._shelf = shelve(self._kept.values())


_mark = Prepared(lambda: OFFERED.values("is_current").annotate(count=Count("pk"), last=Max("loaded_at")).values("count", "last"))


def mark_now() -> tuple[Any, ...] | None:
    """What changes whenever another set of versions is offered: how many, and when the last came to be offered."""
    return _mark.row()


def texts_of(entry: Entry) -> list[tuple[str, int]]:
    """The texts by which a course is found, with the weight of their words."""
    named = [*map(topic_name, entry.topics), *map(practice_name, entry.practices), level_name(entry.level), format_name(entry.format)]
    return [(entry.title, TITLE), (entry.summary, SUMMARY), *((name, NAMED) for name in named)]


def shelve(entries: Iterable[Entry]) -> Shelf:
    """Entries in the order of their titles, with the sets by which they are filtered."""
    ordered = tuple(sorted(entries, key=lambda entry: (entry.title.casefold(), entry.pk)))
    held: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for place, entry in enumerate(ordered):
        for facet in FACETS:
            for value in entry.values(facet):
                held[facet].setdefault(value, []).append(place)
    sets = {facet: {value: bits_of(places, len(ordered)) for value, places in values.items()} for facet, values in held.items()}
    return Shelf(ordered, sets, {entry.pk: place for place, entry in enumerate(ordered)})


shelves = Shelves()


def shelf_now() -> Shelf:
    """The courses offered now; one query where nothing changed."""
    return shelves.look(Filters()).shelf
