"""Finds the day of completion among all days that a certificate names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest

from perennial.core.proofs.found import Reading, Sure
from perennial.core.proofs.lines import Document

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
TO = r"\s*(?:-|\u2013|\u2014|to|through|and|&)\s*"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        (
            rf"\b{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:{TO}|,\s*){MONTH.replace('?P<month>', '?P<month2>')}\.?\s+"
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}"
        ),
        rf"\b{MONTH}\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?{TO})?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*{YEAR}",
        rf"\b(?:\d{{1,2}}{TO})?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?{MONTH}\.?,?\s+{YEAR}",
        r"(?<![\d-])(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        r"(?<![\d/])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)?\d{2})(?![\d/])",
        r"(?<![\d-])(?P<first>\d{1,2})-(?P<second>\d{1,2})-(?P<year>(?:19|20)\d{2})(?![\d-])",
        r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d{2})(?![\d.])",
    )
)


SPAN = re.compile(TO, re.IGNORECASE)
Day = tuple[date, int, int, bool]


class Role(StrEnum):
    """What a day on a certificate is the day of."""

    FINISHED = "finished"
    HELD = "held"
    ISSUED = "issued"
    OTHER = "other"
    PLAIN = "plain"


EVENT = (
    r"(?:course|program(?:me)?|training|event|workshop|activity|session|webinar|class|seminar|"
    r"conference|presentation|meeting|attendance|participation|service)"
)
ROLES = (
    (
        Role.OTHER,
        (
            r"expir\w*|exp\b\.?|valid (?:un)?til|valid through|renew\w*|birth|dob\b|licen[sc]e dates?|"
            r"effective|approval period|approved (?:from|through|until|for)|purchas\w*|order\w*|enrol\w*|"
            r"regist(?:ered|ration)|start\w*|began|begun|copyright|due\b|release\w*|revis\w*|version|"
            r"review\w*|last updated|publi\w*|retain|re-?approv\w*|period"
        ),
    ),
    (
        Role.ISSUED,
        (
            r"issu\w*|print\w*|date awarded|awarded (?:on|this)|award date|generated|signed|given this|"
            r"dated this|certificate date|date of certificate|verified|signature|download\w*|sent:"
        ),
    ),
    (Role.FINISHED, r"(?<!certificate of )complet\w*|passed|finish\w*|end date|date earned|credit date|earned on|ended"),
    (
        Role.HELD,
        (
            rf"attend\w*|participat\w*|held\b|conducted|presented (?:on|live)|{EVENT} dates?|dates? of {EVENT}|"
            rf"took place|delivered on|dates?(?:\(s\))? of (?:the )?{EVENT}|dates?(?:\(s\))? attended"
        ),
    ),
)
ROLE = re.compile("|".join(rf"(?P<{role}>\b(?:{form}))" for role, form in ROLES), re.IGNORECASE)
NEAR = 140
FLOWS = re.compile(r"(?:\b(?:on|of|from|dated|through|to)|[,:])\s*$", re.IGNORECASE)
SENTENCE = re.compile(r"[.;!?]\s+(?=[A-Z])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names: its span, its role, and whether day and month could be the other way round."""

    day: date
    start: int
    end: int
    role: Role
    either_way: bool = False
    far: bool = False  # the role is that of words on a line before


def days_in(text: str) -> Iterator[Day]:
    """Each day that a text names, of a span of days the last, with where it stands and whether it can be read two ways."""
    taken: list[tuple[int, int]] = []
    for form in FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            day, either_way = _day(match.groupdict())
            if day is not None:
                taken.append((match.start(), match.end()))
                yield day, match.start(), match.end(), either_way


def _day(parts: dict[str, str | None]) -> tuple[date | None, bool]:
    year = int(parts["year"] or 0)
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    either_way = False
    if parts.get("first"):
        month, day = int(parts["first"] or 0), int(parts["second"] or 0)
        if month > 12:
            month, day = day, month
        either_way = month != day and day <= 12
    else:
        said = (parts.get("month2") or parts["month"] or "").lower()
        month = int(said) if said.isdigit() else next(n for n, name in enumerate(MONTHS, start=1) if name.startswith(said[:3]))
        day = int(parts["day"] or 0)
    try:
        return date(year, month, day), either_way
    except ValueError:
        return None, False


