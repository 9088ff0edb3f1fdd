"""A plan as it is shown, kept and given to programs: plain values, from rows and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal


def within_sentence(name: str) -> str:
    """A line's name as it stands inside a sentence; one that begins with an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


State = Literal["planned", "nothing", "infeasible", "no_license", "unfinished"]
"""`unfinished`: the time was over before any plan was found; whether there is one is not known."""


@dataclass(frozen=True, slots=True)
class Served:
    """What a chosen course does for one license: lines as (name, hours), hours as text."""

    license: str
    name: str
    lines: tuple[tuple[str, str], ...]
    counts: str

    @property
    def words(self) -> str:
        """The lines in words; the hours that count where no line needs naming."""
        if self.lines:
            told = ", ".join(f"{within_sentence(name)} {hours}\u00a0h" for name, hours in self.lines)
            return told[:1].upper() + told[1:]
        return f"{self.counts}\u00a0h toward the whole" if self.counts != "0" else "does not count"


@dataclass(frozen=True, slots=True)
class Item:
    """A chosen course. `on` is its day of completion, `fixed` whether the provider set that day; the times are in minutes."""

    id: str
    kind: str
    ref: str
    title: str
    provider: str
    url: str
    starts: str | None
    on: str
    fixed: bool
    minutes: int
    takes: int
    price_cents: int
    format: str
    topics: tuple[str, ...]
    course_key: str
    serves: tuple[Served, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A license after the plan, as `evaluate` judges it. `missing`: (line, hours or that it must be done).

    `once` names duties that no course fulfills and that were taken as done, since the plan is for the hours beside them.
    """

    license: str
    name: str
    compliant: bool | None
    certain: bool
    due: str
    counted: str
    asked: str | None
    missing: tuple[tuple[str, str], ...]
    unchecked: tuple[str, ...]
    once: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """What one license would cost if it were planned by itself."""

    license: str
    name: str
    feasible: bool
    cost_cents: int
    minutes: int
    takes: int


@dataclass(frozen=True, slots=True)
class Swap:
    """Another plan that is as good: what comes in and what goes out, as (id, title)."""

    taken: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...]
    cost_cents: int
    minutes: int
    takes: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that no choice can meet, and what would mend it.

    Of a license's own requirement also its id, the line's name, and the hours that are missing as text, empty for a completion.
    """

    name: str
    what: str
    mend: str
    requirement: str = ""
    line: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A license that was not planned for, why, and the number of the license."""

    license: str
    name: str
    why: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan, whole. `bound` is the proven lower bound of what was spared most, in its own unit; `minutes` are those of credit."""

    state: State
    minimize: str
    compared: int
    unpriced: int
    items: tuple[Item, ...]
    cost_cents: int
    minutes: int
    takes: int
    optimal: bool
    bound: str
    judged: tuple[Judged, ...]
    alone: tuple[Alone, ...]
    swaps: tuple[Swap, ...]
    unmet: tuple[Unmet, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[str, ...]
    assumed: bool = False
    """Whether a question about the person that is not answered was taken as answered with yes."""
    stopped: bool = False
    all_ties: bool = True
    gap: str = ""
    """By how many percent at most a plan that is not proved may be above the least there is; empty where it is proved."""

    @property
    def alone_cost(self) -> int | None:
        """What all licenses would cost if each were planned by itself; None where one cannot be."""
        return sum(one.cost_cents for one in self.alone) if self.alone and all(one.feasible for one in self.alone) else None

    @property
    def alone_minutes(self) -> int:
        """The minutes of credit if each license were planned by itself."""
        return sum(one.minutes for one in self.alone)

    def as_row(self) -> dict[str, Any]:
        """As a table holds it."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


def outcome_of(row: Mapping[str, Any]) -> Outcome:
    """A plan as a table held it."""
    return Outcome(
        **{
            **row,
            "items": tuple(_item(one) for one in row["items"]),
            "judged": tuple(_judged(one) for one in row["judged"]),
            "alone": tuple(Alone(**one) for one in row["alone"]),
            "swaps": tuple(Swap(**{**one, "taken": _pairs(one["taken"]), "dropped": _pairs(one["dropped"])}) for one in row["swaps"]),
            "unmet": tuple(Unmet(**one) for one in row["unmet"]),
            "skipped": tuple(Skipped(**one) for one in row["skipped"]),
            "remarks": tuple(row["remarks"]),
        }
    )


def _judged(row: Mapping[str, Any]) -> Judged:
    tuples = {name: tuple(row[name]) for name in ("unchecked", "once")}
    return Judged(**{**row, "missing": _pairs(row["missing"]), **tuples})


def _item(row: Mapping[str, Any]) -> Item:
    serves = tuple(Served(**{**one, "lines": _pairs(one["lines"])}) for one in row["serves"])
    return Item(**{**row, "topics": tuple(row["topics"]), "serves": serves})


def _pairs(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in rows)


def _plain(value: Any) -> Any:
    """Lists for tuples, so that what is kept equals what is read."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
