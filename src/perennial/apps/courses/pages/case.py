"""A branching case: what happens, what one can do, what came of it; every choice can be taken back."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.courses.access import course_for, enrolment_of
from perennial.apps.courses.casework import go_back, go_on, run_of
from perennial.apps.courses.content import content_of, media_address, stem_of
from perennial.apps.courses.models import Course, Enrolment
from perennial.core import courses as core
from perennial.ui import Page, Request, SignedIn, show


@dataclass(frozen=True, slots=True)
class Moment:
    """A step that was passed: its text as safe HTML, what was chosen, what came of it, and after how many choices it came."""

    html: str
    chose: str
    says: str
    after: int
    back: str


class CasePage(Page):
    """Where one stands in the case and how one came there. Without an enrolment the way stands in the address."""

    template = "courses/pages/case.html"
    nav = "courses"
    course: Course
    content: core.Course
    enrolment: Enrolment | None
    walk: core.Walk
    seen: frozenset[str]
    here: str
    passed: list[Moment]

    @property
    def section(self) -> core.Section:
        """The section in which the case stands."""
        return self.content.section_of[self.walk.case.section]

    @property
    def stem(self) -> str:
        """The same in addresses."""
        return stem_of(self.walk.case.section)

    @property
    def choices(self) -> list[tuple[int, str, str]]:
        """What one can do here: its place, its words, and for those who keep nothing the address it leads to."""
        return [(place, choice.text, address_of((*self.walk.way, place))) for place, choice in enumerate(self.walk.here.choices)]

    @property
    def endings(self) -> tuple[int, int]:
        """How many endings were seen, of how many."""
        known = core.endings(self.walk.case)
        return len(known & self.seen), len(known)


def address_of(way: tuple[int, ...]) -> str:
    """A way as the end of the page's address."""
    return f"?way={'.'.join(map(str, way))}#here" if way else "?#here"


def case(request: Request, slug: str, name: str) -> HttpResponse:
    """Show where one stands."""
    course, enrolment = course_for(request.user if request.user.is_authenticated else None, slug)
    content = content_of(course)
    found = _case(content, name)
    if enrolment:
        walk, seen = run_of(enrolment, found)
    else:
        walk = core.walk(found, [place for text in request.GET.get("way", "").split(".") if (place := _whole(text)) >= 0])
        seen = walk.seen
    at = media_address(slug, course.digest)
    passed = [
        Moment(core.render_text(content, step.text, at), choice.text, choice.says, place, address_of(walk.way[:place]))
        for place, (step, choice) in enumerate(walk.passed)
    ]
    here = core.render_text(content, walk.here.text, at)
    page = CasePage(title=found.title, course=course, content=content, enrolment=enrolment, walk=walk, seen=seen, here=here, passed=passed)
    return show(request, page)


@login_required
@require_POST
def choose(request: SignedIn, slug: str, name: str) -> HttpResponse:
    """Make a choice, or go back to an earlier one."""
    enrolment = enrolment_of(request.user, slug)
    found, at = _case(content_of(enrolment.course), name), timezone.now()
    if "back" in request.POST:
        go_back(enrolment=enrolment, case=found, to=_whole(request.POST["back"]), at=at)
    else:
        go_on(enrolment=enrolment, case=found, after=_whole(request.POST.get("after")), choice=_whole(request.POST.get("choice")), at=at)
    return redirect(f"{reverse('courses:case', args=[slug, name])}#here")


def _case(content: core.Course, name: str) -> core.Case:
    """The case of this id; else 404."""
    for one in content.cases:
        if one.id == name:
            return one
    raise Http404("no such case")


def _whole(text: str | None) -> int:
    """A whole number that was sent; -1 where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else -1
