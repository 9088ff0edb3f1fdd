"""Looks at a license as an auditor would: what would be found on a day, credit by credit, while there is time to mend it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from perennial.apps.credits.queries import CreditView
from perennial.apps.providers.queries import ApprovalView, approvals_by_name
from perennial.apps.standing.queries import LicenseStanding
from perennial.core import rules as core
from perennial.core.rules.answer import Answer
from perennial.core.rules.audit import DatedApproval, Finding, Kind, Severity, examined
from perennial.core.rules.schema import Source
from perennial.core.rules.vocabulary import Vocabulary

SOON = 90
"""Days before the due day from which the check is offered unasked."""
WORDS: dict[Kind, str] = {
    "short": "CE hours are missing",
    "missing_topic": "A requirement is not met",
    "unaccepted": "Not accepted by this board",
    "lapsed": "The approval did not hold on that day",
    "duplicate": "Entered twice",
    "outside": "Outside this period",
    "no_proof": "No certificate is kept with it",
    "topic_hours": "More hours in a topic than in all",
    "future": "Not yet completed",
    "over_limit": "Over a limit",
}
GROUPS: tuple[tuple[Severity, Literal["missing", "part", "booked"], str, str], ...] = (
    ("fails", "missing", "Would fail", "An audit on this day would not end well because of these."),
    ("check", "part", "An auditor would ask", "None of these fails the renewal by itself. Mend them, or have the answer at hand."),
    ("advice", "booked", "Good to know", "Nothing is wrong here, as far as we can tell."),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Findings that say the same, with the credits that they concern."""

    what: str
    because: str
    todo: str
    source: Source | None
    credits: tuple[CreditView, ...]
    record: bool = False
    """Whether it is mended by recording what was done."""


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one severity."""

    severity: Severity
    state: str
    title: str
    says: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Audit:
    """A license as an auditor would see it on `day`. Without a rule, or before an answer that it needs, nothing is found.

    `counted` is the answer after the findings: twins left out, and no approval on a day on which it did not hold. `judged` is what was
    judged for it, `dated` the dates of approvals that are on record here, by credit.
    """

    standing: LicenseStanding
    day: date
    today: date
    findings: tuple[Finding, ...]
    counted: Answer | None = None
    judged: core.Standing | None = None
    dated: Mapping[str, Sequence[DatedApproval]] = field(default_factory=dict)

    @property
    def needs(self) -> tuple[str, ...]:
        """What must be told before anything can be judged."""
        answer = self.standing.answer
        return tuple(n for n in answer.needs if n in ("birth_month", "number")) if answer and answer.compliant is None else ()

    @property
    def can_judge(self) -> bool:
        """Whether there is a rule, and everything that it cannot do without."""
        return self.standing.answer is not None and not self.needs

    @property
    def due(self) -> date | None:
        """The day on which the hours are due."""
        return self.standing.answer.due if self.standing.answer else None

    @property
    def days_left(self) -> int:
        """Days from today to the due day; less than 0 once it is over."""
        return (self.due - self.today).days if self.due else 0

    @property
    def other_day(self) -> date | None:
        """The day for which it was asked where that is not today."""
        return self.day if self.day != self.today else None

    @property
    def is_soon(self) -> bool:
        """Whether it is due within 90 days."""
        return self.can_judge and 0 <= self.days_left <= SOON

    @property
    def headline(self) -> str:
        """The outcome in a few words."""
        count = sum(len(group.rows) for group in self.groups if group.severity != "advice")
        return "Nothing found" if not count else f"{count} thing{'' if count == 1 else 's'} an auditor would find"

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The findings by severity, those that say the same together."""
        known = {str(credit.id): credit for credit in self.standing.credits}
        done = frozenset(key for key, hours in self.counted.missing.items() if hours is None) if self.counted else frozenset()
        found = []
        for severity, state, title, says in GROUPS:
            rows = tuple(_rows([f for f in self.findings if f.severity == severity], known, done))
            found += [Group(severity, state, title, says, rows)] if rows else []
        return tuple(found)


def audit_of(standing: LicenseStanding, *, today: date) -> Audit:
    """What an auditor would find in a license on the day for which it was judged; one query.

    Credits completed after that day, and not after today, are left aside: they were not there yet.
    """
    facts, rule = standing.facts, standing.rule
    bare = Audit(standing, facts.as_of, today, ())
    if rule is None or not bare.can_judge:
        return bare
    there = tuple(c for c in facts.credits if not facts.as_of < c.date <= today)
    proofs = {str(c.id): c.is_ours or bool(c.proofs) for c in standing.credits}
    dated = dated_approvals(standing.credits, rule.vocabulary)
    seen = examined(rule, replace(facts, credits=there), proofs, dated)
    return replace(bare, findings=seen.findings, counted=seen.answer, judged=seen.judged, dated=dated)


def dated_approvals(credits: Sequence[CreditView], vocabulary: Vocabulary) -> dict[str, tuple[DatedApproval, ...]]:
    """By credit id: the dates of the approvals that it names, where its provider's are on record here; one query."""
    record = approvals_by_name(credit.provider_name for credit in credits)
    return {str(c.id): tuple(_dated(c, record[c.provider_name], vocabulary)) for c in credits if c.provider_name in record}


def _dated(credit: CreditView, record: Sequence[ApprovalView], vocabulary: Vocabulary) -> Iterator[DatedApproval]:
    for named in credit.approvals:
        for approval in record:
            if vocabulary.approval(approval.approver) == vocabulary.approval(named):
                until = approval.ends_on - timedelta(days=1) if approval.ends_on else None
                yield DatedApproval(named, approval.starts_on, until)


def _rows(found: Sequence[Finding], known: dict[str, CreditView], done: frozenset[str]) -> Iterator[Row]:
    same: dict[tuple[Kind, str, str, str | None], list[Finding]] = {}
    for one in found:
        same.setdefault((one.kind, one.because, one.todo, one.line), []).append(one)
    for ones in same.values():
        first = ones[0]
        credits = tuple(known[f.credit] for f in ones if f.credit in known)
        yield Row(WORDS[first.kind], first.because, first.todo, first.source, credits, record=first.line in done)
