"""What is told of a course found elsewhere, as a value: typed in, pasted, or read from a catalog."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from perennial.apps.plans.models import OutsideCourse

HOUR_LENGTHS = (60, 55, 50)


@dataclass(frozen=True, slots=True)
class ToldApproval:
    """An approval that a course names. It holds from `starts` to `until`, both days included; None: not known."""

    body: str
    number: str = ""
    starts: date | None = None
    until: date | None = None

    def as_row(self) -> dict[str, str | None]:
        """As a table keeps it."""
        return {
            "body": self.body,
            "number": self.number,
            "from": self.starts.isoformat() if self.starts else None,
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course found elsewhere. Minutes are whole minutes of credit; `takes_minutes` None: as long as its credit."""

    title: str
    minutes: int
    format: str
    provider_name: str = ""
    minutes_per_hour: int = 60
    starts_on: date | None = None
    ends_on: date | None = None
    takes_minutes: int | None = None
    topics: Mapping[str, int] = field(default_factory=dict)
    approvals: tuple[ToldApproval, ...] = ()
    price_cents: int | None = None
    url: str = ""
    course_key: str = ""
    catalog_key: str = ""


def approval_of(row: Mapping[str, Any]) -> ToldApproval:
    """An approval as a table kept it."""
    starts, until = row.get("from"), row.get("until")
    return ToldApproval(
        body=row["body"],
        number=row.get("number", ""),
        starts=date.fromisoformat(starts) if starts else None,
        until=date.fromisoformat(until) if until else None,
    )


def facts_of(course: OutsideCourse) -> CourseFacts:
    """What is kept of a course, as it was told."""
    return CourseFacts(
        title=course.title,
        minutes=course.minutes,
        format=course.format,
        provider_name=course.provider_name,
        minutes_per_hour=course.minutes_per_hour,
        starts_on=course.starts_on,
        ends_on=course.ends_on,
        takes_minutes=course.takes_minutes,
        topics=dict(course.topics),
        approvals=tuple(approval_of(row) for row in course.approvals),
        price_cents=course.price_cents,
        url=course.url,
        course_key=course.course_key,
        catalog_key=course.catalog_key,
    )


def as_plain(facts: CourseFacts) -> dict[str, Any]:
    """Facts as plain values, with days written as 2027-02-28."""
    found = asdict(facts)
    found["approvals"] = [approval.as_row() for approval in facts.approvals]
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}
