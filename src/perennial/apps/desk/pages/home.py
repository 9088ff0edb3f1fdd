"""The desks of a person: those of the providers for whom they work, and one to open."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perennial.apps.desk.forms import OpenForm
from perennial.apps.desk.queries import Membership
from perennial.apps.providers.queries import memberships_of
from perennial.apps.providers.services import open_provider
from perennial.ui import Page, SignedIn, show
from perennial.ui.context import keep_place_known


class HomePage(Page):
    """The list of desks, and the form to open one."""

    template = "desk/pages/home.html"
    title = "Desk"
    nav = "desk"
    memberships: Sequence[Membership]
    form: OpenForm


@login_required
def home(request: SignedIn) -> HttpResponse:
    """Show the desks, or open one."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        provider = open_provider(person=request.user, at=timezone.now(), **form.cleaned_data)
        keep_place_known(request, "desk")
        messages.success(request, f"The desk of {provider.name} is open. Begin your first course.")
        return redirect("desk:desk", provider.slug)
    memberships = memberships_of(request.user)
    if memberships:
        keep_place_known(request, "desk")
    return show(request, HomePage(memberships=memberships, form=form), status=400 if form.errors else 200)
