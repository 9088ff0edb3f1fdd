"""The page of a work: its facts, whose they are, and what was told of it later."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.works.queries import Marked, Work, marked_of, told_of, work_of
from perennial.core.literature import Told
from perennial.ui import Page, Request, show


class WorkPage(Page):
    """What the page of a work shows."""

    template = "works/pages/work.html"
    nav = "evidence"
    work: Work
    notices: Sequence[Told]
    marked: Marked | None


@require_safe
def work(request: Request, doi: str) -> HttpResponse:
    """Show a work that is known here; else 404."""
    found = work_of(doi)
    if found is None:
        raise Http404("no such work")
    told = told_of(found)
    page = WorkPage(
        title=found.title or "A cited work",
        work=found,
        notices=told,
        marked=marked_of(found, told),
    )
    return show(request, page)
