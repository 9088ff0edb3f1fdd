"""The whole reading: each field with the words it was read from."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.pasting.days import days_in
from perennial.apps.plans.pasting.figures import hour_length_in, hours_in, price_in
from perennial.apps.plans.pasting.names import ANY_DAY, approvals_in, format_in, of_approval, topics_in
from perennial.core.rules.vocabulary import Vocabulary

MOST_CHARACTERS = 20_000
_LABELED = re.compile(r"^(?:title|course(?: title)?|subject|event|session|webinar|workshop)\s*[:=]\s*(?P<v>.+)$", re.I)
_BY = re.compile(r"^(?:provider|presented by|sponsored by|offered by|hosted by|organi[sz]ed by|from)\s*:?\s+(?P<v>.+)$", re.I)
_BY_INSIDE = re.compile(r"(?:presented|sponsored|offered|hosted|provided|organi[sz]ed) by (?P<v>[A-Z][^.,;|\n]{2,80})")
_NO_TITLE = re.compile(r"^(?:dear|hi|hello|from|to|date|sent|cc|reply-to|fwd?)\b[ :,]|^https?://|^[\W\d_]*$|@", re.I)
_REPLY = re.compile(r"^(?:(?:re|fwd?)\s*:\s*)+", re.I)
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_SPLIT = re.compile(r"\s*[|;]\s*|\s+[\u2013\u2014]\s+|\s+-\s+(?=\$|\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A field that was read: its label, what was understood, and the text's own words."""

    label: str
    value: str
    words: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted text seems to say; everything is for a person to confirm. `topics`: hours, None where not said."""

    title: str = ""
    provider_name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    any_day: bool = False
    hours: Decimal | None = None
    minutes_per_hour: int = 60
    format: str = ""
    topics: tuple[tuple[str, Decimal | None], ...] = ()
    also_named: tuple[str, ...] = ()
    approvals: tuple[ToldApproval, ...] = ()
    price: Decimal | None = None
    url: str = ""
    found: tuple[Found, ...] = field(default=())


def read_pasted(text: str, vocabulary: Vocabulary) -> Pasted:
    """Read a text of at most MOST_CHARACTERS characters; what it does not say stays empty."""
    lines = (" ".join(line.replace("\t", " | ").split()) for line in text[:MOST_CHARACTERS].splitlines())
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    title, provider = title_in(text), provider_in(text)
    hours, length, price, form = hours_in(text), hour_length_in(text), price_in(text), format_in(text)
    day = next((day for day in days_in(text) if not of_approval(text, day)), None)
    slug = form[0] if form else ("live_in_person" if day else "")
    any_day = slug in ANY_DAY
    topics = topics_in(text, title, vocabulary)
    sure = tuple((t.slug, t.hours if t.hours else (hours.value if hours else None)) for t in topics if t.hours or t.in_title)
    approvals = tuple(approvals_in(text, vocabulary))
    url = _URL.search(text)
    found = [
        Found("Title", title, title),
        Found("Provider", provider, provider),
        Found("CE hours", f"{hours.value:f}", hours.words, hours.remark) if hours else None,
        Found("Minutes in an hour", f"{length.value:f}", length.words) if length else None,
        Found("Day", f"{day.first:%-d %B %Y}", text[day.start : day.end]) if day and not any_day else None,
        Found("Format", vocabulary.name(slug), form[1]) if form else None,
        Found("Price", "free" if not price.value else f"${price.value}", price.words, price.remark) if price else None,
        *(Found("Topic", vocabulary.name(t.slug), t.words) for t in topics if t.hours or t.in_title),
        *(Found("Approved by", vocabulary.name(a.body), f"number {a.number}" if a.number else a.body) for a in approvals),
    ]
    return Pasted(
        title=title,
        provider_name=provider,
        starts_on=day.first if day and not any_day else None,
        ends_on=day.last if day and not any_day else None,
        any_day=any_day,
        hours=hours.value if hours else None,
        minutes_per_hour=int(length.value) if length else 60,
        format=slug,
        topics=sure,
        also_named=tuple(vocabulary.name(t.slug) for t in topics if not t.hours and not t.in_title),
        approvals=approvals,
        price=price.value if price else None,
        url=url.group().rstrip(".,;:") if url else "",
        found=tuple(one for one in found if one is not None and one.value),
    )


def title_in(text: str) -> str:
    """The title: what a label names, else the first line that is one, up to the first bar or dash."""
    lines = [line for line in text.splitlines() if line]
    for line in lines:
        match = _LABELED.match(line)
        if match:
            return _cut(_REPLY.sub("", match["v"]))
    return next((_cut(line) for line in lines if not _NO_TITLE.search(line)), "")


def provider_in(text: str) -> str:
    """Who offers the course, where a line or a phrase says so."""
    for line in text.splitlines():
        match = _BY.match(line)
        if match and len(match["v"]) <= 120:
            return re.sub(r"\s*<[^>]*>", "", match["v"]).strip(" .")
    match = _BY_INSIDE.search(text)
    return match["v"].strip() if match else ""


def _cut(line: str) -> str:
    return _SPLIT.split(line.strip())[0].strip(" .,:")[:300]
