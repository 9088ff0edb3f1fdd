"""The mistakes that people reported, for those who work for the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page as Portion
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.licenses.queries import jurisdiction_name, profession_name, rule_for
from perennial.apps.requirements.access import reports_for
from perennial.apps.requirements.lines import line_name
from perennial.apps.requirements.queries import ProposalState, RuleProposal, numbers_by_state
from perennial.ui import Page, SignedIn, show

PER_PAGE = 50
EVERY = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """A report in the list."""

    report: RuleProposal
    name: str
    line: str
    host: str


class ReportsPage(Page):
    """The list, one state at a time; `tabs` are (state, words, number)."""

    template = "requirements/pages/reports.html"
    title = "Reports of mistakes"
    nav = "requirements"
    state: str
    tabs: Sequence[tuple[str, str, int]]
    rows: Sequence[Row]
    portion: Portion[RuleProposal]


@login_required
@require_safe
def reports(request: SignedIn) -> HttpResponse:
    """Show the reports in one state, or all, the newest first."""
    asked = request.GET.get("state", ProposalState.OPEN)
    state = asked if asked in (*ProposalState.values, EVERY) else ProposalState.OPEN.value
    found = reports_for(request.user, "" if state == EVERY else state)
    portion = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    numbers = numbers_by_state()
    tabs = [(key, words, numbers[key]) for key, words in ProposalState.choices] + [(EVERY, "All", sum(numbers.values()))]
    return show(request, ReportsPage(state=state, tabs=tabs, rows=[_row(report) for report in portion], portion=portion))


def _row(report: RuleProposal) -> Row:
    name = f"{profession_name(report.profession)}, {jurisdiction_name(report.jurisdiction)}"
    rule = rule_for(report.jurisdiction, report.profession)
    return Row(report, name, line_name(rule, report.line), urlsplit(report.url).hostname or "")
