"""Makes valid outside courses and plans for tests."""

from datetime import UTC, date, datetime
from typing import Any

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.plans.facts import CourseFacts, ToldApproval
from perennial.apps.plans.models import OutsideCourse
from perennial.apps.plans.services import keep_course

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "title": "Ethics across state lines",
    "provider_name": "Sample Seminars",
    "minutes": 360,
    "format": "live_online",
    "starts_on": date(2027, 2, 20),
    "topics": {"ethics": 120},
    "approvals": (ToldApproval("APA"),),
    "price_cents": 9900,
    "url": "https://example.org/ethics",
}


def make_facts(**changes: Any) -> CourseFacts:
    """Six live hours in February 2027 with two of ethics, approved by APA, for $99."""
    return CourseFacts(**{**FACTS, **changes})


def make_candidate(*, person: Person | None = None, at: datetime = AT, **changes: Any) -> OutsideCourse:
    """Such a course among a person's candidates."""
    return keep_course(person=person or make_person(), facts=make_facts(**changes), at=at)
