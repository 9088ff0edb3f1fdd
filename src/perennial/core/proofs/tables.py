"""Reads lists of courses: the heading of each column says what stands in it; each row is a certificate."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

from perennial.core.proofs.approvals import BODIES
from perennial.core.proofs.dates import days_in
from perennial.core.proofs.found import Approval, Found, Place, Reading, Sure, Topic, Words
from perennial.core.proofs.hints import form, named
from perennial.core.proofs.lines import Document, Line, Segment, plain_lines

HEADINGS: Mapping[str, tuple[str, ...]] = {
    what: tuple(names.split(", "))
    for what, names in {
        "title": (
            "course title, course name, title, course, activity, activity title, program, program title, "
            "training, name of course, event, event name, class, educational offering, workshop, session title, "
            "description"
        ),
        "completed_on": (
            "date completed, completion date, date of completion, completed on, completed, date, course date, end "
            "date, attendance date, date attended, date taken, finished, credit date, date earned, event date"
        ),
        "hours": (
            "hours, ce hours, credit hours, contact hours, total hours, credits, ce credits, hours earned, "
            "credits earned, hours awarded, clock hours, number of hours, hrs, ces, credit, units"
        ),
        "minutes": "minutes, duration minutes, mins, minutes earned, length in minutes",
        "ceus": "ceus, ceu, ceus earned",
        "provider": (
            "provider, provider name, sponsor, educational provider, ce provider, organization, company, offered "
            "by, vendor, school, institution"
        ),
        "form": ("format, delivery method, delivery, type, method, modality, course type, delivery format, live or self study"),
        "approvals": "approved by, approval, accreditation, approval body, approvals, accreditor, accredited by",
        "topics": "subject area, subject, topic, topics, category, content area, subject areas",
        "number": (
            "ce broker tracking number, tracking number, course number, certificate number, ce broker #, course "
            "id, course tracking, tracking #, confirmation number, certificate id"
        ),
        "start": "start date, date started, begin date",
        "other": (
            "date added, date posted, posted date, expiration date, date issued, date submitted, cost, price, "
            "license, license number, profession, status, notes, note, instructor, presenter, location, provider "
            "number, provider id, name, first name, last name, reported, date reported, ethics hours, live hours, "
            "cycle, website, url"
        ),
    }.items()
}
ENOUGH = 88
FIRST_ROWS = 25
HEADS = re.compile(r"\b(?:title|course|activity|program|training)\b", re.IGNORECASE)
TOTALS = re.compile(r"(?i)^(?:grand\s+|sub)?\s*totals?\b|^sum\b")
Cell = object


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what: position by meaning, and the headings as they stand."""

    row: int
    by_meaning: Mapping[str, int]
    headings: Sequence[str]

    def said(self) -> str:
        """How the headings were taken, as a sentence."""
        names = {"completed_on": "day of completion", "form": "format", "ceus": "CEUs", "number": "course number"}
        taken = [
            f"“{self.headings[at]}” as {names.get(what, what)}" for what, at in self.by_meaning.items() if what not in ("other", "start")
        ]
        return f"Columns were read so: {', '.join(taken)}."


def meaning(heading: str) -> tuple[str, float]:
    """What a column heading most likely means, and how well it fits, from 0 to 100."""
    plain = " ".join(re.sub(r"[^a-z# ]", " ", heading.lower()).split())
    if not plain or len(plain) > 40:
        return "", 0.0
    scored = ((what, max(float(fuzz.token_sort_ratio(plain, name)) for name in names)) for what, names in HEADINGS.items())
    return max(scored, key=lambda pair: pair[1])


