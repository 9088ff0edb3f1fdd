"""What a person can do with licenses: add, change, remove and bring back, say what holds of them, record duties."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.models import Duty, License, PersonAttributes
from perennial.apps.licenses.rules import OTHER, jurisdictions, professions, rule_base
from perennial.core.values import Refusal, written

MOST_LICENSES = 30
MOST_OWN = 12
LEAST_HOURS, MOST_HOURS = Decimal("0.01"), Decimal(1000)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
MOST_DUTIES = 500
SAME = ("jurisdiction", "profession", "credential", "number")
TWIN = "You already follow a license with this state, credential and number. Change or remove that one first."


class LicenseFields(TypedDict):
    """What is known of a license."""

    jurisdiction: NotRequired[str]
    profession: NotRequired[str]
    credential: NotRequired[str]
    number: NotRequired[str]
    issued_on: NotRequired[date | None]
    expires_on: NotRequired[date | None]
    birth_month: NotRequired[int | None]
    renewal_number: NotRequired[int | None]
    last_application_received_on: NotRequired[date | None]
    own_requirements: NotRequired[Sequence[Mapping[str, str]]]
    own_months: NotRequired[int | None]


@transaction.atomic
def add_license(*, person: Person, **fields: Unpack[LicenseFields]) -> License:
    """Add a license; one with the same state, credential and number is there already and is given back unchanged."""
    license = License(person=person, **_clean(fields))
    _check(license)
    same = {name: getattr(license, name) for name in SAME}
    mine = License.objects.filter(person=person, removed_at__isnull=True)
    there = mine.filter(**same).first()
    if there is not None:
        return there
    if mine.count() >= MOST_LICENSES:
        raise Refusal(f"You follow {MOST_LICENSES} licenses already, the most that one account can. Remove one first.")
    try:
        with transaction.atomic():
            license.save()
    except IntegrityError:
        return mine.get(**same)
    return license


@transaction.atomic
def change_license(*, license: License, **fields: Unpack[LicenseFields]) -> License:
    """Change what is known of a license."""
    changed = License.objects.select_for_update().get(pk=license.pk)
    for name, value in _clean(fields).items():
        setattr(changed, name, value)
    _check(changed)
    _refuse_twin(changed)
    try:
        with transaction.atomic():
            changed.save()
    except IntegrityError:  # another tab made it the twin of another license meanwhile
        raise Refusal(TWIN) from None
    return changed


@transaction.atomic
def remove_license(*, license: License, at: datetime) -> None:
    """Stop following a license; it can be brought back. Credits stay as they are."""
    License.objects.filter(pk=license.pk, removed_at__isnull=True).update(removed_at=at)


@transaction.atomic
def restore_license(*, license: License) -> License:
    """Bring back a removed license; safe to repeat."""
    _refuse_twin(license)
    try:
        with transaction.atomic():
            License.objects.filter(pk=license.pk).update(removed_at=None)
    except IntegrityError:  # another tab was first
        raise Refusal(TWIN) from None
    license.refresh_from_db()
    return license


@transaction.atomic
def set_attributes(*, person: Person, attributes: Iterable[str]) -> frozenset[str]:
    """Say all that holds of a person; slugs that the vocabulary does not know are refused. What was answered with no stays so."""
    wanted = frozenset(attributes)
    _refuse_unknown(wanted)
    row, _ = PersonAttributes.objects.select_for_update().get_or_create(person=person)
    _save(row, held=wanted, denied=frozenset(row.denied) - wanted)
    return wanted


@transaction.atomic
def answer_questions(*, person: Person, answers: Mapping[str, bool | None]) -> None:
    """Answer questions of rules with yes (True), no (False) or not sure (None); what is not among them stays as it was."""
    if not answers:
        return
    _refuse_unknown(answers)
    row, _ = PersonAttributes.objects.select_for_update().get_or_create(person=person)
    yes = {slug for slug, answer in answers.items() if answer}
    no = {slug for slug, answer in answers.items() if answer is False}
    _save(row, held=(frozenset(row.attributes) - answers.keys()) | yes, denied=(frozenset(row.denied) - answers.keys()) | no)


def _refuse_unknown(slugs: Iterable[str]) -> None:
    for slug in sorted(frozenset(slugs) - rule_base().vocabulary.attributes.keys()):
        raise Refusal(f"“{slug}” is not something that a rule asks about. Choose from the list.")


def _save(row: PersonAttributes, *, held: Iterable[str], denied: Iterable[str]) -> None:
    row.attributes, row.denied = sorted(held), sorted(denied)
    row.save(update_fields=["attributes", "denied"])


@transaction.atomic
def record_duty(*, person: Person, license: License | None, what: str, on: date) -> Duty:
    """Record a duty done on a day, for one license or for all; the same again gives the same entry."""
    if license is not None and license.person_id != person.pk:
        raise Refusal("That license belongs to someone else.")
    slug = written(what, "name of the duty", 80, required=True)
    _check_year(on)
    if Duty.objects.filter(person=person, withdrawn_at=None).count() >= MOST_DUTIES:
        raise Refusal(f"You have recorded {MOST_DUTIES} duties, the most that one account can hold. Take back one that no rule asks for.")
    duty, _ = Duty.objects.get_or_create(person=person, license=license, what=slug, on=on, withdrawn_at=None)
    return duty


@transaction.atomic
def withdraw_duty(*, duty: Duty, at: datetime) -> None:
    """Take a duty back that was recorded by mistake; the row stays and says when."""
    Duty.objects.filter(pk=duty.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)


def _clean(fields: LicenseFields) -> dict[str, Any]:
    row: dict[str, Any] = dict(fields)
    for name in ("credential", "number"):
        if name in row:
            row[name] = written(" ".join(str(row[name] or "").split()), f"license's {name}", 60 if name == "credential" else 40)
    if "jurisdiction" in row:
        row["jurisdiction"] = str(row["jurisdiction"]).upper()
    if "own_requirements" in row:
        row["own_requirements"] = [_own(line) for line in row["own_requirements"]]
    return row


def _own(line: Mapping[str, str]) -> dict[str, str]:
    """One line of an own list, its hours as written."""
    name = written(" ".join(str(line.get("name", "")).split()), "name of a line of your own list", 80, required=True)
    topic = str(line.get("topic", ""))
    try:
        hours = Decimal(str(line.get("hours", "")))
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite() or not LEAST_HOURS <= hours <= MOST_HOURS:
        raise Refusal(f"The hours of “{name}” must be a number from {LEAST_HOURS} to {MOST_HOURS}.")
    if topic and topic not in rule_base().vocabulary.topics:
        raise Refusal(f"“{topic}” is not a topic we know. Choose one from the list.")
    return {"name": name, "hours": f"{hours.normalize():f}", "topic": topic}


def _check(license: License) -> None:
    if license.jurisdiction not in dict(jurisdictions()):
        raise Refusal(f"“{license.jurisdiction}” is not a state we know. Choose one from the list.")
    if license.profession not in {OTHER, *dict(professions())}:
        raise Refusal(f"“{license.profession}” is not a profession we know. Choose one from the list.")
    if license.expires_on is None:
        raise Refusal("The day on which the license ends is missing. Enter it as it stands on the license.")
    for day in (license.expires_on, license.issued_on, license.last_application_received_on):
        _check_year(day)
    if license.issued_on is not None and license.issued_on > license.expires_on:
        raise Refusal("The license expires before it was issued. Correct one of the two dates.")
    if license.renewal_number is not None and not 1 <= license.renewal_number <= 60:
        raise Refusal("The number of the renewal is 1 for the first, 2 for the second, and so on up to 60.")
    if license.birth_month is not None and not 1 <= license.birth_month <= 12:
        raise Refusal("The month of birth is a number from 1 to 12.")
    _check_own(license)


def _check_year(day: date | None) -> None:
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise Refusal(f"The year {day.year} cannot be right here. Enter one from {EARLIEST_YEAR} to {LATEST_YEAR}.")


def _check_own(license: License) -> None:
    if len(license.own_requirements) > MOST_OWN:
        raise Refusal(f"Your own list can have {MOST_OWN} lines at most.")
    topics = [line["topic"] for line in license.own_requirements]
    if len(set(topics)) < len(topics):
        raise Refusal("Two lines of your own list count the same hours. Give each topic one line.")
    if license.own_months is not None and not 1 <= license.own_months <= 120:
        raise Refusal("A renewal period has from 1 to 120 months.")


def _refuse_twin(license: License) -> None:
    same = {name: getattr(license, name) for name in SAME}
    twins = License.objects.filter(person_id=license.person_id, removed_at__isnull=True, **same).exclude(pk=license.pk)
    if twins.exists():
        raise Refusal(TWIN)
