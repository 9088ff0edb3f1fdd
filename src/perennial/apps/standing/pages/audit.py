"""The audit check of a license: what an auditor would find on a day, how grave it is, and what to do about it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.standing.access import license_of
from perennial.apps.standing.asof import AsOfForm
from perennial.apps.standing.auditing import Audit, audit_of
from perennial.apps.standing.queries import standing_of_license
from perennial.ui import Page, SignedIn, show


class AuditPage(Page):
    """What an auditor would find in one license."""

    template = "standing/pages/audit.html"
    nav = "dashboard"
    audit: Audit
    asof: AsOfForm


@login_required
@require_safe
def audit(request: SignedIn, pk: int) -> HttpResponse:
    """Show what an auditor would find, today or on another day."""
    license, today = license_of(request.user, pk), timezone.localdate()
    asof = AsOfForm(request.GET if "on" in request.GET else None, today=today)
    found = audit_of(standing_of_license(license, day=asof.day), today=today)
    page = AuditPage(title=f"{found.standing.name}: audit check", audit=found, asof=asof)
    return show(request, page, status=422 if asof.errors else 200)
