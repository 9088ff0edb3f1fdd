"""Looking up a DOI that is not known here, and going on with the work where it was wanted."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from perennial.apps.works.services import look_up
from perennial.ui import SignedIn


@login_required
@require_POST
def look(request: SignedIn) -> HttpResponse:
    """Ask Crossref about a DOI; go on to `next` with the work's number, or back to `back` with the reason why it is not known."""
    looked = look_up(doi=request.POST.get("doi", ""), at=timezone.now())
    if looked.work is None:
        messages.warning(request, looked.says)
        return redirect(own_address(request.POST.get("back", "")) or "/")
    onward = urlsplit(own_address(request.POST.get("next", ""))).path
    return redirect(f"{onward}?work={looked.work.pk}" if onward else reverse("works:record", args=[looked.work.pk]))


def own_address(text: str) -> str:
    """An address of this site as it was sent; empty for any other, so that no form sends people elsewhere."""
    return text if text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None) else ""
