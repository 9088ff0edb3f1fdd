"""Reads licenses, what holds of their owners, and duties done; offers the rule base of this process to the areas above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.compacts import CompactView, compacts_beside, compacts_for_all
from perennial.apps.licenses.models import Duty, License, PersonAttributes
from perennial.apps.licenses.rules import (
    OTHER,
    Questions,
    compacts_of,
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
    "CompactView",
    "Duty",
    "License",
    "Questions",
    "Said",
    "attributes_of",
    "compacts_beside",
    "compacts_for_all",
    "compacts_of",
    "duties_of",
    "duties_of_all",
    "duty_words",
    "export_of",
    "held_licenses",
    "jurisdiction_name",
    "jurisdictions",
    "license_name",
    "licenses_of",
    "licenses_of_all",
    "name_of",
    "own_rule",
    "owners_between",
    "profession_name",
    "professions",
    "questions_for",
    "questions_of",
    "removed_licenses_of",
    "rule_base",
    "rule_for",
    "said_of",
    "said_of_all",
]
from perennial.tables import Prepared


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answered to the questions of rules, as slugs of the vocabulary. What is in neither is not answered."""

    held: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()

    def answer(self, slug: str) -> bool | None:
        """Yes, no, or None: not answered."""
        return True if slug in self.held else False if slug in self.denied else None

    def unanswered(self, license: License) -> frozenset[str]:
        """What the rule of a license asks for and the person has not answered."""
        asked = questions_for(license.jurisdiction, license.profession).attributes
        return frozenset(slug for slug, _ in asked if self.answer(slug) is None)


_said = Prepared(lambda person: PersonAttributes.objects.filter(person_id=person))
_duties = Prepared(lambda person: Duty.objects.filter(person_id=person, withdrawn_at__isnull=True))
_licenses = Prepared(lambda person: License.objects.filter(person_id=person, removed_at__isnull=True))


def held_licenses(person: Person) -> list[License]:
    """A person's licenses, the one that expires first at the top, each with its owner; one query."""
    held = _licenses.all(person=person.pk)
    for license in held:
        license.person = person
    return held


def licenses_of(person: Person) -> QuerySet[License]:
    """A person's licenses, the one that expires first at the top."""
    return License.objects.filter(person=person, removed_at__isnull=True)


def removed_licenses_of(person: Person) -> QuerySet[License]:
    """Licenses that were removed and can be brought back, the last removed first."""
    return License.objects.filter(person=person, removed_at__isnull=False).order_by("-removed_at")


def attributes_of(person: Person) -> frozenset[str]:
    """What holds of a person, as slugs of the vocabulary."""
    return said_of(person).held


def said_of(person: Person) -> Said:
    """What a person answered to the questions of rules."""
    row = _said.first(person=person.pk)
    return Said(frozenset(row.attributes or ()), frozenset(row.denied or ())) if row else Said()


def duties_of(person: Person) -> list[Duty]:
    """Duties done, the earliest first."""
    return _duties.all(person=person.pk)


def owners_between(first: date, last: date, *, after: int, most: int) -> list[int]:
    """People, by number, who may sign in and have a license that expires from `first` to `last`: the next `most` past `after`."""
    found = License.objects.filter(removed_at__isnull=True, expires_on__range=(first, last), person_id__gt=after, person__is_active=True)
    return list(found.order_by("person_id").values_list("person_id", flat=True).distinct()[:most])


def licenses_of_all(people: Sequence[int], *, first: date, last: date) -> list[License]:
    """These people's licenses that expire between two days, both included, each with its owner; one query."""
    found = License.objects.filter(person_id__in=people, removed_at__isnull=True, expires_on__range=(first, last))
    return list(found.select_related("person").order_by("person_id", "pk"))


def said_of_all(people: Iterable[int]) -> dict[int, Said]:
    """What each of these people answered to the questions of rules, by number; one query."""
    said = {pk: Said() for pk in people}
    rows = PersonAttributes.objects.filter(person_id__in=list(said)).values_list("person_id", "attributes", "denied")
    for pk, attributes, denied in rows:
        said[pk] = Said(frozenset(attributes or ()), frozenset(denied or ()))
    return said


def duties_of_all(people: Iterable[int]) -> dict[int, list[Duty]]:
    """The duties that each of these people did, by number, the earliest first; one query."""
    done: dict[int, list[Duty]] = {pk: [] for pk in people}
    for duty in Duty.objects.filter(person_id__in=list(done), withdrawn_at__isnull=True):
        done[duty.person_id].append(duty)
    return done


def license_name(license: License) -> str:
    """How a license is called: Texas LPC."""
    return name_of(license.jurisdiction, license.profession, license.credential)


def export_of(person: Person) -> dict[str, Any]:
    """Everything this area keeps of a person, as plain values."""
    said = said_of(person)
    return {
        "licenses": [_license(row) for row in License.objects.filter(person=person)],
        "attributes": sorted(said.held),
        "denied": sorted(said.denied),
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
