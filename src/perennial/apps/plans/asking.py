"""Asks whether an outside course would count, for each license of its owner, on the day on which it would be finished."""

from dataclasses import replace
from datetime import date

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.choices import credit_of
from perennial.apps.plans.facts import CourseFacts
from perennial.apps.standing.queries import Asked, DatedApproval, would_count

__all__ = ["Asked", "asked_of"]


def asked_of(person: Person, facts: CourseFacts, *, day: date) -> Asked:
    """Whether a course counts: on its last day, or today where it can be taken on any day; a constant number of queries."""
    credit = credit_of(facts, "asked", facts.ends_on or facts.starts_on or day)
    told = replace(credit, approvals=tuple(dict.fromkeys(one.body for one in facts.approvals)))
    dated = {one.body for one in facts.approvals if one.starts or one.until}
    dates = [DatedApproval(one.body, one.starts, one.until) for one in facts.approvals if one.body in dated]
    return would_count(person, told, dates, provider=facts.provider_name, day=day)
