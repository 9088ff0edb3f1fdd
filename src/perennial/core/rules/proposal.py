"""A mistake that someone reported, as a change of the rule file: what stands there, what would stand there, and what that would do.

Nothing is written: a person compares, decides and edits the rule file.
"""

import difflib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import rtoml

from perennial.core.rules.cases import cases_path, disagreements, read_cases
from perennial.core.rules.lint import rule_problems
from perennial.core.rules.load import read_toml, rule_of
from perennial.core.rules.vocabulary import read_vocabulary
from perennial.core.values import Problem

FIGURES = {"requirements": ("at_least", "each_year"), "limits": ("at_most",), "carry_over": ("at_most",)}
"""Where a table keeps its dated hours; the first that it has is meant."""
MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Suggested:
    """What someone says should stand in a rule file. `line` is a key path (`requirements.total`, `carry_over`) or empty.

    `hours` where the line's hours are wrong: with `start` they are new from that day, without it they correct those that stand there.
    `kind` is one of the kinds of a source; `read` a month, 2026-11.
    """

    number: int
    line: str
    says: str
    hours: Decimal | None
    start: date | None
    cite: str
    url: str
    kind: str
    read: str

    @property
    def source_id(self) -> str:
        """The id that its source would have in the rule file."""
        return f"report-{self.number}"

    @property
    def source(self) -> dict[str, str]:
        """Its source as a rule file lists it."""
        return {key: value for key in ("cite", "url", "kind", "read") if (value := getattr(self, key))}


@dataclass(frozen=True, slots=True)
class Draft:
    """The change: `present` and `proposed` as tables of a rule file, the latter empty where a person must write it.

    `problems` are faults that the changed file would have; `cases` the worked cases that would then answer otherwise, with how.
    """

    present: Mapping[str, Any]
    proposed: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()

    @property
    def difference(self) -> tuple[tuple[str, str], ...]:
        """Present against proposed, line by line: (` `, `-` or `+`, the text)."""
        before, after = (rtoml.dumps(dict(tables), pretty=True).splitlines() for tables in (self.present, self.proposed))
        told = difflib.ndiff(before, after if self.proposed else before)
        return tuple((line[0], line[2:]) for line in told if not line.startswith("?"))


def draft(path: Path, root: Path, suggested: Suggested) -> Draft | Problem:
    """The change that a report proposes to the rule file at `path`, which lies in the rule base `root`."""
    name = str(path.relative_to(root))
    table, problem = read_toml(path, name)
    if table is None:
        return problem or Problem(name, "the file is empty", "Write the rule.")
    present = part_of(table, suggested.line)
    changed = changed_table(table, suggested)
    if changed is None:
        return Draft(present, {})
    proposed = part_of(changed, suggested.line) | {"sources": {suggested.source_id: suggested.source}}
    problems, cases = _judged(path, root, name, changed)
    return Draft(present, proposed, problems, cases)


def part_of(table: Mapping[str, Any], line: str) -> dict[str, Any]:
    """The part of a rule file that stands at a line, within its outer tables; nothing where nothing stands there."""
    outer, _, key = line.partition(".")
    if outer not in table or (key and key not in table[outer]):
        return {}
    return {outer: {key: table[outer][key]} if key else table[outer]}


def takes_hours(table: Mapping[str, Any], line: str) -> bool:
    """Whether a line of a rule file has hours that a report can correct."""
    return _figures(table, line) is not None


def changed_table(table: Mapping[str, Any], suggested: Suggested) -> dict[str, Any] | None:
    """The whole rule file with the change in it; None where the report gives no hours or the line has none."""
    changed = deepcopy(dict(table))
    figures = _figures(changed, suggested.line)
    if suggested.hours is None or figures is None:
        return None
    place = _standing(figures)
    figure = {key: value for key, value in figures[place].items() if key in ("from", "applies_to")}
    figure |= {"hours": _number(suggested.hours), "source": suggested.source_id, "says": one_line(suggested.says)}
    if suggested.start is None or figures[place].get("from") == suggested.start:
        figures[place] = figure
    else:
        figures.append(figure | {"from": suggested.start})
    changed["sources"] = {**changed.get("sources", {}), suggested.source_id: suggested.source}
    return changed


def one_line(words: str) -> str:
    """A text in one line, cut where it is too long for a rule file."""
    line = " ".join(words.split())
    return line if len(line) <= MOST_WORDS else f"{line[: MOST_WORDS - 1]}…"


def _figures(table: Mapping[str, Any], line: str) -> list[dict[str, Any]] | None:
    outer, _, key = line.partition(".")
    holder = part_of(table, line).get(outer, {})
    holder = holder.get(key, {}) if key else holder
    found = next((holder[name] for name in FIGURES.get(outer, ()) if holder.get(name)), None)
    return found if found and any("hours" in figure for figure in found) else None


def _standing(figures: Sequence[Mapping[str, Any]]) -> int:
    """The place of the figure for everyone that began last and has not ended; else of the last with hours."""
    places = [place for place, figure in enumerate(figures) if "hours" in figure]
    open_ended = [place for place in places if "until" not in figures[place] and not figures[place].get("applies_to")]
    return max(open_ended or places, key=lambda place: (figures[place].get("from") or date.min, place))


def _number(hours: Decimal) -> int | float:
    return int(hours) if hours == hours.to_integral_value() else float(hours)


def _judged(path: Path, root: Path, name: str, table: dict[str, Any]) -> tuple[tuple[Problem, ...], tuple[tuple[str, str], ...]]:
    vocabulary = read_vocabulary(root / "vocabulary.toml")
    rule, faults = rule_of(table, path, vocabulary, name)
    if rule is None:
        return faults, ()
    cases, _ = read_cases(cases_path(path), rule, name)
    return tuple(rule_problems(name, rule, vocabulary)), tuple((case.name, how) for case, how in disagreements(rule, cases))
