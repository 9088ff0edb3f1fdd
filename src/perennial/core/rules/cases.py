"""Worked cases that lie beside each rule file, and what they prove."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perennial.core.rules.evaluate import evaluate
from perennial.core.rules.load import read_toml
from perennial.core.rules.rule import Rule
from perennial.core.rules.scenario import Faulty, Scenario, differences, scenario_of
from perennial.core.values import Problem

_KEYS = {"name", "because", "license", "attributes", "done", "as_of", "credits", "expect"}
_EXPECT = {"compliant", "certain", "counted_hours", "missing", "missing_completion", "due"}


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case: a name, the source it rests on, and a question with its answer."""

    name: str
    because: str
    scenario: Scenario


def cases_path(rule_path: Path) -> Path:
    """Where the cases of a rule file lie."""
    return rule_path.with_name(f"{rule_path.stem}.cases.toml")


def read_cases(path: Path, rule: Rule, name: str) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The cases of one file, or what is wrong with them."""
    data, problem = read_toml(path, name)
    if data is None:
        return (), (problem,) if problem else ()
    rows = data.get("case", [])
    if set(data) - {"case"} or not isinstance(rows, list):
        return (), (Problem(name, "a cases file holds [[case]] tables only", "Remove the other keys."),)
    found: list[Case] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(_case(row, rule, f"{name}: case {number}"))
        except Faulty as fault:
            problems.append(fault.problem)
    return tuple(found), tuple(problems)


def _case(row: Mapping[str, Any], rule: Rule, where: str) -> Case:
    for key in row:
        if key not in _KEYS:
            raise Faulty(where, f"unknown key '{key}'", f"Known: {', '.join(sorted(_KEYS))}.")
    expect = dict(row.get("expect") or {})
    for key in expect:
        if key not in _EXPECT:
            raise Faulty(f"{where}: expect", f"unknown key '{key}'", f"Known: {', '.join(sorted(_EXPECT))}.")
    if not expect or not row.get("name") or not row.get("because"):
        raise Faulty(where, "a case needs name, because and expect", "Say what it shows and by which source.")
    missing = dict(expect.pop("missing", {})) | dict.fromkeys(expect.pop("missing_completion", ()))
    table = {k: row[k] for k in ("license", "attributes", "done", "as_of", "credits") if k in row}
    table |= {
        "id": row["name"],
        "jurisdiction": rule.jurisdiction,
        "profession": rule.profession,
        "expected": {**expect, "missing": missing},
    }
    return Case(str(row["name"]), str(row["because"]), scenario_of(table, where))


def disagreements(rule: Rule, cases: tuple[Case, ...]) -> Iterator[tuple[Case, str]]:
    """Cases whose answer is not the expected one, and how it differs."""
    for case in cases:
        found = list(differences(case.scenario, evaluate(rule, case.scenario.standing)))
        if found:
            yield case, "; ".join(found)


def unproved(rule: Rule, cases: tuple[Case, ...]) -> Iterator[str]:
    """Requirements and limits that could be taken out without any case noticing."""
    if not cases:
        return
    for key, requirement in rule.file.requirements.items():
        asks_nothing = requirement.at_least and all(f.hours == 0 for f in requirement.at_least)
        if not asks_nothing and not _noticed(rule.without(requirement=key), cases):
            yield f"requirements.{key}"
    for key in rule.file.limits:
        if not _noticed(rule.without(limit=key), cases):
            yield f"limits.{key}"


def _noticed(changed: Rule, cases: tuple[Case, ...]) -> bool:
    return next(disagreements(changed, cases), None) is not None
