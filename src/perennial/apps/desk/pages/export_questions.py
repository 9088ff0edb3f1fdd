"""The questions of a draft in the formats of others, with a report of what each can hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.desk.access import draft_of
from perennial.apps.desk.queries import Draft, parts_of
from perennial.apps.desk.reading import read_draft
from perennial.core.courses import Item
from perennial.core.questions import WRITTEN, Entry, write_questions
from perennial.ui import Page, SignedIn, show

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A format that can be chosen."""

    name: str
    label: str


class ExportPage(Page):
    """The formats, and what the chosen one holds of the questions."""

    template = "desk/pages/export_questions.html"
    title = "Hand out questions"
    nav = "desk"
    draft: Draft
    questions: int
    unreadable: bool
    choices: Sequence[Choice]
    chosen: Choice | None
    whole: int
    lines: Sequence[Entry]
    more: int


def _items(draft: Draft) -> Sequence[Item] | None:
    """The questions of a draft whose tables can be read; nothing where they cannot."""
    course = read_draft(draft, parts_of(draft)).course
    return course.items if course else None


@login_required
@require_safe
def questions(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show the formats; with ?format=, what that format holds of each question."""
    found = draft_of(request.user, provider, draft)
    items = _items(found)
    choices = [Choice(name, form.label) for name, form in WRITTEN.items()]
    chosen = next((choice for choice in choices if choice.name == request.GET.get("format")), None)
    report = write_questions(items, chosen.name).report if chosen and items else None
    lines = [line for line in report.lines if line.state != "taken"] if report else []
    page = ExportPage(
        draft=found,
        questions=len(items or ()),
        unreadable=items is None,
        choices=choices,
        chosen=chosen,
        whole=report.count("taken") if report else 0,
        lines=lines[:SHOWN],
        more=max(0, len(lines) - SHOWN),
    )
    return show(request, page)


@login_required
@require_safe
def file(request: SignedIn, provider: str, draft: str, format: str) -> HttpResponse:
    """Hand out the file."""
    found = draft_of(request.user, provider, draft)
    items = _items(found)
    if format not in WRITTEN or not items:
        raise Http404("no such file")
    form = WRITTEN[format]
    response = HttpResponse(write_questions(items, format).data, content_type=form.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}{form.suffix}"'
    return response
