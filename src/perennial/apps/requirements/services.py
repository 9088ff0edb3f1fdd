"""What can be done about mistakes in rules: report one, and decide about a report."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.queries import jurisdiction_name, profession_name, rule_for
from perennial.apps.notices.services import notify
from perennial.apps.requirements.lines import lines_of
from perennial.apps.requirements.models import MOST_MINUTES, ProposalState, RuleProposal
from perennial.apps.requirements.queries import token_of
from perennial.core.values import Refusal, written
from perennial.core.values.words import SOURCE_KINDS

LONGEST_TEXT, LONGEST_CITE, LONGEST_URL = 2000, 300, 500
MOST_OPEN = 5000


@dataclass(frozen=True, slots=True)
class Report:
    """What someone says is wrong in a rule; see `RuleProposal` for the meaning of each."""

    jurisdiction: str
    profession: str
    line: str
    should_say: str
    minutes: int | None
    starts_on: date | None
    cite: str
    url: str
    kind: str
    read_on: date
    email: str = ""


@transaction.atomic
def report_mistake(*, report: Report, reporter: Person | None, at: datetime) -> RuleProposal:
    """Keep a report; the same report while it is open gives the same number. Raises Refusal for what cannot be."""
    rule = rule_for(report.jurisdiction, report.profession)
    if rule is None or report.line not in lines_of(rule):
        raise Refusal("The rule has no such line any more. Load its page again and choose the line anew.")
    if report.minutes is not None and not 0 <= report.minutes <= MOST_MINUTES:
        raise Refusal("Hours lie between 0 and 1000. Correct them and send the report again.")
    if not report.url.startswith(("https://", "http://")) or report.kind not in SOURCE_KINDS:
        raise Refusal("A report needs the web address at which it was read. Enter it and send the report again.")
    row = {
        "jurisdiction": rule.jurisdiction,
        "profession": rule.profession,
        "line": report.line,
        "should_say": written(report.should_say, "text of the report", LONGEST_TEXT, required=True),
        "minutes": report.minutes,
        "starts_on": report.starts_on,
        "cite": written(report.cite, "citation", LONGEST_CITE),
        "url": written(report.url, "web address", LONGEST_URL),
        "kind": report.kind,
        "read_on": report.read_on,
        "email": report.email,
    }
    there = RuleProposal.objects.filter(state=ProposalState.OPEN, reporter=reporter, **row).first()
    if there is not None:
        return there
    if RuleProposal.objects.filter(state=ProposalState.OPEN).count() >= MOST_OPEN:
        raise Refusal("Too many reports wait to be read. Please try again in a few days.")
    return RuleProposal.objects.create(**row, reporter=reporter, made_at=at)


@transaction.atomic
def decide(*, proposal: RuleProposal, accept: bool, reply: str, by: Person, at: datetime) -> None:
    """Accept or decline a report with a reply to whoever sent it; once. The rule file itself is changed by a person."""
    proposal = RuleProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.OPEN:
        raise Refusal("This report was decided already. Load the page again to see how.")
    proposal.reply = written(reply, "reply", LONGEST_TEXT, required=True)
    proposal.state = ProposalState.ACCEPTED if accept else ProposalState.DECLINED
    proposal.decided_at, proposal.decided_by = at, by
    proposal.save(update_fields=["reply", "state", "decided_at", "decided_by"])
    if proposal.reporter is not None:
        rule = f"{profession_name(proposal.profession)}, {jurisdiction_name(proposal.jurisdiction)}"
        notify(
            person=proposal.reporter,
            kind="report",
            key=f"rule-report-{proposal.pk}",
            title=f"Your report {proposal.pk} on a rule was {proposal.get_state_display().lower()}",
            text=f"{rule}: {proposal.reply}",
            link=reverse("requirements:told", args=[token_of(proposal)]),
        )
