"""For those who work for the site: providers whose courses wait to show in the catalog."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from perennial.apps.desk.publishing import confirm
from perennial.apps.desk.queries import Provider
from perennial.apps.providers.queries import provider_by_slug, unconfirmed_providers
from perennial.ui import Page, SignedIn, show


class ConfirmingPage(Page):
    """The providers that wait."""

    template = "desk/pages/confirming.html"
    title = "Providers to confirm"
    nav = "desk"
    providers: Sequence[Provider]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: SignedIn) -> HttpResponse:
    """Show who waits, or confirm one."""
    if not request.user.is_staff:
        raise Http404("for staff")
    if request.method == "POST":
        provider = provider_by_slug(request.POST.get("provider", ""))
        if provider is None:
            raise Http404("no such provider")
        confirm(provider=provider)
        messages.success(request, f"{provider.name} is confirmed; its courses show in the catalog.")
        return redirect("desk:confirming")
    return show(request, ConfirmingPage(providers=unconfirmed_providers()))
