"""Lines of an answer as pages show them: a state, a figure, why, and where it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from perennial.apps.portal.drawn import address, citation, leaf
from perennial.apps.portal.words import sentence
from perennial.core.rules import Answer, Line
from perennial.core.rules.citing import source_name
from perennial.core.rules.schema import Source
from perennial.core.values.words import day_in_words, partial_day, plain_hours

NOT_KNOWN = "not known yet"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source in one line: what it is called, its address, the month it was read and the date that the copy claims."""

    name: str
    url: str
    read: str
    copy: str

    @property
    def when(self) -> str:
        """When it was read, and in a copy of what date."""
        copy = f"in a copy of {self.copy}" if self.copy else ""
        return ", ".join(part for part in (self.read, copy) if part)

    @property
    def html(self) -> SafeString:
        """The citation, with its address and when it was read."""
        return citation(self.name, self.url, self.when)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A credit's part in a line; `completed_on` and `address` where it is on record."""

    title: str
    hours: Decimal
    completed_on: date | None
    entry: int | None

    @property
    def html(self) -> SafeString:
        """Its title, leading to the credit's own page where it is in the ledger, its day and its hours in this line."""
        title: str = self.title
        if self.entry is not None:
            title = format_html('<a href="{}">{}</a>', address("credits:entry", self.entry), self.title)
        finished = f", {day_in_words(self.completed_on)}" if self.completed_on else ""
        return format_html('<span>{}{}</span><span class="num">{} h</span>', title, finished, plain_hours(self.hours))


@dataclass(frozen=True, slots=True)
class LineView:
    """One requirement or limit. `state` is met, part, missing or empty (nothing to do); `counted` and `asked` are figures in words."""

    id: str
    name: str
    kind: str
    state: str
    counted: str
    asked: str
    left: Decimal | None
    why: str
    says: str
    source: Cited | None
    since: str
    credits: tuple[Evidence, ...]
    unknown: bool = False
    """Whether what it asks depends on a question that is not answered; `why` puts it."""

    @property
    def leaf(self) -> SafeString:
        """The leaf of its state."""
        return leaf(self.state)

    @property
    def figure(self) -> str:
        """What counts, of what is asked or allowed."""
        if self.unknown:
            return NOT_KNOWN
        if self.asked == "0" and self.kind != "limit":
            return "none asked"
        if self.asked:
            return f"{self.counted} of {self.asked} h"
        return {"met": "done", "": "not asked now"}.get(self.state, "not yet")

    @property
    def plan(self) -> SafeString:
        """What is asked or allowed, for someone whose credits are not known."""
        if self.unknown:
            return format_html("{}", NOT_KNOWN)
        if self.kind == "limit":
            return format_html("at most {} h", self.asked)
        if self.asked == "0":
            return format_html("{}", "none asked")
        return format_html("<b>{}</b> h", self.asked) if self.asked else format_html("{}", "done" if self.state == "met" else "to complete")

    @property
    def progress(self) -> SafeString:
        """What counts, of what is asked, for a list beside a dial."""
        if not self.asked or self.asked == "0":
            return format_html("{}", self.figure)
        return format_html("<b>{}</b> of {} h", self.counted, self.asked)

    @property
    def about(self) -> SafeString:
        """What the rule says, since when, and where it was read."""
        since = f" In force since {self.since}." if self.since else ""
        return format_html("{}{} {}", self.says, since, self.source.html if self.source else "")

    @property
    def unmet(self) -> bool:
        """Whether something is still to be done for it."""
        return self.state in ("part", "missing") and self.kind != "limit" and not self.unknown


def cited(source: Source | None) -> Cited | None:
    """A source as pages show it."""
    if source is None:
        return None
    return Cited(source_name(source), source.url or "", partial_day(source.read), partial_day(source.as_of))


def line_view(line: Line, entries: Mapping[str, tuple[int, date]]) -> LineView:
    """A line for a page; `entries` gives the entry and day of each credit by its id."""
    return LineView(
        id=line.requirement,
        name=f"{line.name[:1].upper()}{line.name[1:]}",
        kind=line.kind,
        state=_state(line),
        counted=plain_hours(line.counted),
        asked=plain_hours(line.asked) if line.asked is not None else "",
        left=line.missing,
        why=line.because,
        says=sentence(line.says),
        source=cited(line.source),
        since=day_in_words(line.in_force) if line.in_force else "",
        credits=tuple(
            Evidence(c.title, c.hours, entries[c.credit][1] if c.credit in entries else None, entries.get(c.credit, (None,))[0])
            for c in line.credits
        ),
        unknown=line.verdict == "not_known",
    )


def _state(line: Line) -> str:
    if line.verdict == "met" or (line.verdict == "within" and line.counted):
        return "met"
    if line.verdict in ("over", "not_known"):
        return "part"
    if line.verdict == "missing":
        return "part" if line.counted else "missing"
    return ""


@dataclass(frozen=True, slots=True)
class Lines:
    """An answer's lines by what they are: asked now, limits, and not asked at this renewal."""

    asked: tuple[LineView, ...]
    limits: tuple[LineView, ...]
    quiet: tuple[LineView, ...]

    @property
    def total(self) -> LineView | None:
        """The hours in all, where they are asked."""
        return next((line for line in self.asked if line.kind == "total"), None)

    @property
    def topics(self) -> tuple[LineView, ...]:
        """Everything asked besides the hours in all."""
        return tuple(line for line in self.asked if line.kind != "total")

    @property
    def dial(self) -> tuple[tuple[str, str], ...]:
        """What the dial shows, in the order of the list beside it."""
        return tuple((line.state or "missing", line.name) for line in self.topics) or tuple(
            (line.state or "missing", line.name) for line in self.asked
        )


def lines_of(answer: Answer, entries: Mapping[str, tuple[int, date]] | None = None) -> Lines:
    """An answer's lines, sorted for a page."""
    views = [(line, line_view(line, entries or {})) for line in answer.lines]
    return Lines(
        asked=tuple(view for line, view in views if line.kind != "limit" and line.verdict != "not_asked"),
        limits=tuple(view for line, view in views if line.kind == "limit"),
        quiet=tuple(view for line, view in views if line.verdict == "not_asked"),
    )


def unmet(lines: Iterable[LineView]) -> tuple[LineView, ...]:
    """The lines for which something is still to be done."""
    return tuple(line for line in lines if line.unmet)
