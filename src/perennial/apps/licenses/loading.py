"""Gives the sample people of a local site their licenses; all figures in them are invented."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from perennial.apps.accounts.queries import Person, person_by_email
from perennial.apps.licenses.queries import licenses_of, removed_licenses_of
from perennial.apps.licenses.services import add_license, answer_questions

# the person, answers about the person (what is left out is not answered), licenses
SAMPLES: tuple[tuple[str, dict[str, bool], tuple[dict[str, Any], ...]], ...] = (
    (
        "dana@example.org",
        {"telehealth": True, "began_graduate_study_before_2004": False},
        (
            {"jurisdiction": "CA", "profession": "clinical_social_worker", "credential": "LCSW", "days": 97, "renewal_number": 4},
            {"jurisdiction": "TX", "profession": "clinical_social_worker", "credential": "LCSW", "days": 264, "renewal_number": 3},
        ),
    ),
    (
        "robin@example.org",
        {},
        (
            {"jurisdiction": "NY", "profession": "marriage_family_therapist", "credential": "LMFT", "days": 400, "renewal_number": 2},
            {
                "jurisdiction": "NJ",
                "profession": "other",
                "credential": "associate counselor",
                "days": 180,
                "own_months": 24,
                "own_requirements": [
                    {"name": "Hours in all", "hours": "40", "topic": ""},
                    {"name": "Ethics", "hours": "5", "topic": "ethics"},
                ],
            },
        ),
    ),
)


def load(report: Callable[[str], None]) -> None:
    """Add the sample licenses where the settings allow it and their owner never had any; safe to repeat."""
    if not settings.SAMPLES:
        return
    added = 0
    for email, answers, licenses in SAMPLES:
        person = person_by_email(email)
        if person is None or licenses_of(person).exists() or removed_licenses_of(person).exists():
            continue
        for number, sample in enumerate(licenses, 1):
            _add(person, number, dict(sample))
        answer_questions(person=person, answers=answers)
        added += len(licenses)
    if added:
        report(f"{added} sample licenses")


def _add(person: Person, number: int, sample: dict[str, Any]) -> None:
    """Dates are counted from the day on which the sample person was made."""
    today: date = person.joined_at.date()
    expires = today + timedelta(days=sample.pop("days"))
    expires = expires.replace(day=calendar.monthrange(expires.year, expires.month)[1])
    issued = expires.replace(year=expires.year - 2 * sample.get("renewal_number", 1), day=1)
    add_license(person=person, number=f"SAMPLE-{number}", expires_on=expires, issued_on=issued, **sample)
