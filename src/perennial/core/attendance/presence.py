"""From marks at doors to the spans in which somebody was there. What no mark shows is not counted, and is said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a mark says: through a door in or out, a connection begun or ended, or a code given while there."""

    IN = "in"
    OUT = "out"
    JOIN = "join"
    LEAVE = "leave"
    CODE = "code"


ARRIVALS = {Kind.IN, Kind.JOIN}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One mark: who, when (in UTC), at which door or connection, and what."""

    at: datetime
    person: str
    door: str
    kind: Kind

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            raise ValueError(f"the mark of {self.person} at {self.at.isoformat()} is not in UTC")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment up to, not with, another; both in UTC."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody was there, in order and without overlap, the moments at which a code was given, and what the marks leave open."""

    person: str
    spans: tuple[Span, ...]
    codes: tuple[datetime, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass
class _Door:
    """What is open at one door: since when, how many connections, and the last moment at which the person is known to be there."""

    since: datetime | None = None
    depth: int = 0
    seen: datetime | None = None
    spans: list[Span] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def take(self, mark: Mark) -> None:
        """Go on by one mark, in order of time."""
        if mark.kind in ARRIVALS:
            self._open(mark)
        elif mark.kind is Kind.CODE:
            self.seen = mark.at if self.since else self.seen
        elif self.since is None:
            self.doubts.append(f"{mark.kind} at {mark.door}, {mark.at.isoformat()}: no arrival before it, so nothing counts for it")
        else:
            self._close(mark)

    def end(self, door: str) -> None:
        """Close what no mark closed: it counts up to the last code given there, and no further."""
        if self.since is None:
            return
        told = f"arrival at {door}, {self.since.isoformat()}: nobody left by that door"
        if self.seen:
            self.spans.append(Span(self.since, self.seen))
            told += f"; counted up to the code given at {self.seen.isoformat()}"
        else:
            told += ", so nothing counts for it"
        self.doubts.append(told)

    def _open(self, mark: Mark) -> None:
        if self.since is None:
            self.since, self.seen, self.depth = mark.at, None, 0
        elif mark.kind is Kind.IN:
            self.doubts.append(f"in at {mark.door}, {mark.at.isoformat()}: was in already; the earlier arrival holds")
        self.depth = self.depth + 1 if mark.kind is Kind.JOIN else 1

    def _close(self, mark: Mark) -> None:
        self.depth = self.depth - 1 if mark.kind is Kind.LEAVE else 0
        if self.depth <= 0 and self.since is not None:
            self.spans.append(Span(self.since, mark.at))
            self.since, self.seen, self.depth = None, None, 0


def presences(marks: Iterable[Mark]) -> dict[str, Presence]:
    """The presence of everybody in the marks, whatever their order; the same mark twice counts once."""
    by_person: dict[str, list[Mark]] = defaultdict(list)
    for mark in set(marks):
        by_person[mark.person].append(mark)
    return {person: presence_of(person, found) for person, found in sorted(by_person.items())}


def presence_of(person: str, marks: Iterable[Mark]) -> Presence:
    """One person's presence.

    Somebody is there while they are in by any door or connection. A second `in` at one door changes nothing; a second `join` there is
    another device, which ends with a `leave` of its own. An arrival that nothing ends counts up to the last code given.
    """
    doors: dict[str, _Door] = defaultdict(_Door)
    codes = []
    for mark in sorted(set(marks), key=_order):
        doors[mark.door].take(mark)
        if mark.kind is Kind.CODE:
            codes.append(mark.at)
            for door in doors.values():
                door.seen = mark.at if door.since else door.seen
    for name, door in doors.items():
        door.end(name)
    spans = joined(span for door in doors.values() for span in door.spans)
    return Presence(person, spans, tuple(codes), tuple(doubt for door in doors.values() for doubt in door.doubts))


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap as one; empty ones left out."""
    found: list[Span] = []
    for span in sorted(spans):
        if span.starts >= span.ends:
            continue
        if found and span.starts <= found[-1].ends:
            found[-1] = Span(found[-1].starts, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return tuple(found)


def shared(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    """The time that lies in both."""
    return joined(Span(max(a.starts, b.starts), min(a.ends, b.ends)) for a in one for b in other)


def _order(mark: Mark) -> tuple[datetime, int, str]:
    return mark.at, 0 if mark.kind in ARRIVALS else 1, mark.door
