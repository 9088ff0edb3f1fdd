"""From presence to whole minutes of a session and its parts, and to the hours that each body grants for them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from perennial.core.attendance.presence import Presence, Span, joined, shared
from perennial.core.attendance.session import BodyRule, Part, Session


@dataclass(frozen=True, slots=True)
class PartMinutes:
    """The whole minutes in which somebody was there during a part."""

    title: str
    minutes: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyHours:
    """The hours of `minutes_per_hour` minutes that a body grants, and why."""

    name: str
    hours: Decimal
    minutes_per_hour: int
    because: str


@dataclass(frozen=True, slots=True)
class Attended:
    """What somebody attended: whole minutes of the session without its breaks, of all that there were, by part, and the hours by body."""

    person: str
    minutes: int
    of_minutes: int
    spans: tuple[Span, ...]
    parts: tuple[PartMinutes, ...]
    bodies: tuple[BodyHours, ...]
    doubts: tuple[str, ...]


def attended(presence: Presence, session: Session) -> Attended:
    """Count it. Time before and after the session and in its breaks earns nothing; a minute begun is not a minute.

    A part's minutes are counted by themselves, so together they can be fewer than those of the session.
    """
    there = shared(presence.spans, taught(session))
    minutes, whole = whole_minutes(there), whole_minutes(taught(session))
    return Attended(
        presence.person,
        minutes,
        whole,
        there,
        tuple(_part(part, there) for part in session.parts),
        tuple(_hours(body, minutes, whole) for body in session.bodies),
        presence.doubts,
    )


def taught(session: Session) -> tuple[Span, ...]:
    """The time of the session less its breaks."""
    found, begin = [], session.span.starts
    for pause in joined(session.breaks):
        found.append(Span(begin, pause.starts))
        begin = pause.ends
    return joined([*found, Span(begin, session.span.ends)])


def whole_minutes(spans: tuple[Span, ...]) -> int:
    """The whole minutes in all of the spans together."""
    return int(sum((span.ends - span.starts for span in spans), timedelta()) // timedelta(minutes=1))


def _part(part: Part, there: tuple[Span, ...]) -> PartMinutes:
    return PartMinutes(part.title, whole_minutes(shared(there, (part.span,))), part.topics)


def _hours(body: BodyRule, minutes: int, whole: int) -> BodyHours:
    if minutes < whole and not body.partial:
        because = f"{minutes} of {whole} minutes; {body.name} grants hours for the whole session only"
        return BodyHours(body.name, Decimal(0), body.minutes_per_hour, because)
    steps = (Decimal(minutes) / (body.minutes_per_hour * body.step)).quantize(Decimal(1), ROUND_DOWN)
    hours = steps * body.step
    told = f"{minutes} minutes in hours of {body.minutes_per_hour}, down to steps of {body.step}"
    if hours < body.least:
        return BodyHours(body.name, Decimal(0), body.minutes_per_hour, f"{told}, are under the least of {body.least}")
    return BodyHours(body.name, hours, body.minutes_per_hour, told)