def columns(rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """The row of headings among the first ones: it names a title or a day, and two things at least."""
    for index, row in enumerate(rows[:FIRST_ROWS]):
        best: dict[str, tuple[float, int]] = {}
        for at, cell in enumerate(row):
            what, fit = meaning(cell) if isinstance(cell, str) else ("", 0.0)
            if what and fit >= ENOUGH and fit > best.get(what, (0.0, 0))[0]:
                best[what] = (fit, at)
        told = {what: at for what, (_, at) in best.items() if what != "other"}
        if "title" in told and len(told) >= 2 and {"completed_on", "hours", "ceus", "minutes", "provider"} & set(told):
            return Columns(index, told, [str(cell or "") for cell in row])
    return None


def read_rows(rows: Sequence[Sequence[Cell]], words: Words, *, part: str = "", most: int = 500) -> list[Found]:
    """The certificates of a list, a row each; rows without a title or of sums are left out. Empty where there are no headings."""
    heads = columns(rows)
    if heads is None:
        return []
    return [found for found, _ in zip(_rows(rows, heads, words, part), range(most), strict=False)]


def read_lines(lines: Sequence[Line], words: Words, *, part: str = "", most: int = 500) -> list[Found]:
    """The certificates of a list on paper, two at least; empty where it is none."""
    cells = [[segment.text for segment in line.segments] for line in _aligned(lines)]
    listed = [
        one for one in read_rows(cells, words, part=part, most=most) if one.completed_on.value and (one.hours.place or one.provider.value)
    ]
    return listed if len(listed) > 1 else []


def _aligned(lines: Sequence[Line]) -> Iterator[Line]:
    """All lines, each cell under its heading: a row of headings has three segments and more and speaks of courses."""
    heads = next((line for line in lines if len(line.segments) >= 3 and HEADS.search(line.text)), None)
    for line in lines:
        if heads is None or line is heads or (line.number <= heads.number and line.page == heads.page):
            yield line
        else:
            yield Line(line.page, line.number, tuple(_under(head, line) for head in heads.segments))


def _under(head: Segment, line: Line) -> Segment:
    inside = [one for one in line.segments if one.over(head) or abs(one.x0 - head.x0) < 4]
    return Segment(" ".join(one.text for one in inside), head.x0, head.x1, line.segments[0].top, line.segments[0].bottom)


def _rows(rows: Sequence[Sequence[Cell]], heads: Columns, words: Words, part: str) -> Iterator[Found]:
    for number, row in enumerate(rows[heads.row + 1 :], start=heads.row + 2):
        reader = Row(row, heads, part, number)
        title = reader.text("title")
        if title.value and not TOTALS.match(title.value) and any(cell not in (None, "") for cell in row):
            yield reader.found(title, words)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list, read by its headings."""

    cells: Sequence[Cell]
    heads: Columns
    part: str
    number: int

    def found(self, title: Reading[str], words: Words) -> Found:
        """The certificate that the row is about."""
        place = title.place
        return Found(
            part=self.part,
            title=title,
            completed_on=self._day(),
            hours=self._hours(),
            provider=self.text("provider"),
            form=self._form(),
            approvals=self._approvals(words),
            topics=tuple(
                Topic(slug=slug, sure=Sure.LIKELY, place=spot)
                for what in ("topics", "title")
                if (spot := self._place(what) or place) is not None
                for slug in named(self._said(what), words.topics)
            )[:4],
            number=self._said("number")[:40],
            notes=(self.heads.said(),),
        )

    def text(self, what: str) -> Reading[str]:
        """A cell's text."""
        said, place = self._said(what), self._place(what)
        return Reading[str](value=said[:300], sure=Sure.CLEAR, place=place) if said else Reading[str]()

    def _cell(self, what: str) -> Cell:
        at = self.heads.by_meaning.get(what)
        return self.cells[at] if at is not None and at < len(self.cells) else None

    def _said(self, what: str) -> str:
        cell = self._cell(what)
        if isinstance(cell, datetime):
            return cell.date().isoformat()
        return " ".join(str(cell).split()) if cell is not None else ""

    def _place(self, what: str) -> Place | None:
        said = self._said(what)
        if not said:
            return None
        heading = self.heads.headings[self.heads.by_meaning[what]]
        return Place(
            part=self.part, row=self.number, column=" ".join(heading.split())[:60], text=said[:600], start=0, end=min(len(said), 600)
        )

    def _day(self) -> Reading[date]:
        cell, place = self._cell("completed_on"), self._place("completed_on")
        if isinstance(cell, datetime):
            return Reading[date](value=cell.date(), sure=Sure.CLEAR, place=place)
        if isinstance(cell, date):
            return Reading[date](value=cell, sure=Sure.CLEAR, place=place)
        days = list(days_in(self._said("completed_on")))
        if len(days) != 1:
            return Reading[date](place=place, note="This is not one day. Enter the day of completion." if place else "")
        day, _, _, either_way = days[0]
        note = "Read as month, day, year. Look whether it was meant so." if either_way else ""
        return Reading[date](value=day, sure=Sure.LIKELY if either_way else Sure.CLEAR, place=place, note=note)

    def _hours(self) -> Reading[Decimal]:
        for what in ("hours", "minutes", "ceus"):
            place = self._place(what)
            if place is None:
                continue
            number = _number(self._said(what))
            unit = f"{self.heads.headings[self.heads.by_meaning[what]]} {self._said(what)}".lower()
            if number is None or not 0 < number < 1000:
                return Reading[Decimal](place=place, note="This is not a number of hours. Enter it.")
            if what == "ceus" or "ceu" in unit:
                return Reading[Decimal](place=place, note=f"It says {number:f} CEU. Enter the hours that the certificate states.")
            if what == "minutes" or re.search(r"\bmin(?:ute)?s?\b", unit):
                hours = (number / 60).quantize(Decimal("0.01")).normalize() + 0
                return Reading[Decimal](value=hours, sure=Sure.LIKELY, place=place, note="Reckoned from minutes, 60 to the hour.")
            return Reading[Decimal](value=number, sure=Sure.CLEAR, place=place)
        return Reading[Decimal]()

    def _form(self) -> Reading[str]:
        place = self._place("form")
        if place is None:
            return Reading[str]()
        found = form(Document(plain_lines(place.text)))
        plain = {"live": "", "online": ""}.get(place.text.lower(), found.value or "")
        return Reading[str](value=plain or None, sure=Sure.LIKELY if plain else Sure.MISSING, place=place)

    def _approvals(self, words: Words) -> tuple[Approval, ...]:
        place = self._place("approvals")
        if place is None:
            return ()
        hits = [(body, slug) for body, slug, pattern in BODIES if slug in words.approvals and pattern.search(place.text)]
        return tuple(Approval(body=body, slug=slug, sure=Sure.LIKELY, place=place) for body, slug in hits)


def _number(said: str) -> Decimal | None:
    match = re.match(
        r"\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:h\b|hrs?\b|hours?\b|credits?\b|ces?\b|ceus?\b|min(?:ute)?s?\b)?\s*(?:\(.*\))?\.?$",
        said.strip(),
        re.IGNORECASE,
    )
    if match is None:
        return None
    try:
        return Decimal(match[1].replace(",", ".")).normalize() + 0
    except InvalidOperation:
        return None
