"""One report of a mistake beside the rule file, for those who work for the site: compare, decide, take the change along."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from perennial.apps.licenses.queries import jurisdiction_name, profession_name, rule_for
from perennial.apps.requirements.access import report_for
from perennial.apps.requirements.forms import ReplyForm
from perennial.apps.requirements.lines import line_name
from perennial.apps.requirements.proposal_file import file_name, proposal_toml
from perennial.apps.requirements.queries import RuleProposal, draft_of, suggested_by
from perennial.apps.requirements.services import decide
from perennial.core.rules.proposal import Draft
from perennial.core.values import Problem, Refusal
from perennial.core.values.words import SOURCE_KINDS, day_in_words, plain_hours
from perennial.ui import Page, SignedIn, show


class ReportPage(Page):
    """A report: what it says, and the rule file with and without it; `fault` where that file cannot be read."""

    template = "requirements/pages/report.html"
    nav = "requirements"
    proposal: RuleProposal
    name: str
    line: str
    hours: str
    since: str
    kind: str
    read: str
    draft: Draft | None
    fault: Problem | None
    form: ReplyForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Show a report, or decide about it."""
    proposal = report_for(request.user, pk)
    if request.method != "POST":
        return show(request, page_of(proposal, ReplyForm()))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show(request, page_of(proposal, form), status=400)
    accept = request.POST.get("do") == "accept"
    if not accept and request.POST.get("do") != "decline":
        raise Refusal("Press “Accept” or “Decline”. Nothing was changed.")
    decide(proposal=proposal, accept=accept, reply=form.cleaned_data["reply"], by=request.user, at=timezone.now())
    return redirect("requirements:report", pk)


@login_required
@require_safe
def change_file(request: SignedIn, pk: int) -> HttpResponse:
    """The report as a TOML file beside what stands in the rule file."""
    proposal = report_for(request.user, pk)
    found = draft_of(proposal)
    if isinstance(found, Problem):
        raise Refusal(f"The rule file cannot be read. {found}")
    response = HttpResponse(proposal_toml(proposal, found), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(proposal)}"'
    return response


def page_of(proposal: RuleProposal, form: ReplyForm) -> ReportPage:
    """The page of a report."""
    found = draft_of(proposal)
    hours = suggested_by(proposal).hours
    return ReportPage(
        title=f"Report {proposal.pk}",
        proposal=proposal,
        name=f"{profession_name(proposal.profession)}, {jurisdiction_name(proposal.jurisdiction)}",
        line=line_name(rule_for(proposal.jurisdiction, proposal.profession), proposal.line),
        hours="" if hours is None else f"{plain_hours(hours)} h",
        since=day_in_words(proposal.starts_on) if proposal.starts_on else "",
        kind=SOURCE_KINDS.get(proposal.kind, proposal.kind),
        read=day_in_words(proposal.read_on),
        draft=None if isinstance(found, Problem) else found,
        fault=found if isinstance(found, Problem) else None,
        form=form,
    )
