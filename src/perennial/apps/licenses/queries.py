"""Reads licenses, what holds of their owners, and duties done; offers the rule base of this process to the areas above."""

from typing import Any

from django.db.models import QuerySet

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.models import Duty, License, PersonAttributes
from perennial.apps.licenses.rules import (
    OTHER,
    Questions,
    duty_words,
    jurisdiction_name,
    jurisdictions,
    name_of,
    own_rule,
    profession_name,
    professions,
    questions_for,
    questions_of,
    rule_base,
    rule_for,
)

__all__ = [
    "OTHER",
    "Duty",
    "License",
    "Questions",
    "attributes_of",
    "duties_of",
    "duty_words",
    "export_of",
    "jurisdiction_name",
    "jurisdictions",
    "license_name",
    "licenses_of",
    "name_of",
    "own_rule",
    "profession_name",
    "professions",
    "questions_for",
    "questions_of",
    "removed_licenses_of",
    "rule_base",
    "rule_for",
]


def licenses_of(person: Person) -> QuerySet[License]:
    """A person's licenses, the one that expires first at the top."""
    return License.objects.filter(person=person, removed_at__isnull=True)


def removed_licenses_of(person: Person) -> QuerySet[License]:
    """Licenses that were removed and can be brought back, the last removed first."""
    return License.objects.filter(person=person, removed_at__isnull=False).order_by("-removed_at")


def attributes_of(person: Person) -> frozenset[str]:
    """What holds of a person, as slugs of the vocabulary."""
    found = PersonAttributes.objects.filter(person=person).values_list("attributes", flat=True).first()
    return frozenset(found or ())


def duties_of(person: Person) -> list[Duty]:
    """Duties done, the earliest first."""
    return list(Duty.objects.filter(person=person, withdrawn_at__isnull=True))


def license_name(license: License) -> str:
    """How a license is called: Texas LPC."""
    return name_of(license.jurisdiction, license.profession, license.credential)


def export_of(person: Person) -> dict[str, Any]:
    """Everything this area keeps of a person, as plain values."""
    return {
        "licenses": [_license(row) for row in License.objects.filter(person=person)],
        "attributes": sorted(attributes_of(person)),
        "duties": [_duty(row) for row in Duty.objects.filter(person=person)],
    }


def _license(license: License) -> dict[str, Any]:
    names = ("jurisdiction", "profession", "credential", "number", "birth_month", "renewal_number", "own_requirements", "own_months")
    moments = ("issued_on", "expires_on", "last_application_received_on", "added_at", "removed_at")
    return {
        "id": license.pk,
        "name": license_name(license),
        **{name: getattr(license, name) for name in names},
        **{name: value.isoformat() if (value := getattr(license, name)) else None for name in moments},
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "what": duty.what,
        "on": duty.on.isoformat(),
        "license": duty.license_id,
        "recorded_at": duty.recorded_at.isoformat(),
        "withdrawn_at": duty.withdrawn_at.isoformat() if duty.withdrawn_at else None,
    }
