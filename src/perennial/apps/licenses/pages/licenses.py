"""The list of licenses, also of those that were removed; removing and bringing back."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.licenses.access import license_of, removed_license_of
from perennial.apps.licenses.queries import CompactView, License, compacts_beside, license_name, licenses_of, removed_licenses_of, said_of
from perennial.apps.licenses.questions import asked_for
from perennial.apps.licenses.services import remove_license, restore_license
from perennial.ui import Page, SignedIn, show


class LicensesPage(Page):
    """One's licenses as (license, name)."""

    template = "licenses/pages/licenses.html"
    title = "Licenses"
    nav = "dashboard"
    licenses: Sequence[tuple[License, str]]
    removed: Sequence[tuple[License, str]]
    fresh: str
    asked: int
    open: int
    compacts: Sequence[CompactView]


@login_required
@require_safe
def licenses(request: SignedIn) -> HttpResponse:
    """List the licenses followed and those removed."""
    mine = list(licenses_of(request.user))
    asked = asked_for(mine, request.user)
    named = [(license, license_name(license)) for license in mine]
    page = LicensesPage(
        licenses=named,
        removed=[(license, license_name(license)) for license in removed_licenses_of(request.user)],
        fresh=request.GET.get("removed", ""),
        asked=len(asked),
        open=sum(one.answer is None for one in asked),
        compacts=compacts_beside([(license.profession, name) for license, name in named], said_of(request.user).held),
    )
    return show(request, page)


@login_required
@require_POST
def remove(request: SignedIn, pk: int) -> HttpResponse:
    """Stop following a license; the list then offers to undo it."""
    remove_license(license=license_of(request.user, pk), at=timezone.now())
    return redirect(f"{reverse('licenses:list')}?removed={pk}")


@login_required
@require_POST
def restore(request: SignedIn, pk: int) -> HttpResponse:
    """Bring a removed license back."""
    license = restore_license(license=removed_license_of(request.user, pk))
    messages.success(request, f"{license_name(license)} is back.")
    return redirect("portal:requirement", license.pk)
