"""Begin an appraisal: choose the work, then the form that fits its design."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.appraisals.library import forms
from perennial.apps.appraisals.queries import find_works, standing_of
from perennial.apps.appraisals.services import start_appraisal
from perennial.apps.works.queries import Marked, Work, marks_of, work_by_id
from perennial.core import appraisal as core
from perennial.core.literature import plain_doi
from perennial.ui import Page, SignedIn, show

LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Found:
    """A work that fits what was searched for, and how it stands."""

    work: Work
    marked: Marked | None


class NewPage(Page):
    """What the page shows: the search and what it found, or a work and the forms for it."""

    template = "appraisals/pages/new.html"
    title = "Appraise a work"
    nav = "evidence"
    search: str
    doi: str
    found: Sequence[Found]
    work: Work | None
    marked: Marked | None
    forms: Sequence[core.Form]
    suggestion: core.Suggestion | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Search and choose; a work and a form together begin the appraisal."""
    work = _work(request.POST.get("work", "") or request.GET.get("work", ""))
    if request.method == "POST" and work:
        made = start_appraisal(person=request.user, work=work, design=request.POST.get("design", ""), at=timezone.now())
        return redirect("appraisals:next", made.pk)
    return show(request, page_of(request.GET.get("q", "")[:300], work))


def page_of(search: str, work: Work | None) -> NewPage:
    """The page for a search, or for a work that was chosen."""
    found = [] if work else find_works(search)
    marked = marks_of(found)
    there = list(forms().values())
    return NewPage(
        search=search,
        doi=plain_doi(search),
        found=[Found(one, marked.get(one.pk)) for one in found],
        work=work,
        marked=standing_of(work) if work else None,
        forms=there,
        suggestion=core.suggest(there, level=work.level, because=work.level_because, title=work.title or work.citation) if work else None,
    )


def _work(key: str) -> Work | None:
    if not key:
        return None
    found = work_by_id(int(key)) if key.isascii() and key.isdecimal() and len(key) <= LONGEST_NUMBER else None
    if found is None:
        raise Http404("no such work")
    return found
