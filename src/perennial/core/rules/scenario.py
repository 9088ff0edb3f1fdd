"""Scenario files: one license, one question, as boards and tests write them (YAML or JSON)."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from perennial.core.rules.answer import Answer, Line
from perennial.core.rules.evaluate import evaluate
from perennial.core.rules.facts import Credit, Done, License, Standing
from perennial.core.rules.load import PROFESSIONS, RuleBase
from perennial.core.rules.rule import Rule
from perennial.core.values import Problem
from perennial.core.values.words import plain_hours

_TOP = {
    "id", "jurisdiction", "profession", "license", "attributes", "done", "as_of", "credits", "expected", "person",
    "source", "why", "note",
}  # fmt: skip
_LICENSE = {"issued", "birth_date", "expires", "renewal_number", "last_application_received", "number"}
_CREDIT = {"id", "title", "date", "hours", "topics", "format", "approvals", "category", "course"}
_EXPECTED = ("compliant", "certain", "counted_hours", "due", "missing", "also_accept_missing")
HALF = re.compile(r"\\u[dD](?:[89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2}\\u[dD])[c-fC-F])")
"""Half of a character that takes two signs in JSON, which nothing can write out again."""
MOST_HOURS = Decimal(1000)
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Faulty(Exception):
    """A scenario that cannot be judged; carries the problem to tell."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.problem = Problem(where, what, mend)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A question, and where the file gives it the answer that is expected; `person` and `asked_on` as the file tells them."""

    id: str
    jurisdiction: str
    profession: str
    standing: Standing
    expected: Mapping[str, Any] | None
    person: str | None = None
    asked_on: date | None = None


