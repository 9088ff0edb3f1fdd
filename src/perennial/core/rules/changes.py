"""What we changed in our own reading of the rules, and when each rule was read first: rulebase/changes.toml.

What the law itself changed stands in the dated figures of the rule files (diff.py); the two are never mixed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from perennial.core.rules.load import problem_of, read_toml
from perennial.core.rules.schema import Part
from perennial.core.values import Problem

FILE = "changes.toml"


class Reading(Part):
    """The day on which rules were read for the first time, or read whole again."""

    on: date
    rules: tuple[str, ...] = Field(min_length=1, description="`us/ca` for all rules of a folder, `us/ca/counselor` for one.")
    says: str = Field(min_length=1)


class Correction(Part):
    """One thing that we read otherwise from a day on, although the law did not change."""

    on: date
    rule: str = Field(description="`us/ca/counselor`")
    kind: Literal["corrected", "opened", "settled"] = Field(
        description="corrected: read otherwise; opened: taken as known before; settled: open before."
    )
    lines: tuple[str, ...] = Field(min_length=1, description="Key paths of the rule file that it bears on.")
    source: str | None = Field(None, description="Id of one of the rule file's `sources`; left out where no source decides it.")
    says: str = Field(min_length=1, description="What we read now, and what we read before.")


class Changes(Part):
    """The whole file."""

    readings: tuple[Reading, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def by_rule(self) -> dict[str, tuple[Correction, ...]]:
        """The corrections of each rule, the last first; of one day, the one that stands last in the file."""
        found: dict[str, list[Correction]] = {}
        for _, correction in sorted(enumerate(self.corrections), key=lambda place: (place[1].on, place[0]), reverse=True):
            found.setdefault(correction.rule, []).append(correction)
        return {rule: tuple(corrections) for rule, corrections in found.items()}


@dataclass(frozen=True, slots=True)
class OwnHistory:
    """How our reading of one rule came about: corrections and readings, each the last first."""

    corrections: tuple[Correction, ...]
    readings: tuple[Reading, ...]


def read_changes(folder: Path) -> tuple[Changes, tuple[Problem, ...]]:
    """The changes of a rule base and what is wrong with their file; a faulty or missing file gives none."""
    if not (folder / FILE).is_file():
        return Changes(), (Problem(FILE, "there is no such file", "Write one that says when each rule was read."),)
    data, problem = read_toml(folder / FILE, FILE)
    if data is None:
        return Changes(), (problem,) if problem else ()
    try:
        return Changes.model_validate(data), ()
    except ValidationError as error:
        return Changes(), tuple(problem_of(FILE, detail) for detail in error.errors(include_url=False))


def own_history(changes: Changes, jurisdiction: str, profession: str) -> OwnHistory:
    """How our reading of a rule came about."""
    name = f"us/{jurisdiction.lower()}/{profession}"
    readings = (reading for reading in changes.readings if any(covers(entry, name) for entry in reading.rules))
    return OwnHistory(changes.by_rule.get(name, ()), tuple(sorted(readings, key=lambda one: one.on, reverse=True)))


def covers(entry: str, name: str) -> bool:
    """Whether an entry of a reading, a folder or one rule, means the rule with this name."""
    return name == entry or name.startswith(f"{entry}/")


def faults(changes: Changes, rules: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    """What does not fit the rule files, which are given as plain tables by name (`us/ca/counselor`)."""
    for place, reading in enumerate(changes.readings, 1):
        yield from _reading_faults(f"{FILE}: readings, number {place}", reading, rules)
    for name in rules:
        if not any(covers(entry, name) for reading in changes.readings for entry in reading.rules):
            yield Problem(FILE, f"no reading names '{name}'", "Say on which day the rule was read.")
    seen: set[tuple[str, date, str]] = set()
    for place, correction in enumerate(changes.corrections, 1):
        where = f"{FILE}: corrections, number {place}"
        yield from _correction_faults(where, correction, changes, rules)
        key = (correction.rule, correction.on, correction.says)
        if key in seen:
            yield Problem(where, "it stands twice", "Take one of the two out.")
        seen.add(key)


def _reading_faults(where: str, reading: Reading, rules: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    for entry in reading.rules:
        if not any(covers(entry, name) for name in rules):
            yield Problem(where, f"there is no rule '{entry}'", "Name a folder such as us/ca or a rule such as us/ca/counselor.")


def _correction_faults(where: str, correction: Correction, changes: Changes, rules: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    table = rules.get(correction.rule)
    if table is None:
        yield Problem(where, f"there is no rule '{correction.rule}'", "Name a rule such as us/ca/counselor.")
        return
    for path in correction.lines:
        if not stands(table, path):
            yield Problem(where, f"nothing stands at '{path}' in {correction.rule}", "Name a key of the rule file.")
    sources = table.get("sources", {})
    if correction.source is not None and correction.source not in sources:
        yield Problem(where, f"unlisted source '{correction.source}'", f"Listed in {correction.rule}: {', '.join(sources)}.")
    first = min((r.on for r in changes.readings for entry in r.rules if covers(entry, correction.rule)), default=None)
    if first is not None and correction.on < first:
        yield Problem(where, f"it lies before the first reading of {correction.rule}, {first}", "Look at the two days.")


def stands(table: Any, path: str) -> bool:
    """Whether something stands at a key path of a rule file's table; ids with dots in them are found."""
    here, rest = table, path
    while rest:
        if not isinstance(here, dict):
            return False
        key = max((k for k in here if rest == k or rest.startswith(f"{k}.")), key=len, default=None)
        if key is None:
            return False
        here, rest = here[key], rest[len(key) + 1 :]
    return here not in (None, (), {}, [])
