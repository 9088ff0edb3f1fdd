"""One's own library: what is in it, by words and collection; adding a work; collections."""

import re
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.collections.access import collection_of
from perennial.apps.collections.queries import FORMATS, Collection, Found, collections_of, library_of
from perennial.apps.collections.services import collect, rename, scatter
from perennial.ui import Page, SignedIn, show

NUMBER = re.compile(r"[0-9]{1,15}")


class LibraryPage(Page):
    """What fits; `asked` is what was typed to add a work that is not known here."""

    template = "collections/pages/library.html"
    title = "My library"
    nav = "evidence"
    words: str
    chosen: Collection | None
    found: Found
    start: int
    collections: Sequence[Collection]
    forms: Sequence[tuple[str, str]]
    asked: str = ""


@login_required
@require_safe
def library(request: SignedIn) -> HttpResponse:
    """Show it."""
    sent = {name: request.GET.get(name, "").replace("\x00", "").strip()[:200] for name in ("q", "collection", "from", "asked")}
    chosen = collection_of(request.user, int(sent["collection"])) if NUMBER.fullmatch(sent["collection"]) else None
    start = int(sent["from"]) if re.fullmatch(r"[0-9]{1,6}", sent["from"]) else 0
    page = LibraryPage(
        words=sent["q"],
        chosen=chosen,
        found=library_of(request.user, words=sent["q"], collection=chosen, start=start),
        start=start,
        collections=collections_of(request.user),
        forms=[(form, FORMATS[form][0]) for form in FORMATS],
        asked=sent["asked"],
    )
    return show(request, page)


@login_required
@require_POST
def collecting(request: SignedIn) -> HttpResponse:
    """Make a collection."""
    made = collect(person=request.user, name=request.POST.get("name", ""))
    messages.success(request, f"{made.name} is there. Put works into it on the page of each.")
    return redirect("collections:library")


@login_required
@require_POST
def changing(request: SignedIn, pk: int) -> HttpResponse:
    """Rename a collection, or delete it."""
    collection = collection_of(request.user, pk)
    if request.POST.get("do") == "delete":
        scatter(collection=collection)
        messages.success(request, f"{collection.name} is deleted. Its works stay in your library.")
        return redirect("collections:library")
    rename(collection=collection, name=request.POST.get("name", ""))
    messages.success(request, "Renamed.")
    return redirect("collections:library")
