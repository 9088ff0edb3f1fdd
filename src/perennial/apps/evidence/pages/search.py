"""The search: words, practice, condition, design, years, free text; each hit with why it stands where it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.evidence.asking import SHOWN_LEVELS, Question, question_in
from perennial.apps.evidence.queries import PER_PAGE, Found, Saved, look, saved_as
from perennial.apps.evidence.showing import Do, doing, exists
from perennial.apps.practices.queries import vocabulary
from perennial.core.literature import Level
from perennial.core.vocabulary import Kind, Vocabulary
from perennial.ui import Page, Request, show

NUMBER = re.compile(r"[0-9]{1,15}")
MOST = 10_000  # further pages cost more and help nobody
AROUND = (
    ("The map of practice", "/practices/"),
    ("Saved searches", "/evidence/saved/"),
    ("Weekly digest", "/evidence/digest/"),
    ("Pooled effects", "/trials/"),
    ("Appraisals", "/appraisals/"),
    ("Journal clubs", "/clubs/"),
    ("My library", "/my-library/"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    words: str
    chosen: bool


class SearchPage(Page):
    """What was found. `doing` are the beginnings of addresses to which a work's key is added; `kept` was just put into one's library."""

    template = "evidence/pages/search.html"
    title = "Evidence"
    nav = "evidence"
    description = "Research for mental-health practice, found by words and their other names, ranked by strength of evidence, with reasons."
    question: Question
    words: str
    found: Found
    practices: Sequence[Option]
    conditions: Sequence[Option]
    levels: Sequence[Option]
    designs: Sequence[tuple[str, str, int]]
    around: Sequence[Do]
    doing: Sequence[Do]
    saved: Saved | None
    shown: tuple[int, int]
    before: str
    after: str
    tries: Sequence[tuple[str, str]]
    kept: int


@require_safe
def search(request: Request) -> HttpResponse:
    """Show what the address asks for."""
    known = vocabulary()
    question = question_in(request.GET, known)
    start, seen, kept = place_of(request.GET), request.GET.get("seen", ""), request.GET.get("kept", "")
    found = look(question, start=start, new_after=int(seen) if NUMBER.fullmatch(seen) else None)
    page = SearchPage(
        question=question,
        words=question.words(known),
        found=found,
        practices=options(known, question.practice, {Kind.MODALITY, Kind.POPULATION, Kind.TOPIC}),
        conditions=options(known, question.condition, {Kind.CONDITION}),
        levels=[Option(level.value, level.words, level.value == question.level) for level in SHOWN_LEVELS],
        designs=designs(question, found.levels),
        around=[Do(words, path) for words, path in AROUND if exists(path)],
        doing=[Do(one.words, one.address.removesuffix("0")) for one in doing(0)],
        saved=saved_as(request.user, question) if request.user.is_authenticated and question.asks else None,
        shown=(start + 1, start + len(found.rows)),
        before=at(question, start - PER_PAGE, seen) if start else "",
        after=at(question, start + PER_PAGE, seen) if start + PER_PAGE < min(found.count, MOST) else "",
        tries=list(tries(question)),
        kept=int(kept) if NUMBER.fullmatch(kept) else 0,
    )
    return show(request, page, part="results")


def options(known: Vocabulary, chosen: str, kinds: Iterable[Kind]) -> list[Option]:
    """The practices of these kinds, by name."""
    wanted = set(kinds)
    named = sorted((term.name, slug) for slug, term in known.terms.items() if term.kind in wanted or slug == chosen)
    return [Option(slug, name, slug == chosen) for name, slug in named]


def designs(question: Question, levels: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """The designs among what was found, the strongest first: the address that asks for each alone, its words and how many there are."""
    if question.level:
        return []
    found = [level for level in Level if levels.get(level.value)]
    return [(changed(question, level=level.value), level.words, levels[level.value]) for level in found]


def tries(question: Question) -> Iterable[tuple[str, str]]:
    """What to try where nothing was found: an address, and its words."""
    if question.level:
        yield changed(question, level=""), "Any design"
    if question.from_year or question.to_year:
        yield changed(question, from_year=None, to_year=None), "Any year"
    if question.free or question.clear:
        yield changed(question, free=False, clear=False), "Also what is not free, or was retracted"
    if question.practice or question.condition:
        yield changed(question, practice="", condition=""), "Any practice and condition"


def changed(question: Question, **to: object) -> str:
    """The address of the question with this changed."""
    facts = {name: getattr(question, name) for name in Question.__slots__}
    return f"?{Question(**{**facts, **to}).query}"


def at(question: Question, start: int, seen: str) -> str:
    """The address of a page of these results."""
    more = [f"start={start}"] if start > 0 else []
    more += [f"seen={seen}"] if NUMBER.fullmatch(seen) else []
    return "?" + "&".join(part for part in (question.query, *more) if part)


def place_of(given: Mapping[str, str]) -> int:
    """The place of the first work on the page that the address asks for: the beginning of a page, the first where there is no such."""
    asked = given.get("start", "")
    start = int(asked) if re.fullmatch(r"[0-9]{1,5}", asked) else 0
    return start - start % PER_PAGE if start < MOST else 0
