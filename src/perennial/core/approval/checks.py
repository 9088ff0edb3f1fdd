"""Check a course against the clauses of a body, or of this library: one clause, one check, one finding or more."""

from collections.abc import Mapping
from datetime import date

from perennial.core.approval.bodies import LIBRARY, Body, Rule, library
from perennial.core.approval.content_checks import CONTENT_CHECKS
from perennial.core.approval.findings import Finding
from perennial.core.approval.hour_checks import HOUR_CHECKS
from perennial.core.approval.objective_checks import OBJECTIVE_CHECKS
from perennial.core.approval.paper_checks import PAPER_CHECKS
from perennial.core.approval.provider import Provider
from perennial.core.approval.subject import Check, Subject, mentions
from perennial.core.courses import Course

CHECKS: Mapping[str, Check] = {**CONTENT_CHECKS, **HOUR_CHECKS, **OBJECTIVE_CHECKS, **PAPER_CHECKS}


def check_course(course: Course, body: Body | None = None, provider: Provider | None = None, on: date | None = None) -> tuple[Finding, ...]:
    """What the course does not meet of a body's clauses, or of the library's own where no body is named.

    Without `provider` its papers (approvals, statement, policies, declarations, records) are not judged; without `on` no dates are.
    Blocking findings come first. Clauses known only by general knowledge, or as advice, never block.
    """
    asked = library() if body is None else body
    subject = Subject(course, asked, provider, on)
    slug = "" if asked.slug == LIBRARY else asked.slug
    found = [
        Finding(rule.severity, rule.clause, rule.source, fault.what, fault.mend, fault.where, slug, rule.check)
        for rule in asked.rules
        if _asked_of(rule, course)
        for fault in CHECKS[rule.check](subject, rule)
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity != "block"))


def _asked_of(rule: Rule, course: Course) -> bool:
    """Whether the clause is about courses like this one."""
    return (not rule.topic or rule.topic in dict(course.credit.topics)) and (not rule.titled or mentions(course.title, rule.titled))
