"""One row of a catalog: every key judged, in words that name the column and how to mend it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from perennial.core.planner.facts import Approval, Offer
from perennial.core.rules.vocabulary import OWN, Vocabulary
from perennial.core.values import Refusal, written

REQUIRED = ("title", "hours", "format")
COLUMNS = (
    "id", "title", "provider", "hours", "minutes_per_hour", "topics", "format", "approvals", "price", "price_cents", "minutes", "starts",
    "ends", "course", "url",
)  # fmt: skip
LEAST_SHARED = 4
"""Letters of a word by which a topic that is not known may be meant for another."""
MOST_HOURS, MOST_CENTS, MOST_MINUTES, MOST_APPROVALS = 1000, 100_000_00, 60_000, 40
MOST_PLACES = 20  # of hours; more are no hours of a course, and make exact sums slow
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_PAIR = re.compile(r"^(?P<name>.+?)\s*[:=]\s*(?P<hours>[\d.,]+)\s*h?$")
_APPROVAL = re.compile(r"^(?P<body>[^()#]+?)\s*(?:#\s*(?P<number>[\w-]+))?\s*(?:\((?P<from>[\d-]*)\s*(?:\.\.|to)\s*(?P<until>[\d-]*)\))?$")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class RowFault(Exception):
    """A row that cannot be taken: the column, what is wrong, how to mend it."""

    def __init__(self, column: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.column, self.what, self.mend = column or "1", what, mend


@dataclass(frozen=True, slots=True)
class NamedApproval:
    """An approval as a catalog names it: the approver's slug, a number, the first and last day (None: open)."""

    body: str
    number: str = ""
    starts: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A course as a catalog lists it. `hours` and those of topics are of `minutes_per_hour` minutes; `minutes` the learner's time.

    A price, time or day that is not given is None; a text that is not given is empty.
    """

    title: str
    hours: Decimal
    format: str
    id: str = ""
    provider: str = ""
    minutes_per_hour: int = 60
    topics: Mapping[str, Decimal] = field(default_factory=dict)
    approvals: tuple[NamedApproval, ...] = ()
    price_cents: int | None = None
    minutes: int | None = None
    starts: date | None = None
    ends: date | None = None
    course: str = ""
    url: str = ""

    def offer(self) -> Offer:
        """As the planner takes it: hours of 60 minutes, nothing to pay where no price is given, as much time as hours."""
        part = Decimal(self.minutes_per_hour) / 60
        return Offer(
            id=self.id,
            title=self.title,
            hours=self.hours * part,
            topics={topic: hours * part for topic, hours in self.topics.items()},
            format=self.format,
            approvals=tuple(Approval(one.body, one.starts, one.until) for one in self.approvals),
            price_cents=self.price_cents or 0,
            minutes=self.minutes if self.minutes is not None else int(self.hours * self.minutes_per_hour),
            starts=self.starts,
            ends=self.ends,
            course=self.course or None,
        )


def listed_in(row: Mapping[str, Any], vocabulary: Vocabulary) -> Listed:
    """The course that a row tells of; one without a title is called by its id. Raises RowFault with the first thing that is wrong."""
    if "" in row:
        raise RowFault("", f"cannot be read ({str(row[''])[:60]})", "Give one value for each column, and quote values with commas.")
    unknown = next((name for name in row if name not in COLUMNS), None)
    if unknown is not None:
        raise RowFault(str(unknown)[:60], "unknown key", f"Known: {', '.join(COLUMNS)}.")
    hours = _hours(row.get("hours"), "hours")
    starts, ends = _day(row.get("starts"), "starts"), _day(row.get("ends"), "ends")
    if starts and ends and ends < starts:
        raise RowFault("ends", f"{ends} lies before the first day, {starts}", "Correct one of the two.")
    name = _text(row, "id", 200)
    return Listed(
        id=name,
        title=_text(row, "title", 300, required=not name) or name,
        provider=_text(row, "provider", 200),
        hours=hours,
        minutes_per_hour=_length(row),
        minutes=_whole(row, "minutes", MOST_MINUTES, least=0),
        format=_format(row, vocabulary),
        topics=_topics(row.get("topics"), hours, vocabulary),
        approvals=_approvals(row.get("approvals"), vocabulary),
        price_cents=_price(row),
        starts=starts,
        ends=ends,
        course=_text(row, "course", 200),
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
        text = str(value).strip().removeprefix("$")
        number = Decimal(text.replace(",", "" if _THOUSANDS.fullmatch(text) else "."))
    except InvalidOperation:
        what = "missing" if value is None else f"'{str(value)[:40]}' is not a number"
        raise RowFault(name, what, "Write a number, such as 1.5.") from None
    if not number.is_finite():
        raise RowFault(name, f"'{str(value)[:40]}' is not a number", "Write a number, such as 1.5.")
    return number


def _hours(value: Any, name: str) -> Decimal:
    number = _number(value, name)
    if not 0 < number <= MOST_HOURS or number != round(number, MOST_PLACES):
        can_be = f"Hours are more than 0 and at most {MOST_HOURS:,}, with at most {MOST_PLACES} places."
        raise RowFault(name, f"{str(value)[:40]} hours are not possible", can_be)
    return number


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
        what = "negative" if number < 0 else "not possible"
        raise RowFault(name, f"{str(row[name])[:40]} is {what}", f"Write a whole number from {least} to {most:,}.")
    return int(number)


def _price(row: Mapping[str, Any]) -> int | None:
    if row.get("price_cents") is not None:
        return _whole(row, "price_cents", MOST_CENTS, least=0)
    if row.get("price") is None:
        return None
    if str(row["price"]).strip().lower() == "free":
        return 0
    dollars = _number(row["price"], "price")
    cents = dollars * 100 if 0 <= dollars <= MOST_CENTS else Decimal(-1)
    if cents != cents.to_integral_value() or not 0 <= cents <= MOST_CENTS:
        raise RowFault("price", f"{str(row['price'])[:40]} is not a price", "Write dollars, such as 49 or 49.50, not less than 0.")
    return int(cents)


def _day(value: Any, name: str) -> date | None:
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
    slug = text if text in vocabulary.formats or text.startswith(OWN) else _called(text, vocabulary.formats)
    if slug is None:
        usual = ", ".join(name for name in vocabulary.formats if not name.startswith(OWN))
        raise RowFault("format", f"unknown format '{text}'", f"Known: {usual}.")
    return slug


def _topics(value: Any, whole: Decimal, vocabulary: Vocabulary) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for name, hours in _pairs(value):
        slug = name if name in vocabulary.topics else _called(name, vocabulary.topics)
        if slug is None:
            near = ", ".join(_near(name, vocabulary.topics))
            raise RowFault(
                "topics", f"unknown topic '{name[:60]}'", f"Known: {near or 'ethics, suicide_prevention, telehealth and others'}."
            )
        inside = whole if hours is None else _hours(hours, "topics")
        if inside > whole:
            what = f"'{name[:60]}' has {str(hours)[:40]} hours in a course of {whole:.9g}"
            raise RowFault("topics", what, "A topic's hours lie inside those of the course.")
        if slug in found:
            raise RowFault("topics", f"'{name}' stands twice", "Name each topic once.")
        found[slug] = inside
    return found


def _near(name: str, words: Mapping[str, Any]) -> list[str]:
    """The slugs that begin alike, or share a word of four letters or more."""
    low = name.lower()
    parts = {part for part in re.split(r"[^a-z]+", low) if len(part) >= LEAST_SHARED}
    return [slug for slug, word in words.items() if slug[:3] == low[:3] or parts & set(re.split(r"[^a-z]+", f"{slug} {word.name}".lower()))]


def _called(name: str, words: Mapping[str, Any]) -> str | None:
    """The slug of what is called so, however it is written."""
    return next((slug for slug, word in words.items() if name.lower() in (slug, word.name.lower())), None)


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


def _approvals(value: Any, vocabulary: Vocabulary) -> tuple[NamedApproval, ...]:
    if value is None or value == "":
        return ()
    rows = [part.strip() for part in re.split(r"[;|]", value) if part.strip()] if isinstance(value, str) else value
    if not isinstance(rows, list) or len(rows) > MOST_APPROVALS:
        raise RowFault("approvals", "not a list of approvals", 'Write [{"body": "APA", "until": "2027-12-31"}], or in a table: APA; NBCC.')
    return tuple(_approval(row, vocabulary) for row in rows)


def _approval(row: Any, vocabulary: Vocabulary) -> NamedApproval:
    if isinstance(row, str):
        match = _APPROVAL.match(row)
        if not match:
            raise RowFault("approvals", f"'{row[:60]}' cannot be read", "Write APA, or APA #1234 (2026-01-01 to 2027-12-31).")
        row = match.groupdict()
    if not isinstance(row, dict) or not isinstance(row.get("body"), str) or set(row) - {"body", "number", "from", "until"}:
        raise RowFault("approvals", f"'{str(row)[:60]}' is not an approval", "Give body, and perhaps number, from and until.")
    starts, until = _day(row.get("from"), "approvals"), _day(row.get("until"), "approvals")
    if starts and until and until < starts:
        raise RowFault("approvals", f"an approval ends on {until}, before it begins", "Correct one of the two dates.")
    body = vocabulary.approval(_text(row, "body", 200, required=True))
    return NamedApproval(body, _text(row, "number", 80), starts, until)


def _url(row: Mapping[str, Any]) -> str:
    text = _text(row, "url", 500)
    try:
        fits = not text or (urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).hostname) and " " not in text)
    except ValueError:
        fits = False
    if not fits:
        raise RowFault("url", f"'{text[:60]}' is not a web address", "It begins with https://.")
    return text
