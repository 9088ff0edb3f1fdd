"""A course that is asked about, read from the body of a request; what is wrong is told by its field."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from perennial.core.rules import Credit
from perennial.core.rules.audit import DatedApproval
from perennial.core.rules.scenario import MOST_HOURS, Faulty
from perennial.core.rules.vocabulary import OWN, Vocabulary

KNOWN = ("title", "date", "hours", "format", "topics", "provider", "approvals", "category", "course")
APPROVAL = ("body", "number", "from", "until")
MOST_BYTES, MOST_LETTERS, MOST_APPROVALS = 100_000, 300, 40
MOST_PLACES = 20
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True)
class Told:
    """The credit that a course would bring, the dates of its approvals, and who gives it."""

    credit: Credit
    approvals: tuple[DatedApproval, ...]
    provider: str


def course_in(body: bytes, vocabulary: Vocabulary) -> Told:
    """The course that a body tells of. Raises `Faulty` with the first field that is wrong."""
    row = _table(body)
    hours = _hours(row.get("hours"), "hours")
    approvals = tuple(_approval(one, f"approvals.{number}", vocabulary) for number, one in enumerate(_list(row), 1))
    dated = {one.approver for one in approvals if one.starts or one.until}
    credit = Credit(
        id="asked",
        title=_text(row.get("title"), "title", required=True),
        date=_day(row.get("date"), "date"),
        hours=hours,
        format=_format(row, vocabulary),
        topics=_topics(row.get("topics"), hours, vocabulary),
        approvals=tuple(dict.fromkeys(one.approver for one in approvals)),
        category=_text(row.get("category"), "category") or None,
        course=_text(row.get("course"), "course") or None,
    )
    return Told(credit, tuple(one for one in approvals if one.approver in dated), _text(row.get("provider"), "provider"))


def _table(body: bytes) -> Mapping[str, Any]:
    if len(body) > MOST_BYTES:
        raise Faulty("body", "too large", f"Send at most {MOST_BYTES // 1000} kB.")
    try:
        row = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise Faulty("body", "not a course", f"Send a JSON object with {', '.join(KNOWN)}.")
    for key in row:
        if key not in KNOWN:
            raise Faulty(str(key)[:60], "unknown field", f"Known: {', '.join(KNOWN)}.")
    return row


def _text(value: Any, where: str, *, required: bool = False) -> str:
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise Faulty(where, "missing" if value in (None, "") else "not a text", "Give a text.")
    if len(value) > MOST_LETTERS:
        raise Faulty(where, "too long", f"Give at most {MOST_LETTERS} letters.")
    return value.strip()


def _hours(value: Any, where: str) -> Decimal:
    try:
        number = Decimal(str(value)) if isinstance(value, int | Decimal | str) and not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        what = "missing" if value is None else f"'{str(value)[:40]}' is not a number of hours"
        raise Faulty(where, what, "Write hours of 60 minutes as a number, such as 1.5.")
    if not 0 < number <= MOST_HOURS or number != round(number, MOST_PLACES):
        can_be = f"Hours are more than 0 and at most {MOST_HOURS}, with at most {MOST_PLACES} places."
        raise Faulty(where, f"{str(value)[:40]} hours are not possible", can_be)
    return number


def _day(value: Any, where: str) -> date:
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        what = "missing" if value is None else f"'{str(value)[:40]}' is not a date"
        raise Faulty(where, what, "Write the day of completion as 2027-02-28.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Faulty(where, f"the year {day.year} cannot be right", "Write it as 2027-02-28.")
    return day


def _format(row: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    slug = _text(row.get("format"), "format", required=True)
    if slug not in vocabulary.formats and not slug.startswith(OWN):
        raise Faulty("format", f"unknown format '{slug[:60]}'", f"Known: {', '.join(vocabulary.formats)}.")
    return slug


def _topics(value: Any, hours: Decimal, vocabulary: Vocabulary) -> dict[str, Decimal]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Faulty("topics", "not a table of topics", 'Write {"ethics": 2}.')
    found: dict[str, Decimal] = {}
    for slug, inside in value.items():
        where = f"topics.{slug[:60]}"
        if slug not in vocabulary.topics:
            near = ", ".join(s for s in vocabulary.topics if s[:3] == slug[:3]) or "ethics, suicide_prevention, telehealth and others"
            raise Faulty(where, "unknown topic", f"Known: {near}.")
        found[slug] = _hours(inside, where)
        if found[slug] > hours:
            raise Faulty(where, "more hours than the course has", "A topic's hours lie inside those of the course.")
    return found


def _list(row: Mapping[str, Any]) -> list[Any]:
    value = row.get("approvals")
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST_APPROVALS:
        raise Faulty("approvals", f"not a list of at most {MOST_APPROVALS}", 'Write ["APA"] or [{"body": "APA", "until": "2027-12-31"}].')
    return value


def _approval(value: Any, where: str, vocabulary: Vocabulary) -> DatedApproval:
    row = {"body": value} if isinstance(value, str) else value
    if not isinstance(row, dict) or set(row) - set(APPROVAL):
        raise Faulty(where, "not an approval", f"Give an approver, or a table of {', '.join(APPROVAL)}.")
    body = vocabulary.approval(_text(row.get("body"), f"{where}.body", required=True))
    starts, until = (_day(row[key], f"{where}.{key}") if row.get(key) is not None else None for key in ("from", "until"))
    if starts and until and until < starts:
        raise Faulty(f"{where}.until", "lies before the first day", "Correct one of the two dates.")
    return DatedApproval(body, starts, until)
