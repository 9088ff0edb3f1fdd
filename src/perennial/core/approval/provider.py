"""Who offers a course, as a value: name, policies, administrators, and the approvals held; read from provider.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perennial.core.approval.bodies import bodies
from perennial.core.courses.table import Table, read_each
from perennial.core.values import Problem
from perennial.core.values.toml import read_toml

LARGEST_FILE_BYTES = 200_000
EVALUATIONS = ("site", "own")


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who runs the program for the provider, and what makes them able to."""

    name: str
    qualifications: str


@dataclass(frozen=True, slots=True)
class HeldApproval:
    """A body's approval (`body` is its slug), in force from `starts` until the day before `ends`; no `ends`: no end known.

    `statement` is what the provider typed from the body's letter; it is shown as it stands.
    """

    body: str
    number: str
    statement: str
    starts: date
    ends: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the approval is in force on `day`."""
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Provider:
    """An organization that offers courses, as far as approval bodies ask about it.

    `evaluation` is "site" where learners evaluate on this site's form, "own" where only the course's own questions are asked.
    """

    name: str
    address: str = ""
    accommodation: str = ""
    refund: str = ""
    grievance: str = ""
    records: str = ""
    administrators: tuple[Administrator, ...] = ()
    approvals: tuple[HeldApproval, ...] = ()
    evaluation: str = "site"

    def approvals_of(self, body: str) -> tuple[HeldApproval, ...]:
        """The approvals of one body, by its slug, in the order of their start."""
        return tuple(sorted((held for held in self.approvals if held.body == body), key=lambda held: held.starts))


def read_provider(file: Path) -> tuple[Provider | None, tuple[Problem, ...]]:
    """The provider that `file` (provider.toml) describes, and all that is wrong with it; no provider where something is."""
    try:
        if file.is_symlink() or not file.is_file():
            return None, (Problem(file.name, "missing, or not a plain file", f"Write {file.name}, or leave the provider out."),)
        if file.stat().st_size > LARGEST_FILE_BYTES:
            return None, (Problem(file.name, "is larger than 200 kB", "Shorten its texts."),)
        return provider_from(file.read_text(encoding="utf-8-sig"), file.name)
    except (OSError, UnicodeDecodeError) as fault:
        return None, (Problem(file.name, f"cannot be read: {fault}", "Save it as UTF-8, where this program may read it."),)


def provider_from(text: str, name: str = "provider.toml") -> tuple[Provider | None, tuple[Problem, ...]]:
    """The provider that the text of a provider.toml describes; `name` is said in problems."""
    problems: list[Problem] = []
    try:
        data: Mapping[str, object] = read_toml(text)
    except (ValueError, ArithmeticError, RecursionError) as fault:
        return None, (Problem(name, f"is not TOML: {fault}", "Mend it at that line and column."),)
    table = Table(data, name, "", problems)
    provider = Provider(
        name=table.text("name", longest=200),
        address=table.text("address", optional=True, longest=300),
        accommodation=table.text("accommodation", optional=True),
        refund=table.text("refund", optional=True),
        grievance=table.text("grievance", optional=True),
        records=table.text("records", optional=True),
        administrators=read_each(table.tables("administrators", optional=True), _administrator),
        approvals=read_each(table.tables("approvals", optional=True), _approval),
        evaluation=table.choice("evaluation", EVALUATIONS) if "evaluation" in data else "site",
    )
    table.close()
    return (None if problems else provider), tuple(problems)


def _administrator(table: Table) -> Administrator:
    return Administrator(table.text("name", longest=200), table.text("qualifications", blank=True))


def _approval(table: Table) -> HeldApproval:
    starts, ends = _day(table, "starts"), _day(table, "ends", optional=True)
    if starts and ends and ends <= starts:
        table.fault("ends", "is not after starts", "Write the first day on which the approval no longer holds.")
    return HeldApproval(
        body=table.choice("body", sorted(bodies())),
        number=table.text("number", optional=True, longest=80),
        statement=table.text("statement", blank=True),
        starts=starts or date.min,
        ends=ends,
    )


def _day(table: Table, key: str, *, optional: bool = False) -> date | None:
    """The date under `key`, which TOML writes bare: starts = 2026-01-01."""
    value = table.data.get(key)
    table.asked.add(key)
    if value is None and optional:
        return None
    if type(value) is not date:
        table.fault(key, "missing" if value is None else "is not a date", f"Write {key} = 2026-01-31, without quotes.")
        return None
    return value
