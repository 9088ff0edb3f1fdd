"""A draft as a learner will read it: its parts, and the questions with what is right."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from perennial.apps.desk.access import draft_of
from perennial.apps.desk.queries import Draft
from perennial.apps.desk.rail import Stop
from perennial.apps.desk.rendering import media_address, readable_course
from perennial.apps.desk.showing import seen
from perennial.core import courses as core
from perennial.ui import Page, SignedIn, show


class LearnerPage(Page):
    """One section, or the questions, as far as they can be read; `lacking` are the parts on which the rest waits."""

    template = "desk/pages/learner.html"
    nav = "desk"
    draft: Draft
    course: core.Course | None
    section: core.Section | None
    text: core.RenderedSection | None
    objectives: Sequence[core.Objective]
    questions: bool
    lacking: Sequence[Stop]

    @property
    def cases(self) -> Sequence[core.Case]:
        """The cases that stand in the section."""
        return [case for case in self.course.cases if self.section and case.section == self.section.file] if self.course else []


@login_required
def learner(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show a section (`part` in the address names its file's stem), or with `part=questions` the questions."""
    found = draft_of(request.user, provider, draft)
    view = seen(found)
    whole = view.reading.course
    course = whole or readable_course(found.slug, view.parts, view.faults)
    asked = request.GET.get("part", "")
    sections = course.sections if course else ()
    first = sections[0] if sections else None
    section = next((one for one in sections if one.file == f"{asked}.md"), first) if asked != "questions" else None
    page = LearnerPage(
        title=f"{found.title}, as a learner sees it",
        draft=found,
        course=course,
        section=section,
        text=core.render_section(course, section, media_address(found)) if course and section else None,
        objectives=[one for one in course.objectives if section and one.id in section.objectives] if course else (),
        questions=asked == "questions",
        lacking=() if whole else view.rail.faulty,
    )
    return show(request, page)
