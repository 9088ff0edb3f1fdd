"""`perennial requirements`: show a rule, check scenario files, lint the rule base."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from perennial.cli.unusable import Unusable
from perennial.core.rules import RuleBase, default_folder, load
from perennial.core.rules.answer import Answer
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
    shown = show_rule(_rule_of(load(), jurisdiction, profession), on)
    if as_json_:
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return 0
    click.echo(f"{shown['title']}, as in force on {on:%-d %B %Y}")
    for line in shown["lines"]:
        click.echo(_line(line))
    for point in shown["unchecked"]:
        click.echo(f"  open: {point}")
    return 0


def _rule_of(base: RuleBase, jurisdiction: str, profession: str) -> Any:
    rule = base.rule(jurisdiction, profession)
    if rule is None:
        known = ", ".join(sorted({p for _, p in base.rules}))
        what = f"no rule for '{jurisdiction}' '{profession}'"
        raise Unusable(Problem("requirements show", what, f"Give a state's two letters and one of: {known}."))
    return rule


def _line(line: dict[str, Any]) -> str:
    source = line["source"] or {}
    return f"  {line['name']}: {line['says']} [{source.get('cite') or source.get('url', 'no source')}]"
