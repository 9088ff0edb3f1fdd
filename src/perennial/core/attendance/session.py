"""A session as its file tells it, and the log of marks: ../shared formats `SESSION.toml` and `LOG.csv`."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from perennial.core.attendance.presence import Kind, Mark, Span
from perennial.core.values import Problem
from perennial.core.values.toml import read_toml

COLUMNS = ("person", "at", "door", "kind")
MINUTES_PER_HOUR = (50, 55, 60)
LONGEST_NAME = 200
FINEST_STEP, MOST_HOURS = Decimal("0.01"), 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the session: its title, its time, and the topics it teaches."""

    title: str
    span: Span
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyRule:
    """How a body grants hours: minutes of its hour, steps of hours, the least granted, and whether a part of the session counts."""

    name: str
    minutes_per_hour: int
    step: Decimal
    least: Decimal
    partial: bool


@dataclass(frozen=True, slots=True)
class Session:
    """When it is, its breaks (which earn nothing), its parts, and the bodies that grant hours for it."""

    span: Span
    breaks: tuple[Span, ...] = ()
    parts: tuple[Part, ...] = ()
    bodies: tuple[BodyRule, ...] = ()


class _Faulty(ValueError):
    """One fault in the file: where, what, how to mend it."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.problem = Problem(where, what, mend)


def read_session(text: str, name: str = "SESSION.toml") -> tuple[Session | None, tuple[Problem, ...]]:
    """The session in a TOML text, or what is wrong with it."""
    try:
        return session_from(read_toml(text)), ()
    except _Faulty as fault:
        return None, (Problem(f"{name}: {fault.problem.where}", fault.problem.what, fault.problem.mend),)
    except (ValueError, ArithmeticError, RecursionError) as fault:
        return None, (Problem(name, f"is not TOML ({fault})", "Mend the line."),)


def session_from(table: Mapping[str, Any]) -> Session:
    """The session in a table. Raises ValueError at the first fault."""
    unknown = sorted(set(table) - {"starts", "ends", "zone", "breaks", "parts", "bodies"})
    if unknown:
        raise _Faulty(unknown[0], "is not known", "Known are starts, ends, zone, breaks, parts and bodies.")
    zone = _zone(table.get("zone"))
    whole = _span(table, "starts", "ends", "session", zone)
    breaks = tuple(_within(_span(row, "from", "to", where, zone), whole, where) for where, row in _rows(table, "breaks"))
    parts = tuple(
        Part(
            str(row.get("title", ""))[:LONGEST_NAME], _within(_span(row, "starts", "ends", where, zone), whole, where), _topics(row, where)
        )
        for where, row in _rows(table, "parts")
    )
    return Session(whole, breaks, parts, tuple(_body(row, where) for where, row in _rows(table, "bodies")))


def read_log(lines: Iterable[str]) -> Iterator[Mark | Problem]:
    """Each line of a log of marks as a mark, or what is wrong with it; where the columns are wrong, that alone."""
    rows = csv.reader(lines)
    try:
        head = [name.strip().casefold() for name in next(rows, [])]
    except csv.Error as fault:
        yield Problem("line 1", f"cannot be read ({fault})", "Save the file as CSV in UTF-8.")
        return
    if head and head[0].startswith("\ufeff"):
        head[0] = head[0].lstrip("\ufeff")
    if sorted(head) != sorted(COLUMNS):
        yield Problem("line 1", f"the columns are {', '.join(head) or 'none'}", f"The columns are {', '.join(COLUMNS)}.")
        return
    try:
        for row in rows:
            if row:
                yield _mark(dict(zip(head, row, strict=False)), rows.line_num, full=len(row) == len(COLUMNS))
    except csv.Error as fault:
        yield Problem(f"line {rows.line_num + 1}", f"cannot be read ({fault})", "Save the file as CSV in UTF-8.")


def _mark(row: Mapping[str, str], line: int, *, full: bool) -> Mark | Problem:
    where = f"line {line}"
    if not full or not row.get("person", "").strip():
        return Problem(where, "has no person, or too few or too many fields", f"Give each line {', '.join(COLUMNS)}.")
    try:
        at = datetime.fromisoformat(row["at"].strip())
        utc = at.astimezone(UTC)
    except (ValueError, OverflowError):
        return Problem(where, f"“{row['at']}” is not a moment", "Write it like 2027-03-05T09:00:00-08:00.")
    if at.utcoffset() is None:
        return Problem(where, f"“{row['at']}” has no offset from UTC", "Write it like 2027-03-05T09:00:00-08:00.")
    kind = row["kind"].strip().casefold()
    if kind not in list(Kind):
        return Problem(where, f"“{row['kind']}” is no kind of mark", f"Kinds are {', '.join(Kind)}.")
    return Mark(utc, row["person"].strip(), row["door"].strip(), Kind(kind))


def _rows(table: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _Faulty(key, "is not a list of tables", f"Write it as {key} = [{{…}}, {{…}}].")
    return [(f"{key} {place}", row) for place, row in enumerate(rows, 1)]


def _zone(name: Any) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise _Faulty("zone", f"“{name}” is no time zone", "Write it like America/Los_Angeles.") from fault


def _moment(value: Any, where: str, zone: ZoneInfo | None) -> datetime:
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as fault:
        raise _Faulty(where, "is not a day and time", "Write it like 2027-03-05T09:00:00.") from fault
    if at.utcoffset() is None:
        if zone is None:
            raise _Faulty(where, "has no offset from UTC, and the session names no zone", 'Add zone = "America/Los_Angeles" or the like.')
        at = at.replace(tzinfo=zone)
    return at.astimezone(UTC)  # two moments of one zone are told apart by its clock, which summer time sets forward


def _span(row: Mapping[str, Any], first: str, last: str, where: str, zone: ZoneInfo | None) -> Span:
    span = Span(_moment(row.get(first), f"{where}: {first}", zone), _moment(row.get(last), f"{where}: {last}", zone))
    if span.starts >= span.ends:
        raise _Faulty(where, "ends before it begins", f"Put {last} after {first}.")
    return span


def _within(span: Span, whole: Span, where: str) -> Span:
    if span.starts < whole.starts or span.ends > whole.ends:
        raise _Faulty(where, "lies outside of the session", "Mend its times, or those of the session.")
    return span


def _topics(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    topics = row.get("topics", [])
    if not isinstance(topics, list):
        raise _Faulty(where, "topics is not a list", 'Write it as topics = ["law_ethics"].')
    return tuple(str(topic) for topic in topics)


def _body(row: Mapping[str, Any], where: str) -> BodyRule:
    try:
        step, least = (Decimal(str(row.get(name, default))) for name, default in (("step", "0.25"), ("least", "0")))
    except InvalidOperation as fault:
        raise _Faulty(where, "step or least is no figure", "Write hours, such as 0.25.") from fault
    if not (step.is_finite() and least.is_finite()):
        raise _Faulty(where, "step or least is no figure", "Write hours, such as 0.25.")
    minutes = row.get("minutes_per_hour", 60)
    measured = FINEST_STEP <= step <= MOST_HOURS and 0 <= least <= MOST_HOURS
    if type(minutes) is not int or minutes not in MINUTES_PER_HOUR or not measured or not isinstance(row.get("partial", False), bool):
        raise _Faulty(
            where,
            "cannot be",
            f"minutes_per_hour is 50, 55 or 60, step {FINEST_STEP} to {MOST_HOURS}, least 0 to {MOST_HOURS}, partial true or false.",
        )
    return BodyRule(str(row.get("name", ""))[:LONGEST_NAME], minutes, step, least, row.get("partial", False))
