"""An analysis as an address asks it, and what comes of it; kept by the digest of the data, so that asking again is quick."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from django.core.files.storage import default_storage

from perennial.apps.trials.models import Dataset
from perennial.core.synthesis.choosing import Chosen, Selection, Where, choose
from perennial.core.synthesis.metapsy import TrialFile, read_trials
from perennial.core.synthesis.moderators import Regression, regress, subgroups
from perennial.core.synthesis.moving import cumulative, leave_one_out
from perennial.core.synthesis.people import Expected, from_g, from_log_rr
from perennial.core.synthesis.pooling import pool
from perennial.core.synthesis.table import NUMBER, Unreadable
from perennial.core.synthesis.values import METHODS, Choices, Interval, Kind, Method, NotConverged, Pooled, Step, Subgroups
from perennial.core.values import Refusal

FEWEST_LEVELS, MOST_LEVELS, MOST_FILTERS, MOST_SHOWN = 2, 16, 12, 100
LEAVE_ONE_OUT = 100  # studies; with more, one alone hardly moves the whole, and reckoning it takes seconds
FIRST = ("condition_arm1", "condition_arm2", "format", "outcome", "rob", "time", "instrument")
ARM_FIGURE = re.compile(r"(?:mean|sd|n|event|totaln?|rand|attr|baseline|dropout|multi)_.*arm[12]")
ROLE_WORDS = {
    "condition_arm1": "Therapy, first arm",
    "condition_arm2": "Control, second arm",
    "format": "Format",
    "outcome": "Outcome",
    "rob": "Risk of bias, as the database rates it",
    "time": "When measured",
    "instrument": "Instrument",
}
KINDS: Mapping[str, Kind] = {"g": "g", "log_rr": "log_rr"}
WITH, WITHOUT = "with", "without"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is asked: rows by column and value, the kind of effect, the model, a column of groups, one of regression, and a base rate."""

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: str = ""
    method: str = "REML"
    knapp_hartung: bool = True
    rho: float = 0.5
    by: str = ""
    on: str = ""
    base: int = 0  # percent that are well, or have the event, without therapy; 0: not stated

    def address(self, **changes: object) -> str:
        """The part of an address after "?" that asks this; the same for the same analysis, in one order."""
        said: list[tuple[str, str]] = [(f"w.{column}", value) for column, values in sorted(self.where) for value in sorted(values)]
        plain = {
            "effect": self.kind,
            "method": self.method,
            "by": self.by,
            "on": self.on,
            "rho": f"{self.rho:g}",
            "base": str(self.base or ""),
        }
        plain |= {"normal": "" if self.knapp_hartung else "1"} | {name: str(value) for name, value in changes.items()}
        defaults = {"method": "REML", "rho": "0.5"}
        return urlencode([*said, *((name, value) for name, value in plain.items() if value and defaults.get(name) != value)])


