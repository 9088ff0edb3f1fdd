"""The page of a course: what it teaches, what it is worth, by whom, and where the reader stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.access import course_for, offered_course
from perennial.apps.courses.asking import Asked, asked_of, bodies_of
from perennial.apps.courses.awarding import covering
from perennial.apps.courses.citing import marks_on
from perennial.apps.courses.content import content_of, length_of, rendered, stem_of
from perennial.apps.courses.queries import (
    Course,
    Enrolment,
    Progress,
    current_course,
    current_courses,
    latest_enrolments,
    names_of,
    notes_on,
    progress_of,
    versions_of,
)
from perennial.apps.courses.services import enrol
from perennial.apps.courses.worth import worth_of
from perennial.apps.practices.queries import Practice, practices_named
from perennial.apps.providers.queries import ApprovalView, approvals_on, policies_of, provider_by_slug
from perennial.apps.works.queries import Marked
from perennial.core import courses as core
from perennial.ui import Page, Request, SignedIn, show

PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
NUMBERS = re.compile(r"<sup\b.*?</sup>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note of the reader's, with the part it stands on."""

    stem: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Before:
    """A course to take before this one, and whether the reader completed it. Without a title it is not offered here."""

    slug: str
    title: str
    done: bool


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
    asked: Asked | None
    practices: Sequence[Practice]
    provider: str
    policies: Sequence[tuple[str, str]]
    approvals: Sequence[ApprovalView]
    before: Sequence[Before]
    sample: str
    versions: Sequence[Course]
    references: Sequence[tuple[core.Reference, Marked | None]]

    @property
    def again(self) -> str:
        """How finishing it is called: for the second time, where it was completed before."""
        return "take it again and " if self.enrolment and self.enrolment.completed_at else ""

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
    provider = provider_by_slug(found.provider)
    marks = marks_on(content.references)
    approvals = covering(bodies_of(found, enrolment), approvals_on(provider, timezone.localdate())) if provider else []
    page = CoursePage(
        title=content.title,
        description=content.summary,
        course=found,
        content=content,
        enrolment=enrolment,
        progress=progress_of(found, enrolment),
        worth=worth_of(content, found.topics, names_of(found.topics), length_of(found), approvals),
        newer=newer_version(found),
        notes=[OwnNote(stem_of(note.file), titles.get(note.file, note.file), note.text) for note in notes],
        asked=asked_of(person, found, day=timezone.localdate(), approvals=approvals) if person else None,
        practices=list(practices_named(found.practices).values()),
        provider=provider.name if provider else "",
        policies=policies_of(provider) if provider else [],
        approvals=approvals,
        before=taken_before(content, person),
        sample=sample_of(rendered(found, content.sections[0].file).html),
        versions=versions_of(slug),
        references=[(one, marks.get(one.id)) for one in content.references],
    )
    return show(request, page)


def taken_before(content: core.Course, person: Person | None) -> list[Before]:
    """The courses that this one builds on; no query where there are none."""
    if not content.prerequisites:
        return []
    titles = {slug: course.title for slug, course in current_courses(content.prerequisites).items() if course.is_listed}
    begun = latest_enrolments(person) if person else {}
    done = {slug for slug, enrolment in begun.items() if enrolment.completed_at}
    return [Before(slug, titles.get(slug, ""), slug in done) for slug in content.prerequisites]


def sample_of(html: str) -> str:
    """The first two paragraphs of a section, without the numbers of references, which lead nowhere from this page."""
    return "".join(NUMBERS.sub("", paragraph) for paragraph in PARAGRAPH.findall(html)[:2])


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
