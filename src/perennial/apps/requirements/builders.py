"""Makes valid reports for tests."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.requirements.models import RuleProposal
from perennial.apps.requirements.services import Report, report_mistake

REPORT = Report(
    jurisdiction="CA",
    profession="clinical_social_worker",
    line="requirements.total",
    should_say="38 hours are asked in each period.",
    minutes=38 * 60,
    starts_on=None,
    cite="16 CCR 0000",
    url="https://example.org/rule",
    kind="regulation",
    read_on=date(2026, 11, 20),
)


def make_report(*, reporter: Person | None = None, **facts: Any) -> RuleProposal:
    """A report that is open."""
    return report_mistake(report=replace(REPORT, **facts), reporter=reporter, at=timezone.now())
