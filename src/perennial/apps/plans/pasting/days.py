"""Finds days in text: 14 March 2027, March 14-15, 2027, 2027-03-14, 3/14/2027."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SPAN = r"(?:\s*(?:-|\u2013|\u2014|to|and|&)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_FORMS = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_SPAN},?\s+(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_SPAN}\s+(?:of\s+)?{_MONTH},?\s+(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>20\d\d)\b"),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that a text names, perhaps the first of several, and where it stands."""

    first: date
    last: date
    start: int
    end: int


def days_in(text: str) -> list[Mention]:
    """Every day that a text names, in the order of the text; what is no day is passed over."""
    found = sorted(_mentions(text), key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _mentions(text: str) -> Iterator[Mention]:
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            first = _day(parts["year"], parts["month"], parts["day"])
            last = _day(parts["year"], parts["month"], parts.get("last") or parts["day"])
            if first is not None:
                yield Mention(first, last if last and last >= first else first, match.start(), match.end())


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else _NAMES.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
