"""One practice: what it is, what to read first, what is new and strong about it, and where to learn it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.courses.shelf import Entry, shelf_now
from perennial.apps.portal.access import practice_on_map
from perennial.apps.portal.practice_evidence import EffectLine, WorkLine, effects_of, lines_of, newest_works, strongest_works
from perennial.apps.practices.queries import Practice, follows, practices_named, vocabulary
from perennial.apps.resources.queries import Filters, Resource, resources_for
from perennial.apps.works.queries import Marked, standings_of
from perennial.core.vocabulary import Kind
from perennial.ui import Page, Request, show

MOST = 8
# Topics of outside resources that fit a practice; what is a part of it is covered by it.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "anxiety-disorders": ("anxiety",),
    "children": ("children",),
    "adolescents": ("children",),
    "cultural-humility": ("culture",),
    "culturally-adapted-treatment": ("culture",),
    "depression": ("depression",),
    "psychological-first-aid": ("disaster",),
    "crisis-intervention": ("disaster", "suicide"),
    "evidence-based-practice": ("evidence",),
    "research-literacy": ("evidence",),
    "refugees": ("global",),
    "insomnia": ("insomnia",),
    "cbt-for-insomnia": ("insomnia",),
    "collaborative-care": ("integrated-care",),
    "professional-ethics": ("law", "privacy"),
    "record-keeping": ("privacy",),
    "veterans-and-service-members": ("military",),
    "motivational-interviewing": ("motivational-interviewing",),
    "psychosis": ("psychosis",),
    "cbt-for-psychosis": ("psychosis",),
    "substance-use": ("substance-use",),
    "suicide-risk": ("suicide",),
    "safety-planning": ("suicide",),
    "means-safety": ("suicide",),
    "cams": ("suicide",),
    "clinical-supervision": ("supervision",),
    "telehealth": ("telehealth",),
    "trauma-focused-therapy": ("trauma",),
    "posttraumatic-stress": ("trauma",),
    "prolonged-exposure": ("trauma",),
    "cognitive-processing-therapy": ("trauma",),
}


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A key reference, and how it stands where that is not clear."""

    doi: str
    text: str
    marked: Marked | None


class PracticePage(Page):
    """What the page of a practice shows; an empty list shows nothing. `fresh` says that following just changed."""

    template = "portal/pages/practice.html"
    nav = "courses"
    practice: Practice
    kind: str
    followed: bool
    fresh: bool
    references: Sequence[ReferenceLine]
    broader: Sequence[Practice]
    narrower: Sequence[Practice]
    related: Sequence[Practice]
    courses: Sequence[Entry]
    more_courses: int
    resources: Sequence[Resource]
    newest: Sequence[WorkLine]
    strongest: Sequence[WorkLine]
    effects: Sequence[EffectLine]


@require_safe
def practice(request: Request, slug: str) -> HttpResponse:
    """Show a practice that is on the map."""
    found = practice_on_map(slug)
    words = vocabulary()
    within = (slug, *words.narrower.get(slug, ()))
    newest, strongest = newest_works(within), strongest_works(within)
    marks = standings_of([*(one["doi"] for one in found.references), *(work.doi or work.pmid for work in (*newest, *strongest))])
    around = practices_named({*found.broader, *found.related, *within[1:]})
    courses = courses_teaching(within)
    page = PracticePage(
        title=found.name,
        description=found.definition,
        practice=found,
        kind=Kind(found.kind).words,
        followed=request.user.is_authenticated and follows(request.user, found),
        fresh="now" in request.GET and request.user.is_authenticated,
        references=[ReferenceLine(one["doi"], one["text"], marks.get(one["doi"])) for one in found.references],
        broader=among(around, found.broader),
        narrower=among(around, within[1:]),
        related=among(around, {*found.related} - {*within, *found.broader}),
        courses=courses[:MOST],
        more_courses=max(len(courses) - MOST, 0),
        resources=resources_about(slug)[:MOST],
        newest=lines_of(newest, marks),
        strongest=lines_of(strongest, marks),
        effects=effects_of(slug),
    )
    return show(request, page)


def among(around: Mapping[str, Practice], slugs: Iterable[str]) -> list[Practice]:
    """The practices of these short names, by name."""
    return sorted((around[slug] for slug in slugs if slug in around), key=lambda one: one.name.casefold())


def courses_teaching(slugs: Collection[str]) -> list[Entry]:
    """The courses offered now that teach any of these, those of the first one first."""
    shelf = shelf_now()
    first, *others = (shelf.set_of("practice", slug) for slug in slugs)
    rest = 0
    for one in others:
        rest |= one
    return [*shelf.these(first), *shelf.these(rest & ~first)]


def resources_about(slug: str) -> list[Resource]:
    """Outside resources with a topic that fits the practice, those that are really free first; no query where no topic fits."""
    topics = set(TOPICS.get(slug, ()))
    rows = [one for one in resources_for(Filters()).fitting if topics & set(one.topics)] if topics else []
    return sorted(rows, key=lambda one: (not one.really_free, one.title))
