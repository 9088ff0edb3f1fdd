"""The catalog: every course offered now, with a simple search."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from perennial.apps.courses.queries import HOURS, Course, Enrolment, Filters, latest_enrolments, names_of, offered_topics, published_courses
from perennial.ui import Page, Request, show

LENGTHS = (("", "Any"), ("short", "Up to 1 h"), ("middle", "1 to 3 h"), ("long", "Over 3 h"))


@dataclass(frozen=True, slots=True)
class Offer:
    """A course with the names of its topics and what the reader has done of it."""

    course: Course
    topics: Sequence[str]
    enrolment: Enrolment | None


class CatalogPage(Page):
    """What the catalog shows."""

    template = "courses/pages/catalog.html"
    title = "Courses"
    nav = "courses"
    description = "Free courses for mental health clinicians, each with a free certificate."
    offers: Sequence[Offer]
    filters: Filters
    topics: Sequence[tuple[str, str]]
    lengths: Sequence[tuple[str, str]] = LENGTHS


def catalog(request: Request) -> HttpResponse:
    """Courses that fit the search."""
    topics = offered_topics()
    filters = filters_in(request, {slug for slug, _ in topics})
    begun = latest_enrolments(request.user) if request.user.is_authenticated else {}
    offers = [Offer(course, list(names_of(course.topics).values()), begun.get(course.slug)) for course in published_courses(filters)]
    return show(request, CatalogPage(offers=offers, filters=filters, topics=topics), part="results")


def filters_in(request: Request, topics: set[str]) -> Filters:
    """What the address asks for; what is not known is left out."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "topic", "hours", "free")}
    return Filters(
        search=asked["q"].replace("\x00", "")[:100],
        topic=asked["topic"] if asked["topic"] in topics else "",
        hours=asked["hours"] if asked["hours"] in HOURS else "",
        free=bool(asked["free"]),
    )