@dataclass(frozen=True, slots=True)
class Filter:
    """A column by which rows can be chosen: its name, and its levels with how many rows each has."""

    column: str
    levels: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it."""

    chosen: Chosen
    pooled: Pooled
    steps: Sequence[Step]
    without: Sequence[Step]
    groups: Subgroups | None = None
    regression: Regression | None = None
    expected: Expected | None = None
    doubts: Sequence[str] = field(default_factory=tuple)


def read_analysis(sent: Mapping[str, Sequence[str]], filters: Sequence[Filter]) -> Analysis:
    """The analysis that an address asks, of what the file has; the rest is passed over. Raises Refusal for figures that cannot be."""
    known = {one.column: {level for level, _ in one.levels} for one in filters}
    where = []
    for name, values in sent.items():
        column = name.removeprefix("w.")
        chosen = tuple(sorted({value for value in values if value in known.get(column, ())})) if name.startswith("w.") else ()
        if chosen:
            where.append((column, chosen))
    first = {name: (values[0] if values else "").strip()[:100] for name, values in sent.items()}
    return Analysis(
        where=tuple(sorted(where)),
        kind=first.get("effect", "") if first.get("effect") in KINDS else "",
        method=first.get("method", "REML") if first.get("method") in METHODS else "REML",
        knapp_hartung=first.get("normal") != "1",
        rho=_figure(first.get("rho", ""), "The correlation within a study", 0.5, 0, 0.99),
        by=first.get("by", "") if first.get("by") in known else "",
        on=first.get("on", ""),
        base=int(_figure(first.get("base", ""), "The share without therapy", 0, 1, 99)),
    )


def _figure(text: str, name: str, usual: float, low: float, high: float) -> float:
    if not text:
        return usual
    if not NUMBER.fullmatch(text) or not low <= float(text.replace(",", ".")) <= high:
        raise Refusal(f"{name} is a figure from {low:g} to {high:g}. Write it so, or leave it empty.")
    return float(text.replace(",", "."))


@dataclass(frozen=True, slots=True)
class Source:
    """Which file: its digest, where it lies, and what it is called."""

    digest: str
    name: str
    title: str


def source_of(dataset: Dataset) -> Source:
    """The file of a dataset."""
    return Source(dataset.digest, dataset.file.name or "", dataset.title)


def file_of(dataset: Dataset) -> TrialFile:
    """The trials of a dataset, read once per process and digest. Raises Refusal where the file is gone or cannot be read any more."""
    try:
        return _read(source_of(dataset))
    except (OSError, Unreadable) as fault:
        raise Refusal("The file of this dataset cannot be read. Import it once more.") from fault


@lru_cache(maxsize=6)
def _read(source: Source) -> TrialFile:
    with default_storage.open(source.name, "rb") as body:
        return read_trials(body, source.title)


def filters_of(file: TrialFile) -> tuple[Filter, ...]:
    """The columns with few levels, those that everybody asks for first."""
    first = [file.roles[role] for role in FIRST if role in file.roles]
    found, made = [], _figures(file)
    for column in dict.fromkeys([*first, *file.columns]):
        counts = Counter(one.cells[column] for one in file.trials if one.cells.get(column))
        if (
            column
            and not column.startswith(".")
            and column not in made
            and FEWEST_LEVELS <= len(counts) <= MOST_LEVELS
            and counts.most_common(1)[0][1] > 1
        ):
            found.append(Filter(column, sorted(counts.items(), key=lambda one: (-one[1], one[0]))))
    return tuple(found[:MOST_FILTERS])


def numeric_of(file: TrialFile) -> tuple[str, ...]:
    """Columns of figures that effects can be regressed on: those known for most rows, with many values."""
    found = []
    for column in file.columns:
        values = [one.cells[column] for one in file.trials if one.cells.get(column)]
        if 2 * len(values) > len(file.trials) and len(set(values)) > FEWEST_LEVELS and all(NUMBER.fullmatch(one) for one in values):
            found.append(column)
    return tuple(one for one in found if one and not one.startswith(".") and one not in _figures(file))[:MOST_FILTERS]


def _figures(file: TrialFile) -> set[str]:
    """Columns from which effects are made: regressing on them would go round in a circle."""
    made = ("g", "log_rr", "mean", "sd", "n_", "baseline", "change", "event", "total")
    known = {column for role, column in file.roles.items() if role.startswith(made)}
    return known | {column for column in file.columns if ARM_FIGURE.fullmatch(column)}


def words_of(file: TrialFile, column: str) -> str:
    """What a column is called for people: by its meaning where that is known, else by its own name."""
    role = next((role for role, named in file.roles.items() if named == column), "")
    return ROLE_WORDS.get(role) or column.replace("_", " ").strip(" .").capitalize() or column


def found_for(dataset: Dataset, analysis: Analysis) -> Found:
    """What comes of the analysis. Raises Refusal, saying what to choose otherwise, where nothing does."""
    try:
        return _found(source_of(dataset), analysis)
    except Unreadable as fault:
        raise Refusal(str(fault.problem)) from fault
    except (NotConverged, ValueError) as fault:
        raise Refusal(f"This cannot be pooled: {fault}. Choose other rows, or another method.") from fault


@lru_cache(maxsize=128)
def _found(source: Source, analysis: Analysis) -> Found:
    file = _read(source)
    where = tuple(Where(column, values) for column, values in analysis.where)
    chosen = choose(file, Selection(KINDS.get(analysis.kind), None, where))
    method: Method = next(one for one in METHODS if one == analysis.method)
    choices = Choices(method=method, knapp_hartung=analysis.knapp_hartung, rho=analysis.rho)
    pooled = pool(chosen.effects, choices)
    doubts: list[str] = []
    return Found(
        chosen=chosen,
        pooled=pooled,
        steps=cumulative(chosen.effects, choices),
        without=leave_one_out(chosen.effects, choices) if pooled.k <= LEAVE_ONE_OUT else (),
        groups=_groups(analysis.by, chosen, choices),
        regression=_regression(file, analysis, chosen, choices, doubts),
        expected=expected_of(chosen, pooled, analysis.base),
        doubts=tuple(doubts),
    )


def _groups(by: str, chosen: Chosen, choices: Choices) -> Subgroups | None:
    known = [one for one in chosen.effects if by and one.told.get(by)]
    return subgroups(known, lambda one: one.told[by], choices) if known else None


def _regression(file: TrialFile, analysis: Analysis, chosen: Chosen, choices: Choices, doubts: list[str]) -> Regression | None:
    if analysis.on not in numeric_of(file):
        return None
    try:
        return regress(chosen.effects, [analysis.on], choices)
    except (NotConverged, ValueError) as fault:
        doubts.append(f"Effects could not be regressed on {analysis.on}: {fault}.")
        return None


def expected_of(chosen: Chosen, pooled: Pooled, base: int) -> Expected | None:
    """What it means for 100 people of whom `base` are well, or have the event, without therapy; none where whom it favors is not known."""
    if not base:
        return None
    if chosen.kind == "log_rr":
        return from_log_rr(pooled.estimate, pooled.ci, base / 100)
    if chosen.direction.favors is None:
        return None
    if chosen.direction.favors == "therapy":
        return from_g(pooled.estimate, pooled.ci, base / 100)
    return from_g(-pooled.estimate, Interval(-pooled.ci.high, -pooled.ci.low), base / 100)
