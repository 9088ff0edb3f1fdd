"""Adding a license: state and profession first, then what this license's rule needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.forms import ChooseForm, LicenseForm, OwnForm, initial_of
from perennial.apps.licenses.queries import OTHER, License, attributes_of, license_name, name_of, rule_for
from perennial.apps.licenses.services import add_license, set_attributes
from perennial.core.rules import Rule
from perennial.ui import Page, SignedIn, show


class AddPage(Page):
    """The form for one license; without `details` the choice of state and profession."""

    template = "licenses/pages/add.html"
    title = "Add a license"
    nav = "dashboard"
    choose: ChooseForm
    details: LicenseForm | None
    name: str = ""
    rule: Rule | None = None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn) -> HttpResponse:
    """Ask in two steps; what the home page asked already is filled in."""
    given = request.POST or request.GET
    choose = ChooseForm(given if {"state", "profession"} & given.keys() else None)
    if not choose.is_valid():
        return show(request, AddPage(choose=choose, details=None), status=422 if choose.is_bound else 200)
    state, profession = choose.cleaned_data["state"], choose.cleaned_data["profession"]
    kept = {**request.GET.dict(), "attributes": request.GET.getlist("attributes") or sorted(attributes_of(request.user))}
    form = details_form(request, profession, initial={**kept, "state": state, "profession": profession})
    if form.is_bound and form.is_valid():
        return added(request, form)
    page = AddPage(choose=choose, details=form, name=name_of(state, profession), rule=rule_for(state, profession))
    return show(request, page, status=422 if form.errors else 200)


def added(request: SignedIn, form: LicenseForm) -> HttpResponse:
    """Add the license and show it; one that is followed already, with other dates, is shown to be changed."""
    facts = form.facts()
    license = add_license(person=request.user, **facts)
    keep_attributes(request.user, form)
    if any(getattr(license, name) != facts[name] for name in ("expires_on", "issued_on", "renewal_number")):
        messages.warning(request, f"You follow {license_name(license)} already. Its dates are as they were; change them here.")
        return redirect("licenses:edit", license.pk)
    messages.success(request, f"{license_name(license)} is on your dashboard.")
    return redirect("portal:requirement", license.pk)


def details_form(request: SignedIn, profession: str, initial: dict[str, Any]) -> LicenseForm:
    """The form for this profession, with what was sent or with what is known."""
    kind = OwnForm if profession == OTHER else LicenseForm
    return kind(request.POST or None, day=timezone.localdate(), strict=True, fixed=True, initial=initial)


def keep_attributes(person: Person, form: LicenseForm) -> None:
    """Keep what this rule asked about the person; what other rules asked stays as it is."""
    asked = {slug for slug, _ in form.questions.attributes}
    if asked:
        set_attributes(person=person, attributes=(attributes_of(person) - asked) | set(form.cleaned_data["attributes"]))


def known(license: License) -> dict[str, Any]:
    """A license's facts and its owner's attributes, as the form shows them."""
    return {**initial_of(license), "attributes": sorted(attributes_of(license.person))}
