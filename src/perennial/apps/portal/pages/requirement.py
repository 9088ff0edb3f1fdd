"""The requirement page of a license: how its hours were counted, line by line, and what is open."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.licenses.queries import CompactView, Duty, compacts_beside, compacts_of
from perennial.apps.licenses.services import record_duty, withdraw_duty
from perennial.apps.portal.access import duty_of, license_of
from perennial.apps.portal.card import finding_for
from perennial.apps.portal.drawn import address
from perennial.apps.portal.duties import DutyForm
from perennial.apps.portal.finding import Finding
from perennial.apps.portal.steps import Step
from perennial.apps.portal.turns import Turn, coming
from perennial.apps.portal.working import NotCountedView, duties_done, not_counted, step_for
from perennial.apps.standing.asof import AsOfForm
from perennial.apps.standing.queries import LicenseStanding, standing_of_license
from perennial.ui import Page, SignedIn, show


class RequirementPage(Page):
    """How a license's hours were counted; without a finding there is neither rule nor own list."""

    template = "portal/pages/requirement.html"
    nav = "dashboard"
    standing: LicenseStanding
    finding: Finding | None
    step: Step | None
    out: Sequence[NotCountedView]
    form: DutyForm | None
    duties: Sequence[tuple[Duty, str]]
    asof: AsOfForm
    day: date
    edit: str
    coming: Sequence[Turn] = ()
    compacts: Sequence[CompactView] = ()
    unasked: Sequence[str] = ()
    """Compacts of which it is not answered whether they concern this person."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def requirement(request: SignedIn, pk: int) -> HttpResponse:
    """Show the working, on today or another day; a POST records a duty."""
    license, today = license_of(request.user, pk), timezone.localdate()
    asof = AsOfForm(request.GET if "on" in request.GET else None, today=today)
    standing = standing_of_license(license, day=asof.day)
    form = DutyForm(request.POST or None, rule=standing.rule, day=today) if standing.rule and not standing.own else None
    if form is not None and form.is_bound and form.is_valid():
        record_duty(person=request.user, license=license, what=form.cleaned_data["what"], on=form.cleaned_data["on"])
        messages.success(request, "Recorded. The lines below are counted anew.")
        return redirect(reverse("portal:requirement", args=[pk]))
    page = page_of(standing, asof, form)
    return show(request, page, status=422 if (form and form.errors) or asof.errors else 200)


def page_of(standing: LicenseStanding, asof: AsOfForm, form: DutyForm | None) -> RequirementPage:
    """The page for a license that has been judged."""
    finding, license, said = finding_for(standing, asof.day), standing.license, standing.said
    return RequirementPage(
        title=f"{standing.name}: how we counted",
        standing=standing,
        finding=finding,
        step=step_for(standing, finding, asof.day),
        out=not_counted(standing),
        form=form if form and form.choices else None,
        duties=duties_done(standing),
        asof=asof,
        day=asof.day,
        edit=address("licenses:edit", license.pk),
        coming=coming(license.jurisdiction, license.profession, asof.day) if finding else (),
        compacts=compacts_beside([(license.profession, standing.name)], said.held),
        unasked=[c.name for c in compacts_of(license.profession) if c.attribute and said.answer(c.attribute) is None],
    )


@login_required
@require_POST
def take_back(request: SignedIn, pk: int, duty: int) -> HttpResponse:
    """Take back a duty that was recorded by mistake."""
    license = license_of(request.user, pk)
    withdraw_duty(duty=duty_of(request.user, duty), at=timezone.now())
    messages.success(request, "Taken back. The lines are counted anew.")
    return redirect("portal:requirement", license.pk)
