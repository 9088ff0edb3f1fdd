"""Whom a finished appraisal is shown to: nobody, people by name, or everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.appraisals.access import appraisal_of, token_of_share
from perennial.apps.appraisals.queries import Appraisal, Share, shares_of, standing_of
from perennial.apps.appraisals.services import end_share, share_appraisal
from perennial.apps.appraisals.showing import named
from perennial.apps.works.queries import Marked
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class Shown:
    """One who may see it, with the address to send them."""

    share: Share
    address: str


class SharingPage(Page):
    """What the page shows; `error` where the last address could not be taken."""

    template = "appraisals/pages/sharing.html"
    title = "Show an appraisal"
    nav = "evidence"
    appraisal: Appraisal
    work_title: str
    marked: Marked | None
    shown: Sequence[Shown]
    public: Shown | None
    email: str
    error: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: SignedIn, pk: int) -> HttpResponse:
    """Show who may see it, and add one."""
    found, error, email = appraisal_of(request.user, pk), "", request.POST.get("email", "")
    if request.method == "POST":
        try:
            if not email.strip() and "public" not in request.POST:
                raise Refusal("Write the e-mail address with which the person signs in here.")
            share_appraisal(appraisal=found, email="" if "public" in request.POST else email, at=timezone.now())
            messages.success(request, "Done. Send the address that stands beside it.")
            return redirect("appraisals:sharing", pk)
        except Refusal as refusal:
            error = str(refusal)
    shown = [Shown(one, request.build_absolute_uri(reverse("appraisals:shared", args=[token_of_share(one)]))) for one in shares_of(found)]
    page = SharingPage(
        appraisal=found,
        work_title=named(found),
        marked=standing_of(found.work),
        shown=[one for one in shown if one.share.email],
        public=next((one for one in shown if not one.share.email), None),
        email=email,
        error=error,
    )
    return show(request, page, status=400 if error else 200)


@login_required
@require_POST
def end(request: SignedIn, pk: int, share: int) -> HttpResponse:
    """Show it to one of them no longer."""
    end_share(appraisal=appraisal_of(request.user, pk), pk=share, at=timezone.now())
    messages.success(request, "It is not shown there any longer. Showing it again gives a new address.")
    return redirect("appraisals:sharing", pk)
