"""What a plan is asked of, and what it answers: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from perennial.core.rules import Answer, Rule, Standing

Objective = Literal["cost", "hours", "time"]


@dataclass(frozen=True, slots=True)
class Approval:
    """An approver of a course, and the first and last day on which its approval holds (None: open)."""

    body: str
    start: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the approval holds on this day."""
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Offer:
    """A course or session that can be taken: `hours` as its certificate will say, `minutes` the learner's own time.

    With `starts` or `ends` it is completed on its last day and must not have begun; without, on any day.
    """

    id: str
    title: str
    hours: Decimal
    topics: Mapping[str, Decimal] = field(default_factory=dict)
    format: str = "asynchronous"
    approvals: tuple[Approval, ...] = ()
    price_cents: int = 0
    minutes: int = 0
    starts: date | None = None
    ends: date | None = None
    course: str | None = None

    @property
    def on(self) -> date | None:
        """The day on which it is completed, where that is not the learner's choice."""
        return self.ends or self.starts


@dataclass(frozen=True, slots=True)
class Wishes:
    """What makes a plan good: the budget, what to spare, what is preferred among plans that spare as much.

    `most_minutes`: the most of the learner's time in all. `by`: the last day on which anything may be completed.
    `required` and `excluded` are ids of offers.
    """

    budget_cents: int | None = None
    most_minutes: int | None = None
    minimize: Objective = "cost"
    prefer_topics: frozenset[str] = frozenset()
    prefer_formats: frozenset[str] = frozenset()
    prefer_ids: frozenset[str] = frozenset()
    by: date | None = None
    excluded: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Owed:
    """One license to plan for: a key that comes back in the plan, its name, its rule, what is earned already."""

    key: str
    name: str
    rule: Rule
    standing: Standing


@dataclass(frozen=True, slots=True)
class Chosen:
    """An offer that the plan takes, completed on `on`; `until` is the last day up to which the plan stays the same."""

    id: str
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """A license with the plan carried out, as `evaluate` judges it; `before` without it."""

    key: str
    name: str
    answer: Answer
    before: Answer


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another set with the same value of what is spared, proved so."""

    chosen: tuple[Chosen, ...]
    cost_cents: int
    hours: Decimal
    minutes: int


@dataclass(frozen=True, slots=True)
class Alone:
    """One license planned by itself."""

    key: str
    name: str
    feasible: bool
    chosen: tuple[Chosen, ...] = ()
    cost_cents: int = 0
    hours: Decimal = Decimal(0)
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Unmet:
    """What cannot be met: the license's key ("" for the budget), the requirement's id, in words what and what would mend it."""

    key: str
    requirement: str
    what: str
    mend: str
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What a plan was asked of, kept so that it can be asked again without one offer."""

    licenses: tuple[Owed, ...]
    offers: tuple[Offer, ...]
    wishes: Wishes
    today: date


@dataclass(frozen=True, slots=True)
class Plan:
    """The best set of offers, with its proof.

    `bound` is the proven lower bound of what is spared, in its own unit: cents, CE hours or minutes; `optimal` says
    that the plan reaches it. `infeasible` is empty where every license that can be judged becomes compliant.
    `unknown` names licenses for which nothing can be planned because their rule or their dates are not known.
    `stopped`: the time was over before all was found; nothing chosen then says that no set was found yet, and not that
    there is none. `all_ties`: every set as good was weighed, so that `alternatives` and the choice among equals leave none out.
    """

    minimize: Objective
    chosen: tuple[Chosen, ...]
    cost_cents: int
    hours: Decimal
    minutes: int
    optimal: bool
    bound: Decimal
    verdicts: tuple[Verdict, ...]
    infeasible: tuple[Unmet, ...] = ()
    unknown: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    alone: tuple[Alone, ...] = ()
    stopped: bool = False
    all_ties: bool = True
    case: Case | None = field(default=None, repr=False, compare=False)

    @property
    def feasible(self) -> bool:
        """Whether every license that can be judged becomes compliant."""
        return not self.infeasible

    @property
    def found(self) -> bool:
        """Whether there is an answer: a set, that nothing is needed, or that there is none. False where time was over first."""
        return self.optimal or bool(self.chosen) or bool(self.infeasible)

    @property
    def value(self) -> Decimal:
        """What is spared, in its own unit: cents, CE hours or minutes."""
        return {"cost": Decimal(self.cost_cents), "hours": self.hours, "time": Decimal(self.minutes)}[self.minimize]

    @property
    def gap_percent(self) -> Decimal | None:
        """By how much of its value the plan may be above the least there is, in percent, to a tenth upward; None without a plan."""
        if not self.chosen:
            return None if not self.found else Decimal(0)
        return gap_percent(self.value, self.bound)


def gap_percent(value: Decimal, bound: Decimal) -> Decimal:
    """By how much of it a value may be above the least there is, in percent, to a tenth upward."""
    return (100 * (value - bound) / value).quantize(Decimal("0.1"), ROUND_CEILING) if value > bound else Decimal(0)
