"""Keeping a work named by its number here, its DOI or its PMID."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.collections.services import keep
from perennial.apps.works.queries import Work, work_by_id, work_of, works_with
from perennial.ui import Page, SignedIn, show

NUMBER = re.compile(r"[0-9]{1,15}")


class AddPage(Page):
    """A work to add, by a button."""

    template = "collections/pages/add.html"
    title = "Keep a work"
    nav = "evidence"
    work: Work


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Keep a work named by its number here, its DOI or its PMID; opening the address alone changes nothing."""
    sent = request.POST if request.method == "POST" else request.GET
    named, asked = sent.get("work", ""), sent.get("asked", "").strip()[:300]
    found = work_by_id(int(named)) if NUMBER.fullmatch(named) else (work_of(asked) or works_with(dois=[], pmids=[asked]).get(asked))
    if found is None and named:
        raise Http404("no such work")
    if found is None:
        messages.warning(
            request, f"No work here has the DOI or PMID “{asked}”. Search for it under Evidence, or take over a file that holds it."
        )
        return redirect("collections:library")
    if request.method == "POST":
        kept = keep(person=request.user, work=found, at=timezone.now())
        messages.success(request, "Kept.")
        return redirect("collections:kept", kept.pk)
    return show(request, AddPage(work=found))
