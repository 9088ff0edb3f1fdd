"""What other programs see of the area `licenses`: a person's own licenses, attributes and duties done."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from perennial.apps.licenses.access import duty_of, license_of, removed_license_of
from perennial.apps.licenses.queries import Duty, License, attributes_of, duties_of, license_name, licenses_of
from perennial.apps.licenses.questions import Asked, asked_of
from perennial.apps.licenses.services import (
    add_license,
    answer_questions,
    change_license,
    record_duty,
    remove_license,
    restore_license,
    set_attributes,
    withdraw_duty,
)
from perennial.ui import SignedIn

router = Router()


class OwnLine(Schema):
    """One line of an own list; without a topic all hours count."""

    name: str
    hours: Decimal
    topic: str = ""


class LicenseChange(Schema):
    """What may change of a license; what is left out stays."""

    credential: str | None = None
    number: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    birth_month: int | None = None
    renewal_number: int | None = None
    last_application_received_on: date | None = None
    own_requirements: list[OwnLine] | None = None
    own_months: int | None = None


class LicenseIn(LicenseChange):
    """A license to follow."""

    jurisdiction: str
    profession: str
    expires_on: date


class LicenseOut(Schema):
    """A license that is followed."""

    id: int
    name: str
    jurisdiction: str
    profession: str
    credential: str
    number: str
    issued_on: date | None
    expires_on: date
    birth_month: int | None
    renewal_number: int | None
    last_application_received_on: date | None
    own_requirements: list[dict[str, str]]
    own_months: int | None

    @staticmethod
    def resolve_name(license: License) -> str:
        """How it is called."""
        return license_name(license)


class Attributes(Schema):
    """All that holds of a person, as slugs."""

    attributes: list[str]


class WhyOut(Schema):
    """What of one license depends on an answer; an open point has no source."""

    license: int
    what: str
    says: str
    source: str
    url: str
    read: str


class QuestionOut(Schema):
    """A question that a rule asks about a person; `answer` null: not answered."""

    attribute: str
    question: str
    answer: bool | None
    why: list[WhyOut]

    @staticmethod
    def resolve_attribute(asked: Asked) -> str:
        """The attribute's slug."""
        return asked.slug

    @staticmethod
    def resolve_question(asked: Asked) -> str:
        """The question in words."""
        return asked.words

    @staticmethod
    def resolve_why(asked: Asked) -> Any:
        """Everything that depends on it."""
        return list(asked.whys)


class Answers(Schema):
    """Answers by attribute: true, false, or null for not sure. What is left out stays."""

    answers: dict[str, bool | None]


class DutyIn(Schema):
    """A duty done on a day, for one license or for all."""

    what: str
    on: date
    license: int | None = None


class DutyOut(Schema):
    """A duty that is recorded."""

    id: int
    what: str
    on: date
    license_id: int | None


@router.get("", response=list[LicenseOut], summary="My licenses")
def list_licenses(request: SignedIn) -> Any:
    """The licenses followed, the one that expires first at the top."""
    return list(licenses_of(request.user))


@router.post("", response={201: LicenseOut}, summary="Follow a license")
def add(request: SignedIn, license: LicenseIn) -> Any:
    """Add a license; the same again gives the one that is there."""
    return Status(201, add_license(person=request.user, **fields_of(license)))


@router.get("/attributes", response=Attributes, summary="What holds of me")
def attributes(request: SignedIn) -> Any:
    """What rules ask about a person."""
    return {"attributes": sorted(attributes_of(request.user))}


@router.put("/attributes", response=Attributes, summary="Say what holds of me")
def put_attributes(request: SignedIn, said: Attributes) -> Any:
    """Say all of it at once."""
    return {"attributes": sorted(set_attributes(person=request.user, attributes=said.attributes))}


@router.get("/questions", response=list[QuestionOut], summary="What my rules ask about me")
def questions(request: SignedIn) -> Any:
    """Each question that a license of one's own depends on, with the answer and the reasons."""
    return list(asked_of(request.user))


@router.patch("/questions", response=list[QuestionOut], summary="Answer what my rules ask about me")
def answer(request: SignedIn, said: Answers) -> Any:
    """Answer some of them; yes, no, or not sure, which is never taken as no."""
    answer_questions(person=request.user, answers=said.answers)
    return list(asked_of(request.user))


@router.get("/duties", response=list[DutyOut], summary="Duties done")
def list_duties(request: SignedIn) -> Any:
    """Exams, trainings without hours, and one-time topics met."""
    return duties_of(request.user)


@router.post("/duties", response={201: DutyOut}, summary="Record a duty")
def add_duty(request: SignedIn, duty: DutyIn) -> Any:
    """Record that a duty was done."""
    license = license_of(request.user, duty.license) if duty.license is not None else None
    return Status(201, record_duty(person=request.user, license=license, what=duty.what, on=duty.on))


@router.delete("/duties/{pk}", response={204: None}, summary="Take a duty back")
def take_duty_back(request: SignedIn, pk: int) -> Any:
    """Take back a duty that was recorded by mistake."""
    found: Duty = duty_of(request.user, pk)
    withdraw_duty(duty=found, at=timezone.now())
    return Status(204, None)


@router.get("/{int:pk}", response=LicenseOut, summary="One license")
def one(request: SignedIn, pk: int) -> Any:
    """One of one's own licenses."""
    return license_of(request.user, pk)


@router.patch("/{int:pk}", response=LicenseOut, summary="Change a license")
def change(request: SignedIn, pk: int, license: LicenseChange) -> Any:
    """Change what is given; the rest stays."""
    return change_license(license=license_of(request.user, pk), **fields_of(license))


@router.delete("/{int:pk}", response={204: None}, summary="Stop following a license")
def remove(request: SignedIn, pk: int) -> Any:
    """Remove a license; it can be brought back."""
    remove_license(license=license_of(request.user, pk), at=timezone.now())
    return Status(204, None)


@router.post("/{int:pk}/restore", response=LicenseOut, summary="Bring a license back")
def restore(request: SignedIn, pk: int) -> Any:
    """Bring back a license that was removed."""
    return restore_license(license=removed_license_of(request.user, pk))


def fields_of(license: LicenseChange) -> Any:
    """What was given, as the services take it."""
    given = license.model_dump(exclude_unset=True)
    for line in given.get("own_requirements") or []:
        line["hours"] = str(line["hours"])
    return {name: ([] if value is None and name == "own_requirements" else value) for name, value in given.items()}
