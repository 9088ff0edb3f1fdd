"""Reads reports of mistakes, and how our own reading of a rule came about."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Count, QuerySet

from perennial.apps.accounts.queries import Person
from perennial.apps.requirements.models import ProposalState, RuleProposal
from perennial.core.rules import Rule
from perennial.core.rules.changes import Changes, OwnHistory, own_history, read_changes
from perennial.core.rules.proposal import Draft, Suggested, draft
from perennial.core.values import Problem

__all__ = [
    "ProposalState",
    "RuleProposal",
    "draft_of",
    "export_of",
    "history_of",
    "numbers_by_state",
    "proposal_by_token",
    "reports_in",
    "suggested_by",
    "token_of",
]

SALT = "perennial.requirements.report"


@cache
def _changes() -> Changes:
    """The changes of our reading, read once per process; a fault in the file is told by the lint."""
    return read_changes(settings.RULEBASE)[0]


def history_of(rule: Rule) -> OwnHistory:
    """How our reading of this rule came about."""
    return own_history(_changes(), rule.jurisdiction, rule.profession)


def reports_in(state: str) -> QuerySet[RuleProposal]:
    """The reports in a state, or all where it is empty, the newest first."""
    found = RuleProposal.objects.all()
    return found.filter(state=state) if state else found


def numbers_by_state() -> dict[str, int]:
    """How many reports there are in each state; one query."""
    found = dict(RuleProposal.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in ProposalState.values}


def token_of(proposal: RuleProposal) -> str:
    """What lets whoever sent a report see what became of it, without signing in; it opens nothing else and never lapses."""
    return signing.Signer(salt=SALT).sign(str(proposal.pk)).replace(":", "~")


def proposal_by_token(token: str) -> RuleProposal | None:
    """The report that this token is about."""
    try:
        pk = signing.Signer(salt=SALT).unsign(token.replace("~", ":"))
    except signing.BadSignature:
        return None
    return RuleProposal.objects.filter(pk=int(pk)).first()


def suggested_by(proposal: RuleProposal) -> Suggested:
    """A report as the core takes it."""
    return Suggested(
        number=proposal.pk,
        line=proposal.line,
        says=proposal.should_say,
        hours=None if proposal.minutes is None else Decimal(proposal.minutes) / 60,
        start=proposal.starts_on,
        cite=proposal.cite,
        url=proposal.url,
        kind=proposal.kind,
        read=f"{proposal.read_on:%Y-%m}",
    )


def draft_of(proposal: RuleProposal) -> Draft | Problem:
    """The report as a change of the rule file as it stands now, or why that file cannot be read."""
    path = settings.RULEBASE / "us" / proposal.jurisdiction.lower() / f"{proposal.profession}.toml"
    return draft(path, settings.RULEBASE, suggested_by(proposal))


def export_of(person: Person) -> dict[str, Any]:
    """Everything this area keeps of a person, as plain values."""
    return {"rule_reports": [_row(report) for report in _made_by(person)]}


def _made_by(person: Person) -> Sequence[RuleProposal]:
    return list(RuleProposal.objects.filter(reporter=person))


def _row(report: RuleProposal) -> dict[str, Any]:
    plain = ("jurisdiction", "profession", "line", "should_say", "minutes", "cite", "url", "kind", "email", "state", "reply")
    dated = ("starts_on", "read_on", "made_at", "decided_at")
    return {
        "number": report.pk,
        **{name: getattr(report, name) for name in plain},
        **{name: value.isoformat() if (value := getattr(report, name)) else None for name in dated},
    }