def named_days(document: Document) -> list[Named]:
    """All days of a document, each with its role: by the words before it, in its column, or after it."""
    found = _last_of_spans(document.text, sorted(days_in(document.text), key=lambda one: one[1]))
    ends = [0, *(end for _, _, end, _ in found)]
    return [_named(document, one, before) for one, before in zip(found, ends, strict=False)]


def _last_of_spans(text: str, found: list[Day]) -> list[Day]:
    """Of two days that are written as a span, such as 9/14/2025 - 9/15/2025, the last."""
    return [
        one
        for one, following in zip_longest(found, found[1:])
        if following is None or following[0] < one[0] or not SPAN.fullmatch(text[one[2] : following[1]])
    ]


def _named(document: Document, one: Day, before: int) -> Named:
    day, start, end, either_way = one
    index = document.index_at(start)
    own = document.offsets[index]
    near = (
        _last(document.text[max(own, before) : start])
        or _column(document, index, start)
        or _first(document.text[end : own + len(document.lines[index].text)].split("   ")[0])
    )
    far = None if near else _last(SENTENCE.split(document.text[max(before, start - NEAR) : start])[-1])
    flows = document.text[own:start].strip() or FLOWS.search(document.text[max(0, own - 20) : own])
    return Named(day, start, end, near or far or Role.PLAIN, either_way, far=bool(far) and not flows)


def _column(document: Document, index: int, start: int) -> Role | None:
    """The role by a label over or under the day, where the day stands alone."""
    at = document.offsets[index]
    for segment in document.lines[index].segments:
        if at <= start < at + len(segment.text) + 3:
            for near in (document.above(index, segment), document.below(index, segment)):
                if near and len(near[1].text) <= 40 and not any(days_in(near[1].text)):
                    role = _last(near[1].text)
                    if role and (len(segment.text) <= 40 or near[1].text.rstrip().endswith(":")):
                        return role
        at += len(segment.text) + 3
    return None


def _last(text: str) -> Role | None:
    found = list(ROLE.finditer(text))
    return Role(found[-1].lastgroup) if found and found[-1].lastgroup else None


def _first(text: str) -> Role | None:
    found = ROLE.search(text)
    return Role(found.lastgroup) if found and found.lastgroup else None


def completion_day(document: Document) -> Reading[date]:
    """The day of completion; MISSING with a note where several days could be it."""
    named = named_days(document)
    for role, sure, note in (
        (Role.FINISHED, Sure.CLEAR, ""),
        (Role.HELD, Sure.CLEAR, ""),
        (Role.PLAIN, Sure.LIKELY, ""),
        (Role.ISSUED, Sure.UNSURE, "This is the day on which the certificate was issued. The day of completion may be another."),
    ):
        of_role = [one for one in named if one.role == role]
        if of_role and all(one.far for one in of_role):
            of_role += [one for one in named if one.role == Role.PLAIN and role != Role.PLAIN]
        if of_role:
            return _chosen(document, of_role, sure, note)
    return Reading[date]()


def _chosen(document: Document, named: list[Named], sure: Sure, note: str) -> Reading[date]:
    first = named[0]
    if len({one.day for one in named}) > 1:
        days = ", ".join(f"{one:%B} {one.day}, {one.year}" for one in sorted({one.day for one in named}))
        return Reading[date](place=document.place(first.start, first.end), note=f"Several days could be the one: {days}. Choose.")
    if first.either_way and sure == Sure.CLEAR and all(one.either_way for one in named):
        sure, note = Sure.LIKELY, "Read as month, day, year. Look whether it was meant so."
    return Reading[date](value=first.day, sure=sure, place=document.place(first.start, first.end), note=note)
