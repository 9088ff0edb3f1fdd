"""The shapes of credits in the API: hours are decimal CE hours of 60 minutes."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from ninja import Field, Schema

from perennial.apps.credits.queries import CreditHistory
from perennial.apps.credits.services import CreditFacts
from perennial.apps.credits.words import CATEGORIES, vocabulary
from perennial.core.values import Refusal


class CreditIn(Schema):
    """A credit earned elsewhere. The same `key` enters it once."""

    key: str = Field(min_length=8, max_length=120)
    title: str
    provider_name: str
    completed_on: date
    hours: Decimal = Field(gt=0, le=1000)
    format: str
    topics: dict[str, Annotated[Decimal, Field(ge=0, le=1000)]] = {}
    approvals: list[str] = []
    category: str | None = None
    course_key: str = ""
    note: str = ""


class ProofOut(Schema):
    """A file that shows a credit."""

    id: int
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    added_at: datetime


class CreditOut(Schema):
    """A credit as it stands after all corrections; `id` is its latest entry, `first_id` its first."""

    id: int
    first_id: int
    title: str
    provider_name: str
    completed_on: date
    hours: Decimal
    minutes: int
    format: str
    topics: dict[str, Decimal]
    approvals: list[str]
    category: str | None
    course_key: str
    origin: str
    certificate_number: str
    note: str
    entered_at: datetime
    corrected: bool
    withdrawn: bool
    proofs: list[ProofOut]


class Reason(Schema):
    """Why a credit is withdrawn."""

    reason: str = Field(min_length=1, max_length=1000)


def facts_of(credit: CreditIn) -> CreditFacts:
    """A credit as the services take it; raises Refusal for words that the vocabulary does not hold."""
    words = vocabulary()
    if credit.format not in words.formats:
        raise Refusal(f"There is no format “{credit.format}”. Use one of: {', '.join(sorted(words.formats))}.")
    if (credit.category or "") not in dict(CATEGORIES):
        raise Refusal(f"There is no category “{credit.category}”. Use A, B, I or II, or leave it out.")
    unknown = [slug for slug in credit.topics if slug not in words.topics]
    if unknown:
        raise Refusal(f"There is no topic “{unknown[0]}”. Use one of: {', '.join(sorted(words.topics))}.")
    return {
        "title": credit.title,
        "provider_name": credit.provider_name,
        "completed_on": credit.completed_on,
        "minutes": in_minutes(credit.hours),
        "format": credit.format,
        "topics": {slug: in_minutes(hours) for slug, hours in credit.topics.items()},
        "approvals": [words.approval(name) for name in credit.approvals],
        "category": credit.category,
        "course_key": credit.course_key,
        "note": credit.note,
    }


def in_minutes(hours: Decimal) -> int:
    """Hours as whole minutes, rounded to the nearest."""
    return int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))


def in_hours(minutes: int) -> Decimal:
    """Minutes as hours, to four places."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.0001")).normalize()


def out_of(history: CreditHistory) -> CreditOut:
    """A credit as programs see it."""
    credit = history.current
    return CreditOut(
        id=credit.id,
        first_id=credit.first_id,
        title=credit.title,
        provider_name=credit.provider_name,
        completed_on=credit.completed_on,
        hours=in_hours(credit.minutes),
        minutes=credit.minutes,
        format=credit.format,
        topics={slug: in_hours(minutes) for slug, minutes in credit.topics.items()},
        approvals=list(credit.approvals),
        category=credit.category,
        course_key=credit.course_key,
        origin=credit.origin,
        certificate_number=credit.certificate_number,
        note=credit.note,
        entered_at=credit.entered_at,
        corrected=credit.corrected,
        withdrawn=history.withdrawn,
        proofs=[ProofOut.from_orm(proof) for proof in credit.proofs],
    )
