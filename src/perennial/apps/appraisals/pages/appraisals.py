"""My appraisals: begun, finished, rated by two."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.appraisals.library import forms
from perennial.apps.appraisals.queries import Given, Pairing, appraisals_of, pairings_of
from perennial.core import appraisal as core
from perennial.ui import Page, SignedIn, show


class AppraisalsPage(Page):
    """What the list shows."""

    template = "appraisals/pages/appraisals.html"
    title = "Appraisals"
    nav = "evidence"
    open: Sequence[Given]
    finished: Sequence[Given]
    pairs: Sequence[Pairing]
    forms: Sequence[core.Form]


@login_required
@require_safe
def appraisals(request: SignedIn) -> HttpResponse:
    """List the person's appraisals and pairs."""
    rows = appraisals_of(request.user)
    page = AppraisalsPage(
        open=[one for one in rows if not one.appraisal.finished_at],
        finished=[one for one in rows if one.appraisal.finished_at],
        pairs=pairings_of(request.user),
        forms=list(forms().values()),
    )
    return show(request, page)
