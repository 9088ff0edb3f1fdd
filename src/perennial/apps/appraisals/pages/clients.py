"""Does it apply to my clients: the people of the study beside one's own, aspect by aspect."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.appraisals.access import appraisal_of
from perennial.apps.appraisals.queries import Appraisal, clients_before, standing_of, told_in
from perennial.apps.appraisals.services import save_clients
from perennial.apps.appraisals.showing import named
from perennial.apps.works.queries import Marked
from perennial.core import appraisal as core
from perennial.ui import Page, SignedIn, show


class ClientsPage(Page):
    """What the page shows; `says` is empty until something was told, and until then clients described before may stand in the form."""

    template = "appraisals/pages/clients.html"
    title = "Does it apply to my clients?"
    nav = "evidence"
    appraisal: Appraisal
    work_title: str
    marked: Marked | None
    lines: Sequence[core.Line]
    says: Sequence[str]
    remembered: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: SignedIn, pk: int) -> HttpResponse:
    """Show the comparison and keep what is told."""
    found = appraisal_of(request.user, pk)
    if request.method == "POST":
        told = {
            aspect.id: core.Told(*(request.POST.get(f"{aspect.id}-{part}", "") for part in ("study", "mine", "found")))
            for aspect in core.ASPECTS
        }
        save_clients(appraisal=found, told=told, at=timezone.now())
        messages.success(request, "Saved. What comes of it stands above the form.")
        return redirect("appraisals:clients", pk)
    told = told_in(found)
    before = {} if told else clients_before(found)
    lines = core.compare(told or before)
    page = ClientsPage(
        appraisal=found,
        work_title=named(found),
        marked=standing_of(found.work),
        lines=lines,
        says=core.in_words(lines) if told else (),
        remembered=bool(before),
    )
    return show(request, page)
