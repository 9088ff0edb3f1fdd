"""One work in one's own library: its note, its collections, taking it out and putting it back."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.collections.access import kept_of
from perennial.apps.collections.queries import Collection, Kept, collections_of, record_in
from perennial.apps.collections.services import drop, note, put, restore
from perennial.apps.works.queries import Marked, standings_of
from perennial.core.literature import Record
from perennial.ui import Page, SignedIn, show


class KeptPage(Page):
    """The work, its note, and all collections with whether it is in each."""

    template = "collections/pages/kept.html"
    nav = "evidence"
    kept: Kept
    record: Record
    collections: Sequence[tuple[Collection, bool]]
    marked: Marked | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: SignedIn, pk: int) -> HttpResponse:
    """Show it; a form sent to it keeps the note and the collections."""
    found = kept_of(request.user, pk)
    every = collections_of(request.user)
    if request.method == "POST":
        note(kept=found, text=request.POST.get("note", ""))
        put(kept=found, collections=[one for one in every if str(one.pk) in request.POST.getlist("collection")])
        messages.success(request, "Saved.")
        return redirect("collections:kept", pk)
    inside = set(found.collections.values_list("pk", flat=True))
    record = record_in(found)
    number = record.doi or record.pmid
    page = KeptPage(
        title=found.title,
        kept=found,
        record=record,
        collections=[(one, one.pk in inside) for one in every],
        marked=standings_of([number]).get(number),
    )
    return show(request, page)


@login_required
@require_POST
def dropping(request: SignedIn, pk: int) -> HttpResponse:
    """Take it out, or put it back."""
    found = kept_of(request.user, pk)
    if request.POST.get("do") == "restore":
        restore(kept=found)
        messages.success(request, "It is back, with its note.")
    else:
        drop(kept=found, at=timezone.now())
        messages.success(request, "Taken out. This page stays, so that you can put it back.")
    return redirect("collections:kept", pk)
