"""Changing a license: new dates after a renewal, a corrected number, what its rule asks."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.licenses.access import license_of
from perennial.apps.licenses.forms import LicenseForm, initial_of
from perennial.apps.licenses.pages.add import details_form
from perennial.apps.licenses.queries import CompactView, License, compacts_beside, license_name, said_of
from perennial.apps.licenses.services import change_license
from perennial.ui import Page, SignedIn, show


class EditPage(Page):
    """The form for a license that is followed already."""

    template = "licenses/pages/edit.html"
    nav = "dashboard"
    license: License
    name: str
    form: LicenseForm
    ended: bool
    compacts: Sequence[CompactView]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Show the license's facts, or change them. State and profession stay: another license is another entry."""
    license = license_of(request.user, pk)
    form = details_form(request, license.profession, initial=initial_of(license))
    if form.is_bound and form.is_valid():
        changed = change_license(
            license=license, **{**form.facts(), "jurisdiction": license.jurisdiction, "profession": license.profession}
        )
        messages.success(request, f"{license_name(changed)} is changed.")
        return redirect("portal:requirement", license.pk)
    name = license_name(license)
    page = EditPage(
        title=f"Change {name}",
        license=license,
        name=name,
        form=form,
        ended=license.expires_on < timezone.localdate(),
        compacts=compacts_beside([(license.profession, name)], said_of(request.user).held),
    )
    return show(request, page, status=422 if form.errors else 200)
