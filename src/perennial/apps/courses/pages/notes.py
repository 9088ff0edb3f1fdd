"""All that a reader noted and highlighted in a course, to look through and to take away."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.courses.access import enrolment_of
from perennial.apps.courses.content import content_of, stem_of
from perennial.apps.courses.highlights import (
    highlight_of,
    highlights_on,
    in_reading_order,
    note_highlight,
    remove_highlight,
    removed_highlights,
    restore_highlight,
)
from perennial.apps.courses.models import Highlight
from perennial.apps.courses.queries import Enrolment, notes_on
from perennial.apps.courses.reading_export import Noted, as_markdown
from perennial.core import courses as core
from perennial.ui import Page, SignedIn, show


class NotesPage(Page):
    """What the page of notes shows."""

    template = "courses/pages/notes.html"
    nav = "courses"
    enrolment: Enrolment
    content: core.Course
    sections: Sequence[Noted]
    removed: Sequence[Highlight]


@login_required
@require_safe
def notes(request: SignedIn, slug: str) -> HttpResponse:
    """Notes and highlights by section."""
    enrolment = enrolment_of(request.user, slug)
    content = content_of(enrolment.course)
    page = NotesPage(
        title=f"Notes: {content.title}",
        enrolment=enrolment,
        content=content,
        sections=noted_in(enrolment, content),
        removed=removed_highlights(request.user, slug, timezone.now()),
    )
    return show(request, page)


@login_required
@require_safe
def export(request: SignedIn, slug: str) -> HttpResponse:
    """The same as a Markdown file."""
    enrolment = enrolment_of(request.user, slug)
    content = content_of(enrolment.course)
    text = as_markdown(content.title, enrolment.course.version, noted_in(enrolment, content), timezone.localdate())
    name = content_disposition_header(as_attachment=True, filename=f"{slug}-notes.md")
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers={"Content-Disposition": name or ""})


@login_required
@require_POST
def highlight(request: SignedIn, slug: str, uid: UUID) -> HttpResponse:
    """Save the note on a highlight, take it away, or put it back; then to where it stands."""
    enrolment = enrolment_of(request.user, slug)
    found, at = highlight_of(request.user, slug, uid), timezone.now()
    if found is None:
        raise Http404("no such highlight")
    if "remove" in request.POST:
        remove_highlight(highlight=found, at=at)
        messages.success(request, "The highlight is removed. For 30 days it can be put back: see all notes of this course.")
    elif "restore" in request.POST:
        restore_highlight(highlight=found)
        messages.success(request, "The highlight is back.")
    else:
        sent = request.POST.get("revision", "")
        revision = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 9 else 0
        note_highlight(highlight=found, text=request.POST.get("text", ""), revision=revision, at=at)
        messages.success(request, "Your note on the passage is saved.")
    if request.POST.get("back") == "notes" or found.file not in content_of(enrolment.course).section_of:
        return redirect("courses:notes", slug)
    return redirect(reverse("courses:section", args=[slug, stem_of(found.file)]) + "#highlights")


def noted_in(enrolment: Enrolment, content: core.Course) -> list[Noted]:
    """What the reader noted, by section, those without anything left out; two queries."""
    person, slug = enrolment.person, enrolment.slug
    notes = {note.file: note.text for note in notes_on(person, slug)}
    marked: dict[str, list[Highlight]] = {}
    for one in highlights_on(person, slug):
        marked.setdefault(one.file, []).append(one)
    here = {section.file: section for section in content.sections}
    gone = sorted((notes.keys() | marked.keys()) - here.keys())
    titles = {**{file: section.title for file, section in here.items()}, **{file: f"An earlier section, {stem_of(file)}" for file in gone}}
    return [
        Noted(
            stem_of(file) if file in here else "",
            title,
            notes.get(file, ""),
            in_reading_order(marked.get(file, []), here[file].text if file in here else ""),
        )
        for file, title in titles.items()
        if file in notes or file in marked
    ]
