"""Keeping a work named by its number here, its DOI or its PMID."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.collections.services import keep
from perennial.apps.works.queries import Work, work_by_id, work_of, works_with
from perennial.core.literature import plain_doi
from perennial.ui import Page, SignedIn, show

NUMBER = re.compile(r"[0-9]{1,15}")
SEARCH = "/evidence/"


class AddPage(Page):
    """A work to add, by a button; or a DOI that is not known here. `back` is the search from which one came."""

    template = "collections/pages/add.html"
    title = "Keep a work"
    nav = "evidence"
    work: Work | None
    asked: str = ""
    doi: str = ""
    back: str = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Keep a work named by its number here, its DOI or its PMID; opening the address alone changes nothing."""
    sent = request.POST if request.method == "POST" else request.GET
    named, asked = sent.get("work", ""), sent.get("asked", "").strip()[:300]
    found = work_by_id(int(named)) if NUMBER.fullmatch(named) else (work_of(asked) or works_with(dois=[], pmids=[asked]).get(asked))
    if found is None and named:
        raise Http404("no such work")
    if found is None and not plain_doi(asked):
        says = f"No work here has the DOI or PMID “{asked}”. Search for it under Evidence, or import a file that holds it."
        messages.warning(request, says)
        return redirect("collections:library")
    if found is not None and request.method == "POST":
        return _kept(request, found, request.POST.get("back", ""))
    return show(request, AddPage(work=found, asked=asked, doi=plain_doi(asked), back=_search_before(request)))


def _kept(request: SignedIn, work: Work, back: str) -> HttpResponse:
    """Keep it, and go on with it; whoever came from the search is back there, at the work."""
    kept = keep(person=request.user, work=work, at=timezone.now())
    if back.startswith(SEARCH):
        place = urlsplit(back)
        asked = urlencode([*((name, value) for name, value in parse_qsl(place.query) if name != "kept"), ("kept", str(work.pk))])
        return redirect(f"{SEARCH}?{asked}#work-{work.pk}")
    messages.success(request, "Kept.")
    return redirect("collections:kept", kept.pk)


def _search_before(request: SignedIn) -> str:
    """The search from which one came here, to go back to; empty where one came from elsewhere."""
    came = urlsplit(request.headers.get("Referer", ""))
    return f"{came.path}?{came.query}" if (came.netloc, came.path) == (request.get_host(), SEARCH) else ""