class _Loader(yaml.SafeLoader):
    """Safe YAML, in which a key given twice is a fault and numbers stay as they were written."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' stands twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table of JSON; of two values under one key nobody knows which is meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key '{next(key for key in keys if keys.count(key) > 1)}' stands twice in one table")
    return found


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal | float:
    text = loader.construct_scalar(node)
    try:
        return Decimal(text.replace("_", ""))
    except InvalidOperation:
        return float("nan")


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


def read_scenarios(path: Path) -> list[Scenario]:
    """Every scenario in a file. Raises `Faulty` with the first thing that is wrong."""
    data = _parsed(path)
    rows = data if isinstance(data, list) else [data]
    return [scenario_of(row, f"{path.name}, scenario {number}") for number, row in enumerate(rows, 1)]


def _parsed(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise Faulty(str(path), "the file cannot be read", "Check the name.") from None
    except UnicodeDecodeError:
        raise Faulty(path.name, "the file is not text", "Give a YAML or JSON file in UTF-8.") from None
    if half := HALF.search(text):
        where = f"{path.name}, line {text.count(chr(10), 0, half.start()) + 1}"
        raise Faulty(where, f"holds half of a character ({half[0]})", "Write the character itself.")
    try:
        if path.suffix == ".json":
            return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  the loader is a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Faulty(f"{path.name}, line {line}", f"not valid YAML: {error.problem}", "Correct that line.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Faulty(path.name, f"not valid YAML or JSON: {error}", "Correct the file.") from None


def scenario_of(row: Any, where: str) -> Scenario:
    """One scenario from its table."""
    table = _table(row, where, _TOP)
    where = f"{where} ({table['id']})" if "id" in table else where
    license = _license(_table(table.get("license"), f"{where}: license", _LICENSE), where)
    credits = _list(table, "credits", where)
    standing = Standing(
        license=license,
        as_of=_day(table, "as_of", where) or license.expires,
        credits=tuple(_credit(row, f"{where}: credit {n}", n) for n, row in enumerate(credits, 1)),
        attributes=frozenset(str(a) for a in _list(table, "attributes", where)),
        done=tuple(_done(row, f"{where}: done {n}") for n, row in enumerate(_list(table, "done", where), 1)),
    )
    expected = table.get("expected")
    return Scenario(
        id=str(table.get("id", where)),
        jurisdiction=_text(table, "jurisdiction", where).upper(),
        profession=_text(table, "profession", where),
        standing=standing,
        expected=None if expected is None else _expected(expected, f"{where}: expected"),
        person=None if table.get("person") is None else str(table["person"]),
        asked_on=_day(table, "as_of", where),
    )


def _table(row: Any, where: str, known: set[str] | None) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise Faulty(where, "not a table of keys and values", "Give keys as in the format's description.")
    for key in row:
        if known is not None and key not in known:
            raise Faulty(where, f"unknown key '{key}'", f"Known: {', '.join(sorted(known))}.")
    return row


def _expected(row: Any, where: str) -> Mapping[str, Any]:
    """What is expected, after a look that it can be compared with an answer."""
    table = _table(row, where, None)
    if not any(key in table for key in _EXPECTED):
        raise Faulty(where, "nothing in it can be compared", f"Give one of {', '.join(_EXPECTED)}.")
    for key in ("compliant", "certain"):
        if not isinstance(table.get(key), bool | None):
            raise Faulty(f"{where}: {key}", f"'{table[key]}' is neither true nor false", "Write true, false or null.")
    if "counted_hours" in table:
        _compared(table["counted_hours"], f"{where}: counted_hours")
    _day(table, "due", where)
    for key in ("missing", "also_accept_missing"):
        for way in _ways(table.get(key)):
            _lacks(way, f"{where}: {key}")
    return table


def _lacks(way: Any, where: str) -> None:
    """Look that what is said to be missing is hours by line, or null where only completion counts."""
    for what, hours in _table(way, where, None).items():
        if hours is not None:
            _compared(hours, f"{where}.{what}")


def _compared(value: Any, where: str) -> None:
    """Look that a figure can be compared; raises Faulty where it is no number."""
    try:
        known = not isinstance(value, bool) and Decimal(str(value)).is_finite()
    except InvalidOperation:
        known = False
    if not known:
        raise Faulty(where, f"'{value}' is not a number of hours", "Write hours as a number, such as 1.5.")


def _list(table: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = table.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Faulty(f"{where}: {key}", "not a list", "Give a list, [] where there is nothing.")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise Faulty(f"{where}: {key}", "missing", "Give a text.")
    return value


def _day(table: Mapping[str, Any], key: str, where: str) -> date | None:
    value = table.get(key)
    if value is None:
        return None
    day = _as_date(value)
    if day is None:
        raise Faulty(f"{where}: {key}", f"'{value}' is not a date", "Write it as 2026-11-25.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Faulty(f"{where}: {key}", f"the year {day.year} cannot be right", "Write the date as 2026-11-25.")
    return day


def _as_date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _number(value: Any, where: str) -> Decimal:
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Faulty(where, f"'{value}' is not a number of hours", "Write hours as a number, such as 1.5.")
    if not 0 <= number <= MOST_HOURS:
        raise Faulty(where, f"{value} hours is not possible", f"Hours lie between 0 and {MOST_HOURS}.")
    return number


def _license(table: Mapping[str, Any], where: str) -> License:
    at = f"{where}: license"
    expires = _day(table, "expires", at)
    if expires is None:
        raise Faulty(f"{at}.expires", "missing", "Give the last day of the period asked about.")
    issued = _day(table, "issued", at)
    if issued is not None and issued > expires:
        raise Faulty(f"{at}.expires", "the license expires before it was issued", "Correct one of the two dates.")
    number = table.get("renewal_number")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 1):
        raise Faulty(f"{at}.renewal_number", f"'{number}' is not a count", "1 is the first renewal.")
    return License(
        expires=expires,
        issued=issued,
        birth_date=_day(table, "birth_date", at),
        renewal_number=number,
        last_application_received=_day(table, "last_application_received", at),
        number=None if table.get("number") is None else str(table["number"]),
    )


def _credit(row: Any, where: str, number: int) -> Credit:
    table = _table(row, where, _CREDIT)
    day = _day(table, "date", where)
    if day is None:
        raise Faulty(f"{where}: date", "missing", "Give the day of completion.")
    topics = _table(table.get("topics") or {}, f"{where}: topics", None)
    return Credit(
        id=str(table.get("id") or f"credit-{number}"),
        title=str(table.get("title") or ""),
        date=day,
        hours=_number(table.get("hours"), f"{where}: hours"),
        format=_text(table, "format", where),
        topics={str(k): _number(v, f"{where}: topics.{k}") for k, v in topics.items()},
        approvals=tuple(str(a) for a in _list(table, "approvals", where)),
        category=None if table.get("category") is None else str(table["category"]),
        course=None if table.get("course") is None else str(table["course"]),
    )


def _done(row: Any, where: str) -> Done:
    if isinstance(row, str):
        return Done(row)
    table = _table(row, where, {"what", "on"})
    return Done(_text(table, "what", where), _day(table, "on", where))


def judge(base: RuleBase, scenario: Scenario) -> Answer:
    """The answer to a scenario. Raises `Faulty` where its state or profession is not known."""
    return evaluate(rule_of(base, scenario), scenario.standing)


def rule_of(base: RuleBase, scenario: Scenario) -> Rule:
    """The rule that a scenario is judged by. Raises `Faulty` where its state, its profession or a format is not known."""
    if scenario.profession not in PROFESSIONS:
        known = ", ".join(PROFESSIONS)
        raise Faulty(scenario.id, f"unknown profession '{scenario.profession}'", f"Known: {known}.")
    rule = base.rule(scenario.jurisdiction, scenario.profession)
    if rule is None:
        raise Faulty(scenario.id, f"no rule for '{scenario.jurisdiction}'", "Give a state's two letters, such as CA.")
    for number, credit in enumerate(scenario.standing.credits, 1):
        if credit.format not in base.vocabulary.formats and not credit.format.startswith("other_"):
            known = ", ".join(base.vocabulary.formats)
            raise Faulty(f"{scenario.id}: credit {number}", f"unknown format '{credit.format}'", f"Known: {known}.")
    return rule


def as_json(scenario: Scenario, answer: Answer) -> dict[str, Any]:
    """An answer in the form that `requirements check --json` promises."""
    return {
        "id": scenario.id,
        "compliant": answer.compliant,
        "certain": answer.certain,
        "counted_hours": plain(answer.counted_hours),
        "missing": {key: None if hours is None else plain(hours) for key, hours in answer.missing.items()},
        "due": answer.due.isoformat(),
        "unchecked": list(answer.unchecked),
        "lines": [_line(line) for line in answer.lines],
        "not_counted": [{"credit": n.credit, "title": n.title, "hours": plain(n.lost), "because": n.because} for n in answer.not_counted],
        "needs": list(answer.needs),
    }


def _line(line: Line) -> dict[str, Any]:

    return {
        "requirement": line.requirement,
        "asked": None if line.asked is None else plain(line.asked),
        "counted": plain(line.counted),
        "verdict": line.verdict,
        "source": source_of(line),
        "because": line.because,
        "credits": [{"credit": c.credit, "title": c.title, "hours": plain(c.hours)} for c in line.credits],
    }


def source_of(line: Line) -> dict[str, Any] | None:
    """A line's source as citation, address and month read."""
    if line.source is None:
        return None
    return {"cite": line.source.cite, "url": line.source.url, "read": line.source.read}


