"""The forms: all questions of each, to read beforehand or to print."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.appraisals.library import forms
from perennial.apps.appraisals.showing import Group, groups_of
from perennial.core import appraisal as core
from perennial.ui import Page, Request, show


class FormPage(Page):
    """A form with every question, and the other forms."""

    template = "appraisals/pages/form.html"
    nav = "evidence"
    form: core.Form
    groups: Sequence[Group]
    others: Sequence[core.Form]


@require_safe
def form(request: Request, design: str) -> HttpResponse:
    """Show a form; else 404."""
    there = forms()
    found = there.get(design)
    if found is None:
        raise Http404("no such form")
    page = FormPage(
        title=f"Form: {found.title}",
        description=found.about,
        form=found,
        groups=groups_of(found, {}),
        others=[one for one in there.values() if one.design != design],
    )
    return show(request, page)
