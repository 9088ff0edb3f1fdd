"""Formatted references, and the library as a file."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.collections.access import collection_of
from perennial.apps.collections.queries import FORMATS, Collection, file_of, references_of
from perennial.ui import Page, SignedIn, show


@login_required
@require_safe
def export(request: SignedIn, form: str) -> HttpResponse:
    """The library or one collection as a file."""
    if form not in FORMATS:
        raise Http404("no such form")
    _, ending, media, _ = FORMATS[form]
    body = file_of(request.user, form, _collection(request))
    headers = {"Content-Disposition": f'attachment; filename="my-library.{ending}"'}
    return HttpResponse(body, content_type=f"{media}; charset=utf-8", headers=headers)


class ReferencesPage(Page):
    """Formatted references."""

    template = "collections/pages/references.html"
    title = "Formatted references"
    nav = "evidence"
    manner: str
    chosen: Collection | None
    references: Sequence[str]


@login_required
@require_safe
def references(request: SignedIn) -> HttpResponse:
    """Show them in one of two manners."""
    chosen = _collection(request)
    vancouver = request.GET.get("manner") == "vancouver"
    found = references_of(request.user, "vancouver" if vancouver else "apa", chosen)
    return show(request, ReferencesPage(manner="vancouver" if vancouver else "apa", chosen=chosen, references=found))


def _collection(request: SignedIn) -> Collection | None:
    named = request.GET.get("collection", "")
    return collection_of(request.user, int(named)) if named.isascii() and named.isdecimal() and len(named) < 15 else None
