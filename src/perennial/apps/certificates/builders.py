"""Makes valid certificates for tests."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.facts import ApprovalNote, CertificateFacts
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.services import issue_certificate
from perennial.apps.providers.queries import Provider

_numbers = count(1)
AT = datetime(2026, 11, 25, 16, 8, tzinfo=UTC)
SAMPLE_NOTE: ApprovalNote = {
    "body": "Sample Approval Body (not real)",
    "number": "SAMPLE-0000",
    "statement": "SAMPLE, NOT REAL: no such body exists.",
    "from": date(2026, 1, 1),
    "until": date(2028, 12, 31),
    "sample": True,
}


def make_facts(**changes: Any) -> CertificateFacts:
    """The facts of a finished course without approvals."""
    facts: dict[str, Any] = {
        "holder_name": "Žofia O'Brien",
        "licenses": [{"jurisdiction": "Texas", "credential": "LPC", "number": "00012345"}],
        "course_title": "Suicide risk assessment and safety planning",
        "course_key": "suicide-risk-assessment",
        "course_version": "1",
        "provider_name": "Perennial starter library",
        "delivery_format": "Asynchronous, text course with post-test",
        "place_or_platform": "Online, on a Perennial site",
        "started_on": date(2026, 11, 20),
        "completed_on": date(2026, 11, 25),
        "hours": [{"category": "General", "minutes": 90, "minutes_per_hour": 60}],
        "instructors": ["The contributors of Perennial"],
        "responsible_person": "The contributors of Perennial",
        "review_state": "Not yet reviewed by a licensed clinician",
        "score_percent": 87,
        "topics": {"suicide_prevention": 90, "ethics": 15},
    }
    return CertificateFacts(**{**facts, **changes})


def make_certificate(
    *,
    person: Person | None = None,
    at: datetime = AT,
    key: str = "",
    supersedes: Certificate | None = None,
    provider: Provider | None = None,
    **changes: Any,
) -> Certificate:
    """A certificate in the database."""
    facts, key = make_facts(**changes), key or f"builder-{next(_numbers)}"
    return issue_certificate(person=person or make_person(), facts=facts, at=at, key=key, supersedes=supersedes, provider=provider)
