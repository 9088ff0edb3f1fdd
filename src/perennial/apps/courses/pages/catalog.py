"""The catalog: courses by what they teach, what they are and whether they count for one's licenses; its address says all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone

from perennial.apps.courses.naming import format_name, level_name, practice_name, topic_name
from perennial.apps.courses.queries import Enrolment, latest_enrolments
from perennial.apps.courses.shelf import COUNTS, SORTS, Entry, Filters, Look, shelves
from perennial.apps.courses.verdicts import Judge, Verdict
from perennial.ui import Page, Request, show

PER_PAGE = 20
SECONDS = 0.015  # for judging; what is not judged in time is judged by the next requests, and the page says so
LENGTHS = {"short": "Up to 1 h", "middle": "1 to 3 h", "long": "Over 3 h"}
COUNTING = {"yes": "Counts for one at least", "may": "Counts, or is not known"}
ORDERS = {"best": "Best match", "title": "Title", "newest": "Newest first", "shortest": "Shortest first", "longest": "Longest first"}
NAMES = {"q": "search", "topic": "topic", "practice": "practice", "format": "format", "level": "level", "hours": "hours"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose: what it is called, and how many courses have it."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A course with the names of its topics, what it is for the reader's licenses and what the reader has done of it."""

    course: Entry
    address: str
    format: str
    topics: Sequence[str]
    verdicts: Sequence[Verdict]
    enrolment: Enrolment | None


class CatalogPage(Page):
    """What the catalog shows."""

    template = "courses/pages/catalog.html"
    title = "Courses"
    nav = "courses"
    description = "Free courses for mental health clinicians, each with a free certificate."
    offers: Sequence[Offer]
    found: int
    open: int
    filters: Filters
    selects: Sequence[tuple[str, str, Sequence[Option]]]
    lengths: Sequence[Option]
    counting: Sequence[Option]
    orders: Sequence[Option]
    free: int
    instead: Sequence[tuple[str, str]]
    shown: tuple[int, int]
    before: str
    after: str


def catalog(request: Request) -> HttpResponse:
    """Courses that fit what the address asks for."""
    look = shelves.look(filters_in(request)).known()
    filters, person = look.filters, request.user if request.user.is_authenticated else None
    judge = Judge(person, look.shelf, day=timezone.localdate(), seconds=SECONDS) if person else None
    chosen, open_ = look.fitting, 0
    if judge and judge.has_licenses and filters.counts:
        chosen, open_ = judge.counting(chosen, filters.counts)
    entries = look.entries(chosen)
    first = first_of(request, len(entries))
    here = entries[first : first + PER_PAGE]
    begun = latest_enrolments(person) if person else {}
    root = request.path  # the address of a course begins with that of the catalog: to work it out twenty times takes a tenth of the page
    page = CatalogPage(
        offers=[offer(entry, root, judge, begun) for entry in here],
        found=len(entries),
        open=open_.bit_count(),
        filters=filters,
        selects=selects(look),
        lengths=options(LENGTHS.items(), look.counts("hours"), filters.hours),
        counting=[Option(value, words, value == filters.counts) for value, words in COUNTING.items()]
        if judge and judge.has_licenses
        else [],
        orders=[Option(value, words, value == filters.order) for value, words in ORDERS.items() if value != "best" or filters.search],
        free=look.counts("free").get("1", 0),
        instead=look.found.instead if look.found else (),
        shown=(first + 1, first + len(here)),
        before=address(filters, first // PER_PAGE) if first else "",
        after=address(filters, first // PER_PAGE + 2) if first + PER_PAGE < len(entries) else "",
    )
    return show(request, page, part="results")


def offer(entry: Entry, root: str, judge: Judge | None, begun: Mapping[str, Enrolment]) -> Offer:
    """A course as a row of the catalog."""
    verdicts = judge.verdicts(entry) if judge and judge.has_licenses else ()
    return Offer(
        entry,
        f"{root}{entry.slug}/",
        format_name(entry.format),
        [topic_name(slug) for slug in entry.topics],
        verdicts,
        begun.get(entry.slug),
    )


def selects(look: Look) -> list[tuple[str, str, list[Option]]]:
    """The lists to choose from: name in the address, words, and what is there. A list of one value that all have is left out."""
    facets = (
        ("topic", "Topic", topic_name),
        ("practice", "Practice", practice_name),
        ("format", "Format", format_name),
        ("level", "Level", level_name),
    )
    made = []
    for facet, words, name in facets:
        counts, value = look.counts(facet), getattr(look.filters, facet)
        named = sorted(((slug, name(slug)) for slug in counts), key=lambda entry: entry[1])
        if value or len(look.shelf.sets[facet]) > 1:
            made.append((facet, words, options(named, counts, value)))
    return made


def options(named: Iterable[tuple[str, str]], counts: Mapping[str, int], value: str) -> list[Option]:
    """Values with their names and how many courses have each."""
    return [Option(slug, f"{words} ({counts.get(slug, 0):,})", slug == value) for slug, words in named]


def filters_in(request: Request) -> Filters:
    """What the address asks for; what cannot be is left out."""
    asked = {name: request.GET.get(name, "").replace("\x00", "").strip()[:100] for name in (*NAMES, "counts", "sort", "free")}
    return Filters(
        **{field: asked[name] for name, field in NAMES.items()},
        free=bool(asked["free"]),
        counts=asked["counts"] if asked["counts"] in COUNTS and request.user.is_authenticated else "",
        sort=asked["sort"] if asked["sort"] in SORTS and (asked["sort"] != "best" or asked["q"]) else "",
    )


def first_of(request: Request, found: int) -> int:
    """The place of the first course on the page that the address asks for; the first page where there is no such one."""
    asked = request.GET.get("page", "")
    first = (int(asked) - 1) * PER_PAGE if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    return first if 0 < first < found else 0


def address(filters: Filters, page: int) -> str:
    """The query of a page of these results."""
    asked = {name: getattr(filters, field) for name, field in NAMES.items()}
    asked |= {"free": "1" if filters.free else "", "counts": filters.counts, "sort": filters.sort, "page": str(page) if page > 1 else ""}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
