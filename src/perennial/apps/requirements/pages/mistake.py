"""Report a mistake in a rule, and see what became of it; no account is needed for either."""

from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from perennial.apps.licenses.queries import jurisdiction_name, profession_name, rule_for
from perennial.apps.requirements.forms import MistakeForm
from perennial.apps.requirements.queries import RuleProposal, proposal_by_token, token_of
from perennial.apps.requirements.services import report_mistake
from perennial.core.rules import Rule
from perennial.core.values import Refusal
from perennial.ui import Page, Request, show

TOO_MANY = "Several reports came from here within the last hour. Nothing you wrote is lost: wait a while, and send it again."


class MistakePage(Page):
    """The form."""

    template = "requirements/pages/mistake.html"
    title = "Report a mistake"
    nav = "requirements"
    rule: Rule
    name: str
    path: str
    form: MistakeForm


@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request: Request, jurisdiction: str, profession: str) -> HttpResponse:
    """Show the form, or keep what it holds and show its number."""
    rule = rule_for(jurisdiction, profession)
    if rule is None:
        raise Http404
    today = timezone.localdate()
    if request.method != "POST":
        return show(request, page_of(rule, MistakeForm(rule, today, initial={"line": request.GET.get("line", ""), "read_on": today})))
    form = MistakeForm(rule, today, request.POST)
    if not form.is_valid():
        return show(request, page_of(rule, form), status=400)
    if not ratelimit.consume(request, action="report_mistake"):
        form.add_error(None, TOO_MANY)
        return show(request, page_of(rule, form), status=429)
    reporter = request.user if request.user.is_authenticated else None
    try:
        kept = report_mistake(report=form.report(), reporter=reporter, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show(request, page_of(rule, form), status=400)
    return redirect("requirements:told", token_of(kept))


def page_of(rule: Rule, form: MistakeForm) -> MistakePage:
    """The page with this form."""
    name = f"{profession_name(rule.profession)}, {jurisdiction_name(rule.jurisdiction)}"
    return MistakePage(rule=rule, name=name, path=f"rulebase/us/{rule.jurisdiction.lower()}/{rule.profession}.toml", form=form)


class ToldPage(Page):
    """What became of a report: its number and state and the reply, and nothing of what it says."""

    template = "requirements/pages/mistake_told.html"
    title = "Your report"
    nav = "requirements"
    proposal: RuleProposal
    name: str


@require_safe
def told(request: Request, token: str) -> HttpResponse:
    """Show whoever holds the token how the report stands."""
    proposal = proposal_by_token(token)
    if proposal is None:
        raise Http404
    name = f"{profession_name(proposal.profession)}, {jurisdiction_name(proposal.jurisdiction)}"
    response = show(request, ToldPage(title=f"Report {proposal.pk}", proposal=proposal, name=name))
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex, nofollow, noarchive", "no-referrer"
    return response