def plain(hours: Decimal) -> int | float:
    """Hours as a JSON number."""
    return int(hours) if hours == hours.to_integral_value() else float(hours)


def differences(scenario: Scenario, answer: Answer) -> Iterator[str]:
    """How an answer differs from what the scenario expects; nothing where they agree."""
    expected = scenario.expected or {}
    if "compliant" in expected and expected["compliant"] is not answer.compliant:
        yield f"compliant is {answer.compliant}, expected {expected['compliant']}"
    if "certain" in expected and expected["certain"] is not answer.certain:
        yield f"certain is {answer.certain}, expected {expected['certain']}"
    if "counted_hours" in expected and Decimal(str(expected["counted_hours"])) != answer.counted_hours:
        yield f"counted_hours is {answer.counted_hours}, expected {expected['counted_hours']}"
    if "due" in expected and str(expected["due"]) != answer.due.isoformat():
        yield f"due is {answer.due}, expected {expected['due']}"
    accepted = [expected[key] for key in ("missing", "also_accept_missing") if key in expected]
    found = _shortfalls(answer.missing)
    if accepted and all(_shortfalls(a) != found for way in accepted for a in _ways(way)):
        yield f"missing is {_said(found)}, expected {' or '.join(_said(_shortfalls(way)) for way in _ways(accepted[0]))}"


def _ways(way: Any) -> list[Mapping[str, Any]]:
    return way if isinstance(way, list) else [way or {}]


def _said(missing: Mapping[str, Decimal | None]) -> str:
    """What is missing in a line: total 2, ethics 1; or nothing."""
    return ", ".join(key if hours is None else f"{key} {plain_hours(hours)}" for key, hours in missing.items()) or "nothing"


def _shortfalls(missing: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """What is missing, without the zeros that say nothing is."""
    return {k: None if v is None else Decimal(str(v)) for k, v in missing.items() if v is None or Decimal(str(v))}
