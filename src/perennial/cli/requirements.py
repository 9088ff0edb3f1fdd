"""`perennial requirements`: show a rule, compare it between two days, check scenario files, lint the rule base."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from perennial.cli.unusable import Unusable
from perennial.core.rules import Rule, RuleBase, default_folder, load
from perennial.core.rules.answer import Answer
from perennial.core.rules.compacts import as_row, compacts_for, read_compacts
from perennial.core.rules.diff import Change, Stand, as_rows, changes_between
from perennial.core.rules.lint import lint as lint_rules
from perennial.core.rules.scenario import Faulty, Scenario, as_json, differences, judge, read_scenarios
from perennial.core.rules.show import show_rule
from perennial.core.values import Problem

JSON = click.option("--json", "as_json_", is_flag=True, help="Answer as JSON.")


@click.group()
def requirements() -> None:
    """What renewal asks, by the law as read."""


@requirements.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@JSON
def check(files: Sequence[Path], *, as_json_: bool) -> int:
    """Judge scenario files. Status 0: all as expected, or all compliant; 1: not; 2: unusable input."""
    base = load()
    try:
        judged = [(s, judge(base, s)) for file in files for s in read_scenarios(file)]
    except Faulty as fault:
        raise Unusable(fault.problem) from fault
    if as_json_:
        click.echo(json.dumps([as_json(s, a) for s, a in judged], indent=2, ensure_ascii=False))
    wrong = [_told(s, a, quiet=as_json_) for s, a in judged]
    if not as_json_:
        click.echo(f"{len(judged) - sum(wrong)} of {len(judged)} {_in_order(judged)}.")
    return 1 if any(wrong) else 0


def _in_order(judged: list[tuple[Scenario, Answer]]) -> str:
    return "agree" if all(s.expected is not None for s, _ in judged) else "in order"


def _told(scenario: Scenario, answer: Answer, *, quiet: bool) -> bool:
    """Print one scenario's outcome; true where it is not as expected, or not compliant."""
    if scenario.expected is None:
        wrong = answer.compliant is not True
        words = {True: "compliant", False: "not compliant", None: "not known"}[answer.compliant]
        detail = words + ("" if answer.certain else ", by what we have read")
    else:
        found = list(differences(scenario, answer))
        wrong = bool(found)
        detail = "; ".join(found) or "agrees"
    if not quiet:
        click.echo(f"{'no ' if wrong else 'yes'}  {scenario.id}: {detail}")
    return wrong


@requirements.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@JSON
def lint(files: Sequence[Path], *, as_json_: bool) -> int:
    """Check every rule file: schema, sources, words, notes, cases."""
    found = lint_rules(default_folder(), files)
    if as_json_:
        rows = [{"where": p.where, "what": p.what, "mend": p.mend} for p in found.problems]
        click.echo(json.dumps({"files": found.files, "cases": found.cases, "problems": rows}, indent=2))
    else:
        for problem in found.problems:
            click.echo(str(problem))
        click.echo(f"{found.files} files, {len(found.problems)} problems ({found.cases} cases)")
    return 1 if found.problems else 0


@requirements.command()
@click.argument("jurisdiction")
@click.argument("profession")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As in force on this day (default today).")
@JSON
def show(jurisdiction: str, profession: str, day: datetime | None, *, as_json_: bool) -> int:
    """What a rule asks on a day, line by line, with its sources."""
    on = day.date() if day else datetime.now(tz=UTC).date()
    rule = _rule_of(load(), jurisdiction, profession, "show")
    shown = show_rule(rule, on)
    compacts = compacts_for(read_compacts(default_folder()), rule.profession)
    shown["compacts"] = [as_row(compact) for compact in compacts]
    if as_json_:
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return 0
    click.echo(f"{shown['title']}, as in force on {on:%-d %B %Y}")
    for line in shown["lines"]:
        click.echo(_line(line))
    for point in shown["unchecked"]:
        click.echo(f"  open: {point}")
    for compact in compacts:
        click.echo(f"  beside it, {compact.name} (not certain): {compact.says} [{compact.source.cite}]")
        for question in compact.open:
            click.echo(f"    open: {question}")
    return 0


DAY = click.DateTime(["%Y-%m-%d"])


@requirements.command()
@click.argument("jurisdiction", required=False)
@click.argument("profession", required=False)
@click.option("--from", "first", type=DAY, required=True, help="Periods that end on this day …")
@click.option("--to", "second", type=DAY, required=True, help="… against periods that end on this one.")
@click.option("--all", "everywhere", is_flag=True, help="Every rule file.")
@JSON
def diff(jurisdiction: str | None, profession: str | None, first: datetime, second: datetime, *, everywhere: bool, as_json_: bool) -> int:
    """What differs in the law as read between two days. Status 0: nothing; 1: something; 2: unusable input."""
    base = load()
    if everywhere == bool(jurisdiction and profession) or (everywhere and jurisdiction):
        raise Unusable(Problem("requirements diff", "which rule is not said", "Give a state and a profession, or --all."))
    one, other = first.date(), second.date()
    rules = list(base.rules.values()) if everywhere else [_rule_of(base, str(jurisdiction), str(profession), "diff")]
    found = [(rule, changes) for rule in rules if (changes := changes_between(rule, one, other))]
    if as_json_:
        rows = [{"jurisdiction": r.jurisdiction, "profession": r.profession, "changes": as_rows(c)} for r, c in found]
        days = {"from": one.isoformat(), "to": other.isoformat()}
        click.echo(json.dumps({**days, "rules": len(rules), "differ": rows}, indent=2, ensure_ascii=False))
    else:
        _tell_changes(found, one, other, len(rules))
    return 1 if found else 0


def _tell_changes(found: Sequence[tuple[Rule, Sequence[Change]]], one: date, other: date, rules: int) -> None:
    for rule, changes in found:
        click.echo(rule.file.title)
        for change in changes:
            click.echo(f"  {change.how} {change.name}: {_amounts(change)} [{_cite(change.after or change.before)}]")
    click.echo(f"{len(found)} of {rules} rules differ between periods that end on {one:%-d %B %Y} and on {other:%-d %B %Y}.")


def _amounts(change: Change) -> str:
    return " -> ".join(stand.amount for stand in (change.before, change.after) if stand is not None)


def _cite(stand: Stand | None) -> str:
    source = stand.source if stand else None
    return (source.cite or source.url or "no source") if source else "no source"


def _rule_of(base: RuleBase, jurisdiction: str, profession: str, command: str) -> Rule:
    rule = base.rule(jurisdiction, profession)
    if rule is None:
        known = ", ".join(sorted({p for _, p in base.rules}))
        what = f"no rule for '{jurisdiction}' '{profession}'"
        raise Unusable(Problem(f"requirements {command}", what, f"Give a state's two letters and one of: {known}."))
    return rule


def _line(line: dict[str, Any]) -> str:
    source = line["source"] or {}
    return f"  {line['name']}: {line['says']} [{source.get('cite') or source.get('url', 'no source')}]"
