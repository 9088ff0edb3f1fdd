"""The answer that `evaluate` gives: a verdict, its certainty, and a proof line for each requirement and limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from perennial.core.rules.schema import Source

ATTRIBUTE = "attribute:"
"""Before an attribute's slug among the `needs` of an answer."""
Verdict = Literal["met", "missing", "not_asked", "within", "over", "not_known"]


class Counted(NamedTuple):
    """A credit's part in one line: hours of it that count there."""

    credit: str
    title: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement or limit, judged. `asked` None: only completion counts, or nothing is asked now.

    `not_known`: what it asks depends on an attribute of which the person has not said whether it holds; `because` tells which.
    """

    requirement: str
    name: str
    kind: Literal["total", "requirement", "limit"]
    asked: Decimal | None
    counted: Decimal
    verdict: Verdict
    missing: Decimal | None
    because: str
    says: str
    source: Source | None
    credits: tuple[Counted, ...]
    in_force: date | None = None

    @property
    def left(self) -> Decimal:
        """Hours still missing; 0 where nothing is or only completion counts."""
        return self.missing or Decimal(0)


class NotCounted(NamedTuple):
    """A credit that does not count, or not whole, and why."""

    credit: str
    title: str
    hours: Decimal
    lost: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a license needs and has on the day asked.

    `compliant` is None only where an input is missing (`needs`) or the rule's own core is unknown. `certain` is
    false when something in `unchecked` could change the verdict for this person. `counted_hours` are CE hours toward
    the total, carry-over included. `missing` maps requirement ids to hours, None where only completion counts.
    An attribute that the person has not answered stands among `needs` as `attribute:SLUG` where it makes a difference.
    """

    compliant: bool | None
    certain: bool
    counted_hours: Decimal
    asked_hours: Decimal | None
    carried_hours: Decimal
    missing: Mapping[str, Decimal | None]
    start: date
    due: date
    owed: bool
    unchecked: tuple[str, ...]
    lines: tuple[Line, ...]
    not_counted: tuple[NotCounted, ...]
    needs: tuple[str, ...] = ()

    @property
    def facts_needed(self) -> tuple[str, ...]:
        """What the license must still tell: a month, a number, a day."""
        return tuple(need for need in self.needs if not need.startswith(ATTRIBUTE))

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The attributes that the person has not answered and that make a difference, as slugs."""
        return tuple(need.removeprefix(ATTRIBUTE) for need in self.needs if need.startswith(ATTRIBUTE))
