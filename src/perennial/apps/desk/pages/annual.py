"""A provider's annual report: a look at the year, and the same as a paper and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.courses.queries import CourseYear, years_of
from perennial.apps.desk.access import desk_of
from perennial.apps.desk.annual import Year, as_csv, hours, mean_of, report, said
from perennial.apps.desk.paper.document import pdf_of
from perennial.apps.desk.queries import Provider
from perennial.apps.providers.queries import as_value
from perennial.ui import Page, SignedIn, show

FIRST_YEAR, YEARS_SHOWN = 2000, 6


@dataclass(frozen=True, slots=True)
class Line:
    """A course of the year, with its credit and the mean of what was said in words."""

    course: CourseYear
    hours: str
    mean: str


class AnnualPage(Page):
    """The year in a table."""

    template = "desk/pages/annual.html"
    nav = "desk"
    provider: Provider
    year: Year
    years: Sequence[int]
    lines: Sequence[Line]


@login_required
@require_safe
def annual(request: SignedIn, provider: str) -> HttpResponse:
    """Show a year: the one that is asked for, else this one."""
    found = desk_of(request.user, provider).provider
    this = timezone.localdate().year
    asked = request.GET.get("year", "")
    year = year_of(found, int(asked) if asked.isdecimal() and len(asked) == len(str(this)) and FIRST_YEAR <= int(asked) <= this else this)
    page = AnnualPage(
        title=f"{found.name}: {year.year}",
        provider=found,
        year=year,
        years=range(this, this - YEARS_SHOWN, -1),
        lines=[Line(course, hours(course.credit_minutes), said(mean_of(course))) for course in year.courses],
    )
    return show(request, page)


@login_required
@require_safe
def annual_file(request: SignedIn, provider: str, year: int, form: str) -> HttpResponse:
    """Hand out a year as a PDF or as a table."""
    found = desk_of(request.user, provider).provider
    if not FIRST_YEAR <= year <= timezone.localdate().year or form not in ("pdf", "csv"):
        raise Http404("no such report")
    its = year_of(found, year)
    content, media = (pdf_of(report(its)), "application/pdf") if form == "pdf" else (as_csv(its), "text/csv; charset=utf-8")
    reply = HttpResponse(content, content_type=media)
    reply["Content-Disposition"] = f'attachment; filename="{found.slug}-{year}.{form}"'
    reply["Cache-Control"] = "private, no-store"
    return reply


def year_of(provider: Provider, year: int) -> Year:
    """The provider's year as it stands today."""
    return Year(as_value(provider), year, timezone.localdate(), years_of(provider.slug, year))
