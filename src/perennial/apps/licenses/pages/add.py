"""Adding a license: state and profession first, then what this license's rule needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.licenses.forms import ChooseForm, LicenseForm, OwnForm
from perennial.apps.licenses.queries import OTHER, license_name, name_of, rule_for, said_of
from perennial.apps.licenses.services import add_license, answer_questions
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
    said = said_of(request.user)
    initial = {**request.GET.dict(), "state": state, "profession": profession}
    form = details_form(request, profession, initial=initial, answered=said.held | said.denied)
    if form.is_bound and form.is_valid():
        return added(request, form)
    page = AddPage(choose=choose, details=form, name=name_of(state, profession), rule=rule_for(state, profession))
    return show(request, page, status=422 if form.errors else 200)


def added(request: SignedIn, form: LicenseForm) -> HttpResponse:
    """Add the license and show it; one that is followed already, with other dates, is shown to be changed."""
    facts = form.facts()
    license = add_license(person=request.user, **facts)
    answer_questions(person=request.user, answers={slug: answer for slug, answer in form.answers.items() if answer is not None})
    if any(getattr(license, name) != facts[name] for name in ("expires_on", "issued_on", "renewal_number")):
        messages.warning(request, f"You follow {license_name(license)} already. Its dates are as they were; change them here.")
        return redirect("licenses:edit", license.pk)
    messages.success(request, f"{license_name(license)} is on your dashboard.")
    return redirect("portal:requirement", license.pk)


def details_form(request: SignedIn, profession: str, initial: dict[str, Any], answered: frozenset[str] | None = None) -> LicenseForm:
    """The form for this profession, with what was sent or with what is known; what is `answered` about the person is not asked again."""
    kind = OwnForm if profession == OTHER else LicenseForm
    return kind(request.POST or None, day=timezone.localdate(), strict=True, fixed=True, answered=answered, initial=initial)
