"""Asks the judge whether an outside course would count, for each license of its owner, on the day on which it would be finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.choices import credit_of
from perennial.apps.plans.facts import CourseFacts
from perennial.apps.standing import queries as standing

KEY = "asked"


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers for a course: per license, on the day of completion that was taken."""

    title: str
    on: date
    verdicts: Sequence[Any]


def asked_of(person: Person, facts: CourseFacts, *, day: date) -> Asked:
    """Whether a course counts: on its last day, or today where it can be taken on any day."""
    on = facts.ends_on or facts.starts_on or day
    return Asked(facts.title, on, standing.would_count(person, credit_of(facts, KEY, on), day=day))
