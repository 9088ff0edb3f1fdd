"""A part of a course: text to read, the place kept, a note of one's own."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.courses.access import course_for, enrolment_of, section_of
from perennial.apps.courses.citing import Doubtful, doubtful_in
from perennial.apps.courses.content import content_of, rendered
from perennial.apps.courses.highlights import highlights_on, in_reading_order
from perennial.apps.courses.models import Highlight
from perennial.apps.courses.queries import Course, Enrolment, Note, Part, Progress, note_on, progress_of
from perennial.apps.courses.reading_settings import COOKIE, Reading, reading_for
from perennial.apps.courses.services import mark_read, open_section, save_note
from perennial.core import courses as core
from perennial.ui import Page, Request, SignedIn, show
from perennial.ui.context import THEME_COOKIE


class SectionPage(Page):
    """What a part of a course shows."""

    template = "courses/pages/section.html"
    nav = "courses"
    course: Course
    content: core.Course
    text: core.RenderedSection
    doubtful: Sequence[Doubtful]
    enrolment: Enrolment | None
    progress: Progress
    part: Part
    objectives: Sequence[core.Objective]
    glossary: Sequence[core.Term]
    note: Note | None
    reading: Reading
    highlights: Sequence[Highlight]

    @property
    def marks(self) -> list[dict[str, Any]]:
        """The highlights as the script reads them."""
        return [{"uid": str(one.uid), "quote": one.quote, "before": one.before, "after": one.after} for one in self.highlights]

    @property
    def before(self) -> Part | None:
        """The part before this one."""
        return self.progress.parts[self.part.number - 2] if self.part.number > 1 else None

    @property
    def after(self) -> Part | None:
        """The part after this one."""
        return self.progress.parts[self.part.number] if self.part.number < len(self.progress.parts) else None


def section(request: Request, slug: str, stem: str) -> HttpResponse:
    """Anyone may read; who has begun the course has the place kept."""
    person = request.user if request.user.is_authenticated else None
    course, enrolment = course_for(person, slug)
    found = section_of(course, stem)
    reading = reading_for(person, request.COOKIES.get(COOKIE, ""))
    if reading.theme and THEME_COOKIE not in request.COOKIES:  # another device of the person chose it
        request.COOKIES[THEME_COOKIE] = reading.theme
    content, progress, text = content_of(course), progress_of(course, enrolment), rendered(course, found.file)
    part = progress.part(stem)
    if enrolment and not (part.opened and enrolment.last_section == found.file):  # else nothing is new, and nothing is written
        open_section(enrolment=enrolment, file=found.file, at=timezone.now())
        progress = progress_of(course, enrolment)
        part = progress.part(stem)
    page = SectionPage(
        title=found.title,
        course=course,
        content=content,
        text=text,
        doubtful=doubtful_in(text.references),
        enrolment=enrolment,
        progress=progress,
        part=part,
        objectives=[objective for objective in content.objectives if objective.id in found.objectives],
        glossary=[entry for entry in content.glossary if entry.term.casefold() in found.text.casefold()],
        note=note_on(person, slug, found.file) if person and enrolment else None,
        reading=reading,
        highlights=in_reading_order(highlights_on(person, slug, found.file), found.text) if person and enrolment else [],
    )
    return show(request, page)


@login_required
@require_POST
def done(request: SignedIn, slug: str, stem: str) -> HttpResponse:
    """Mark the part as read and go to the next one, or to the test."""
    enrolment = enrolment_of(request.user, slug)
    found = section_of(enrolment.course, stem)
    mark_read(enrolment=enrolment, file=found.file, at=timezone.now())
    files = [section.file for section in content_of(enrolment.course).sections]
    rest = files[files.index(found.file) + 1 :]
    return redirect("courses:section", slug, rest[0].removesuffix(".md")) if rest else redirect("courses:test", slug)


@login_required
def note(request: SignedIn, slug: str, stem: str) -> HttpResponse:
    """Save the reader's note and come back to it; who had to sign in first comes back as well."""
    enrolment = enrolment_of(request.user, slug)
    found = section_of(enrolment.course, stem)
    if request.method != "POST":
        return redirect(reverse("courses:section", args=[slug, stem]) + "#note")
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isdecimal() and len(sent) < 9 else 0
    save_note(enrolment=enrolment, file=found.file, text=request.POST.get("text", ""), revision=revision, at=timezone.now())
    messages.success(request, "Your note is saved.")
    return redirect(reverse("courses:section", args=[slug, stem]) + "#note")
