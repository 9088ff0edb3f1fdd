"""When an offer could be completed: each offer as one or a few dated copies, of which a plan takes at most one.

Between two days on which something changes (a window opens or closes, a year of it turns, an approval begins or
lapses) every day is as good as any other, so one copy stands for all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from perennial.core.planner.facts import Approval, Offer
from perennial.core.rules import Credit, CreditWindow

DAY = timedelta(days=1)
State = tuple[object, ...] | None


@dataclass(frozen=True, slots=True)
class Copy:
    """An offer completed between two days, both included; `credit` is what it earns on the first."""

    offer: int
    first: date
    last: date
    credit: Credit


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a day means to one license: inside its window (in which year), before it where that has an effect, or nothing.

    `early` are spans before the window in which hours still do something; `repeats` says that a course taken twice
    is counted once, so that taking it may also do harm.
    """

    window: CreditWindow
    years: tuple[date, ...] = ()
    early: tuple[CreditWindow, ...] = ()
    repeats: bool = False

    def turns(self) -> Iterator[date]:
        """The first days of what differs."""
        yield from (self.window.start, self.window.end + DAY, *self.years)
        for span in self.early:
            yield from (span.start, span.end + DAY)

    def state(self, day: date) -> State:
        """Equal for days that are alike; None where the day has no effect."""
        if self.window.holds(day):
            return ("in", sum(turn <= day for turn in self.years))
        held = tuple(span.holds(day) for span in self.early) if day < self.window.start else ()
        return ("early", held) if any(held) else None


def copies_of(offers: Sequence[Offer], calendars: Sequence[Calendar], today: date, by: date | None) -> list[Copy]:
    """Every dated copy that could help a license, offer by offer in order."""
    last = max((c.window.end for c in calendars), default=today)
    span = (today, min(last, by) if by else last)
    harmless = not any(c.repeats for c in calendars)
    known: dict[object, list[tuple[date, date]]] = {}
    found: list[Copy] = []
    for number, offer in enumerate(offers):
        alone = harmless or offer.course is None
        key = (offer.starts, offer.ends, offer.approvals, alone)
        spans = known.get(key)
        if spans is None:
            spans = known[key] = _spans(offer, calendars, span, alone=alone)
        for at, (first, until) in enumerate(spans):
            found.append(Copy(number, first, until, _credit(offer, first, at)))
    return found


def _spans(offer: Offer, calendars: Sequence[Calendar], span: tuple[date, date], *, alone: bool) -> list[tuple[date, date]]:
    """Spans of days worth a copy of their own."""
    first, last = span
    if offer.on is not None:
        begun = (offer.starts or offer.on) < first
        fits = not begun and first <= offer.on <= last and any(c.state(offer.on) for c in calendars)
        return [(offer.on, offer.on)] if fits else []
    kept: list[tuple[tuple[date, date], tuple[str, ...], tuple[State, ...]]] = []
    for start, end in _cut(first, last, _turns(offer.approvals, calendars)):
        states = tuple(c.state(start) for c in calendars)
        bodies = held_bodies(offer.approvals, start)
        if any(states) and not any(b == bodies and _as_good(s, states, alone=alone) for _, b, s in kept):
            kept = [k for k in kept if k[1] != bodies or not _as_good(states, k[2], alone=alone)]
            kept.append(((start, end), bodies, states))
    return [days for days, _, _ in kept]


def _as_good(one: tuple[State, ...], other: tuple[State, ...], *, alone: bool) -> bool:
    """Whether days of the first kind do for every license what days of the second do, or more."""
    return all(a == b or (b is None and alone) for a, b in zip(one, other, strict=True))


def held_bodies(approvals: Iterable[Approval], day: date) -> tuple[str, ...]:
    """The bodies whose approval holds on a day."""
    return tuple(a.body for a in approvals if a.holds(day))


def _turns(approvals: Iterable[Approval], calendars: Sequence[Calendar]) -> Iterator[date]:
    for calendar in calendars:
        yield from calendar.turns()
    for approval in approvals:
        if approval.start is not None:
            yield approval.start
        if approval.until is not None and approval.until < date.max:
            yield approval.until + DAY


def _cut(first: date, last: date, turns: Iterable[date]) -> Iterator[tuple[date, date]]:
    """The days from first to last, cut before each turn."""
    if first > last:
        return
    starts = sorted({first, *(turn for turn in turns if first < turn <= last)})
    for start, following in zip(starts, [*starts[1:], last + DAY], strict=True):
        yield start, following - DAY


def _credit(offer: Offer, day: date, number: int) -> Credit:
    """What the offer earns; its id, apart from copies of other days, ends in the copy's number."""
    return Credit(
        id=f"{offer.id}\0{number}",
        title=offer.title,
        date=day,
        hours=offer.hours,
        format=offer.format,
        topics=offer.topics,
        approvals=held_bodies(offer.approvals, day),
        course=offer.course,
    )
