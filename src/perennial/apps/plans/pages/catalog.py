"""Loads a whole catalog of outside courses, and reports row by row what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.plans.catalogs import MOST_BYTES, courses_in
from perennial.apps.plans.forms import CatalogForm
from perennial.apps.plans.services import Taken, keep_catalog
from perennial.apps.plans.words import format_choices, topic_choices, vocabulary
from perennial.core.planner.catalogs import COLUMNS, REQUIRED
from perennial.core.values import Problem, Refusal
from perennial.core.values.words import counted
from perennial.ui import Page, SignedIn, show

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the rows."""

    taken: Taken
    refused: Sequence[Problem]

    @property
    def headline(self) -> str:
        """How many of the rows were taken."""
        taken = self.taken.new + self.taken.changed + self.taken.same
        return f"{taken} of {counted(taken + len(self.refused), 'course')} taken"

    @property
    def shown(self) -> Sequence[Problem]:
        """The first refused rows."""
        return self.refused[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many refused rows are not shown."""
        return max(0, len(self.refused) - MOST_SHOWN)


@dataclass(frozen=True, slots=True)
class Names:
    """What a column may hold, as (what is written, what it is called)."""

    title: str
    rows: Sequence[tuple[str, str]]


def names() -> Sequence[Names]:
    """The topics, formats and approvers that a catalog may name."""
    known = vocabulary()
    return (Names("Topics", topic_choices()), Names("Formats", format_choices()), Names("Approvers", known.usual_approvers()))


class CatalogPage(Page):
    """The form, and the report after it."""

    template = "plans/pages/catalog.html"
    title = "Load a catalog"
    nav = "plan"
    form: CatalogForm
    report: Report | None = None
    whole: Problem | None = None
    names: Sequence[Names]
    others: Sequence[str] = tuple(name for name in COLUMNS if name not in REQUIRED)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def catalog(request: SignedIn) -> HttpResponse:
    """Show the form, or take the catalog's good rows and name the others."""
    form = CatalogForm(request.POST, request.FILES) if request.method == "POST" else CatalogForm()
    if not form.is_valid():
        return show(request, CatalogPage(names=names(), form=form), status=400 if form.errors else 200)
    upload = form.cleaned_data["file"]
    read = courses_in(upload.read(MOST_BYTES + 1) if upload else form.cleaned_data["text"].encode(), vocabulary())
    if read.whole is not None:
        return show(request, CatalogPage(names=names(), form=CatalogForm(), whole=read.whole), status=400)
    try:
        taken = keep_catalog(person=request.user, courses=read.taken, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show(request, CatalogPage(names=names(), form=form), status=400)
    return show(request, CatalogPage(names=names(), form=CatalogForm(), report=Report(taken, read.refused)))
