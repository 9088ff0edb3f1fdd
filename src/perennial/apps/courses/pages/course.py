"""The page of a course: what it teaches, what it is worth, by whom, and where the reader stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.courses.access import course_for, offered_course
from perennial.apps.courses.content import content_of, length_of, stem_of
from perennial.apps.courses.queries import Course, Enrolment, Progress, current_course, names_of, notes_on, progress_of
from perennial.apps.courses.services import enrol
from perennial.apps.courses.worth import worth_of
from perennial.core import courses as core
from perennial.ui import Page, Request, SignedIn, show


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note of the reader's, with the part it stands on."""

    stem: str
    part: str
    text: str


class CoursePage(Page):
    """What the page of a course shows."""

    template = "courses/pages/course.html"
    nav = "courses"
    course: Course
    content: core.Course
    enrolment: Enrolment | None
    progress: Progress
    worth: Sequence[tuple[str, Any]]
    newer: int | None
    notes: Sequence[OwnNote]

    @property
    def on(self) -> str:
        """The part to go on with: the one opened last, else the first."""
        opened = self.enrolment.last_section if self.enrolment else ""
        return stem_of(opened) if opened in self.content.section_of else self.progress.parts[0].stem


def course(request: Request, slug: str) -> HttpResponse:
    """The course on the reader's version, or as offered now."""
    person = request.user if request.user.is_authenticated else None
    found, enrolment = course_for(person, slug)
    content = content_of(found)
    titles = {section.file: section.title for section in content.sections}
    notes = notes_on(person, slug) if person else []
    page = CoursePage(
        title=content.title,
        description=content.summary,
        course=found,
        content=content,
        enrolment=enrolment,
        progress=progress_of(found, enrolment),
        worth=worth_of(content, found.topics, names_of(found.topics), length_of(found)),
        newer=newer_version(found),
        notes=[OwnNote(stem_of(note.file), titles.get(note.file, note.file), note.text) for note in notes],
    )
    return show(request, page)


def newer_version(course: Course) -> int | None:
    """The number of the version offered now, where the reader is on another."""
    now = None if course.is_current else current_course(course.slug)
    return now.version if now else None


@login_required
@require_POST
def start(request: SignedIn, slug: str) -> HttpResponse:
    """Begin the course, or begin it again after completion, and open its first part."""
    enrolment = enrol(person=request.user, course=offered_course(slug), at=timezone.now())
    content = content_of(enrolment.course)
    file = enrolment.last_section if enrolment.last_section in content.section_of else content.sections[0].file
    return redirect("courses:section", slug, stem_of(file))
