"""An appraisal as somebody else may see it."""

from collections.abc import Sequence

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.appraisals.access import is_for_somebody, share_by
from perennial.apps.appraisals.queries import Appraisal, answers_of, form_in, newest_of, standing_of
from perennial.apps.appraisals.showing import Group, groups_of, named
from perennial.apps.works.queries import Marked
from perennial.core import appraisal as core
from perennial.ui import Page, Request, show


class SharedPage(Page):
    """What others see: no clients, no time."""

    template = "appraisals/pages/shared.html"
    nav = "evidence"
    appraisal: Appraisal
    work_title: str
    form: core.Form
    marked: Marked | None
    groups: Sequence[Group]
    corrected: bool


@require_safe
def shared(request: Request, token: str) -> HttpResponse:
    """Show it to whom it is shown; a visitor is asked to sign in where it is for one person."""
    person = request.user if request.user.is_authenticated else None
    if person is None and is_for_somebody(token):
        return redirect_to_login(request.get_full_path())
    found = share_by(token, person).appraisal
    form = form_in(found.form)
    page = SharedPage(
        title=f"Appraisal: {named(found)}",
        appraisal=found,
        work_title=named(found),
        form=form,
        marked=standing_of(found.work),
        groups=groups_of(form, answers_of(found)),
        corrected=newest_of(found) is not None,
    )
    return show(request, page)
