"""One row of a catalog: every key judged, in words that name the column and how to mend it."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from perennial.apps.plans.facts import CourseFacts, ToldApproval
from perennial.apps.plans.models import MOST_CENTS, MOST_MINUTES
from perennial.core.rules.vocabulary import OWN, Vocabulary
from perennial.core.values import Refusal, written

REQUIRED = ("title", "hours", "format")
COLUMNS = (
    "id", "title", "provider", "hours", "minutes_per_hour", "topics", "format", "approvals", "price", "price_cents", "minutes", "starts",
    "ends", "course", "url",
)  # fmt: skip
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
_PAIR = re.compile(r"^(?P<name>.+?)\s*[:=]\s*(?P<hours>[\d.,]+)\s*h?$")
_APPROVAL = re.compile(r"^(?P<body>[^()#]+?)\s*(?:#\s*(?P<number>[\w-]+))?\s*(?:\((?P<from>[\d-]*)\s*(?:\.\.|to)\s*(?P<until>[\d-]*)\))?$")


class RowFault(Exception):
    """A row that cannot be taken: the column, what is wrong, how to mend it."""

    def __init__(self, column: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.column, self.what, self.mend = column or "1", what, mend


def course_in(row: Mapping[str, Any], vocabulary: Vocabulary) -> CourseFacts:
    """The course that a row tells of. Raises RowFault with the first thing that is wrong."""
    if "" in row:
        raise RowFault("", f"cannot be read ({str(row[''])[:60]})", "Give one value for each column, and quote values with commas.")
    unknown = next((name for name in row if name not in COLUMNS), None)
    if unknown is not None:
        raise RowFault(str(unknown)[:60], "unknown key", f"Known: {', '.join(COLUMNS)}.")
    length = _length(row)
    minutes = _hours(row.get("hours"), "hours", length)
    starts, ends = _day(row, "starts"), _day(row, "ends")
    if starts and ends and ends < starts:
        raise RowFault("ends", f"{ends} lies before the first day, {starts}", "Correct one of the two.")
    if ends and not starts:
        raise RowFault("starts", "missing, though there is a last day", "Give the first day, or leave out both: any day.")
    return CourseFacts(
        catalog_key=_text(row, "id", 200),
        title=_text(row, "title", 300, required=True),
        provider_name=_text(row, "provider", 200),
        minutes=minutes,
        minutes_per_hour=length,
        takes_minutes=_whole(row, "minutes", MOST_MINUTES, least=1),
        format=_format(row, vocabulary),
        topics=_topics(row.get("topics"), minutes, length, vocabulary),
        approvals=_approvals(row.get("approvals"), vocabulary),
        price_cents=_price(row),
        starts_on=starts,
        ends_on=ends or starts,
        course_key=_text(row, "course", 200),
        url=_url(row),
    )


def _text(row: Mapping[str, Any], name: str, longest: int, *, required: bool = False) -> str:
    value = row.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
        raise RowFault(name, f"'{str(value)[:40]}' is not a text", "Put it in quotes.")
    try:
        return written("" if value is None else str(value), name, longest, required=required)
    except Refusal as refusal:
        what = "missing" if required and not value else str(refusal).partition(".")[0]
        raise RowFault(name, what, "Give a text." if not value else "Correct it.") from None


def _number(value: Any, name: str) -> Decimal:
    try:
        if value is None or isinstance(value, bool | list | dict):
            raise InvalidOperation
        number = Decimal(str(value).strip().removeprefix("$").replace(",", "" if "." in str(value) else "."))
    except InvalidOperation:
        what = "missing" if value is None else f"'{str(value)[:40]}' is not a number"
        raise RowFault(name, what, "Write a number, such as 1.5.") from None
    if not number.is_finite():
        raise RowFault(name, f"'{str(value)[:40]}' is not a number", "Write a number, such as 1.5.")
    return number


def _hours(value: Any, name: str, length: int) -> int:
    number = _number(value, name)
    if number <= 0 or number > MOST_MINUTES // 60:
        raise RowFault(name, f"{number} hours are not possible", "Hours are more than 0 and at most 1,000.")
    return max(1, int((number * length).quantize(Decimal(1), ROUND_HALF_UP)))


def _length(row: Mapping[str, Any]) -> int:
    found = _whole(row, "minutes_per_hour", 60, least=50)
    if found not in (None, 50, 55, 60):
        raise RowFault("minutes_per_hour", f"{found} is not the length of an hour", "It is 60, 55 or 50.")
    return found or 60


def _whole(row: Mapping[str, Any], name: str, most: int, *, least: int) -> int | None:
    if row.get(name) is None:
        return None
    number = _number(row[name], name)
    if number != number.to_integral_value() or not least <= number <= most:
        raise RowFault(name, f"{number} is not possible", f"Write a whole number from {least} to {most:,}.")
    return int(number)


def _price(row: Mapping[str, Any]) -> int | None:
    if row.get("price_cents") is not None:
        return _whole(row, "price_cents", MOST_CENTS, least=0)
    if row.get("price") is None:
        return None
    if str(row["price"]).strip().lower() == "free":
        return 0
    cents = _number(row["price"], "price") * 100
    if cents != cents.to_integral_value() or not 0 <= cents <= MOST_CENTS:
        raise RowFault("price", f"{row['price']} is not a price", "Write dollars, such as 49 or 49.50, not less than 0.")
    return int(cents)


def _day(row: Mapping[str, Any], name: str) -> date | None:
    return _as_day(row.get(name), name)


def _as_day(value: Any, name: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        raise RowFault(name, f"'{str(value)[:40]}' is not a date", "Write it as 2027-02-28.") from None
    if not EARLIEST <= day <= LATEST:
        raise RowFault(name, f"the year {day.year} cannot be right", "Write the date as 2027-02-28.")
    return day


def _format(row: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    text = _text(row, "format", 40, required=True)
    slug = next((slug for slug, word in vocabulary.formats.items() if text.lower() in (slug, word.name.lower())), text)
    if slug not in vocabulary.formats and not slug.startswith(OWN):
        usual = ", ".join(name for name in vocabulary.formats if not name.startswith(OWN))
        raise RowFault("format", f"unknown format '{text}'", f"Known: {usual}.")
    return slug


def _topics(value: Any, minutes: int, length: int, vocabulary: Vocabulary) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, hours in _pairs(value):
        slug = next((s for s, word in vocabulary.topics.items() if name.lower() in (s, word.name.lower())), None)
        if slug is None:
            near = (
                ", ".join(s for s in vocabulary.topics if s[:3] == name.lower()[:3]) or "ethics, suicide_prevention, telehealth and others"
            )
            raise RowFault("topics", f"unknown topic '{name[:60]}'", f"Known: {near}.")
        inside = minutes if hours is None else int((_number(hours, "topics") * length).quantize(Decimal(1), ROUND_HALF_UP))
        if not 0 < inside <= minutes:
            raise RowFault("topics", f"'{name}' has {hours} hours of the course's own", "A topic's hours lie inside those of the course.")
        if slug in found:
            raise RowFault("topics", f"'{name}' stands twice", "Name each topic once.")
        found[slug] = inside
    return found


def _pairs(value: Any) -> list[tuple[str, Any]]:
    """(topic, hours) from a table, or from text such as "ethics: 2; telehealth: 1"; a topic without hours is the whole."""
    if value is None or value == "":
        return []
    if isinstance(value, dict):
        return [(str(name), hours) for name, hours in value.items()]
    if not isinstance(value, str):
        raise RowFault("topics", f"'{str(value)[:40]}' is not a table of topics", 'Write {"ethics": 2}, or in a table: ethics: 2; law: 1.')
    parts = [part.strip() for part in re.split(r"[;|]", value) if part.strip()]
    matches = [(part, _PAIR.match(part)) for part in parts]
    return [(match["name"].strip(), match["hours"]) if match else (part, None) for part, match in matches]


def _approvals(value: Any, vocabulary: Vocabulary) -> tuple[ToldApproval, ...]:
    if value is None or value == "":
        return ()
    rows = [part.strip() for part in re.split(r"[;|]", value) if part.strip()] if isinstance(value, str) else value
    if not isinstance(rows, list) or len(rows) > 40:
        raise RowFault("approvals", "not a list of approvals", 'Write [{"body": "APA", "until": "2027-12-31"}], or in a table: APA; NBCC.')
    return tuple(_approval(row, vocabulary) for row in rows)


def _approval(row: Any, vocabulary: Vocabulary) -> ToldApproval:
    if isinstance(row, str):
        match = _APPROVAL.match(row)
        if not match:
            raise RowFault("approvals", f"'{row[:60]}' cannot be read", "Write APA, or APA #1234 (2026-01-01 to 2027-12-31).")
        row = match.groupdict()
    if not isinstance(row, dict) or not isinstance(row.get("body"), str) or set(row) - {"body", "number", "from", "until"}:
        raise RowFault("approvals", f"'{str(row)[:60]}' is not an approval", "Give body, and perhaps number, from and until.")
    starts, until = _as_day(row.get("from"), "approvals"), _as_day(row.get("until"), "approvals")
    if starts and until and until < starts:
        raise RowFault("approvals", f"an approval ends on {until}, before it begins", "Correct one of the two dates.")
    body = vocabulary.approval(_text(row, "body", 200, required=True))
    return ToldApproval(body, _text(row, "number", 80), starts, until)


def _url(row: Mapping[str, Any]) -> str:
    text = _text(row, "url", 500)
    try:
        fits = not text or (urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).hostname) and " " not in text)
    except ValueError:
        fits = False
    if not fits:
        raise RowFault("url", f"'{text[:60]}' is not a web address", "It begins with https://.")
    return text
