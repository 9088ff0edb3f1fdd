"""Reads who was there for how long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.attendance.models import Gathering, Mark
from perennial.core.attendance import Attended, Kind, Session, Span, attended, presence_of
from perennial.core.attendance import Mark as Value

__all__ = [
    "AROUND",
    "Attended",
    "Gathering",
    "Mark",
    "There",
    "doors_open",
    "everybody_at",
    "export_of",
    "gathering_called",
    "is_in",
    "one_at",
]

DOOR = "room"
AROUND = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class There:
    """One person at a gathering: their marks, those that hold and those struck, and what they come to."""

    person: Person
    marks: Sequence[Mark]
    attended: Attended
    is_in: bool


def gathering_called(key: str) -> Gathering | None:
    """The gathering of this name."""
    return Gathering.objects.filter(key=key).first()


def doors_open(gathering: Gathering, at: datetime) -> bool:
    """Whether people can sign themselves in and out: from half an hour before the beginning until half an hour after the end."""
    return gathering.starts_at - AROUND <= at <= gathering.ends_at + AROUND


def everybody_at(gathering: Gathering) -> list[There]:
    """Everybody who has a mark there, by name; one query."""
    rows: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(gathering=gathering).select_related("person", "strike", "kept_by"):
        rows.setdefault(mark.person_id, []).append(mark)
    found = [There(marks[0].person, marks, _attended(gathering, marks), is_in(marks)) for marks in rows.values()]
    return sorted(found, key=lambda one: (one.person.name.casefold(), one.person.pk))


def one_at(gathering: Gathering, person: Person) -> There:
    """One person's marks there, and what they come to; one query."""
    marks = list(Mark.objects.filter(gathering=gathering, person=person).select_related("strike", "kept_by"))
    return There(person, marks, _attended(gathering, marks), is_in(marks))


def is_in(marks: Iterable[Mark]) -> bool:
    """Whether the last mark that holds is an arrival."""
    last = None
    for mark in sorted(marks, key=lambda mark: (mark.at, mark.pk)):
        last = mark.kind if holds(mark) else last
    return last == Mark.Kind.IN


def holds(mark: Mark) -> bool:
    """Whether nothing struck the mark."""
    return getattr(mark, "strike", None) is None


def export_of(person: Person) -> dict[str, Any]:
    """A person's marks, as plain values; one query."""
    rows = Mark.objects.filter(person=person).select_related("gathering", "strike")
    return {
        "marks": [{"gathering": row.gathering.key, "at": row.at.isoformat(), "kind": row.kind, "struck": not holds(row)} for row in rows],
    }


def _attended(gathering: Gathering, marks: Iterable[Mark]) -> Attended:
    values = [Value(mark.at.astimezone(UTC), "", DOOR, Kind(mark.kind)) for mark in marks if holds(mark)]
    session = Session(Span(gathering.starts_at.astimezone(UTC), gathering.ends_at.astimezone(UTC)))
    return attended(presence_of("", values), session)
