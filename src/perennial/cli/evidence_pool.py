"""`perennial evidence pool`: the pooled effect of a file of trials, and what tells how far to trust it."""

import json
import math
from collections.abc import Iterator, Sequence

import click

from perennial.cli.evidence_dataset import read_dataset
from perennial.cli.unusable import Unusable
from perennial.core.synthesis.choosing import Chosen, Selection, Where, choose
from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.metapsy import TrialFile, column_named
from perennial.core.synthesis.moderators import subgroups
from perennial.core.synthesis.pooling import pool
from perennial.core.synthesis.table import Unreadable
from perennial.core.synthesis.values import METHODS, Choices, Effect, Interval, Kind, Pooled, Subgroups
from perennial.core.synthesis.words import cannot_say, chance, figure, how, left_out_words, says, span
from perennial.core.values import Problem
from perennial.core.values.words import counted

SHOWN = 10
"""Faults of a file that are named; more are counted."""


@click.command("pool")
@click.argument("dataset")
@click.option("--by", metavar="COLUMN", help="Also pool each level of this column on its own.")
@click.option("--effect", type=click.Choice(["g", "log_rr"]), help="What is pooled (default: what the file has, g before log_rr).")
@click.option("--time", metavar="WHEN", help="The time of measurement, or any (default: post).")
@click.option("--where", "conditions", multiple=True, metavar="COLUMN=VALUE", help="Only rows that hold this; the same column again: or.")
@click.option("--map", "mapped", multiple=True, metavar="MEANING=COLUMN", help="Which column has a meaning: study=author, g=yi, g_se=sei.")
@click.option("--method", type=click.Choice(METHODS, case_sensitive=False), default="REML", show_default=True, help="How tau² is found.")
@click.option("--rho", type=float, default=0.5, show_default=True, help="Correlation of the effects of one study.")
@click.option("--no-knapp-hartung", "normal", is_flag=True, help="The normal distribution in place of Knapp and Hartung's t.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON; what was left out and assumed goes to standard error.")
@click.option("--full", is_flag=True, help="With --json: every figure, what was left out and why, and the words.")
def pool_(dataset: str, *, by: str | None, as_json: bool, full: bool, mapped: Sequence[str], **chosen: object) -> int:
    """Pool the effects of DATASET, a CSV file of Metapsy's format or one whose columns are named by --map.

    Where no file is called so, DATASET is a trial database of this site by its short name, as `perennial evidence import` told it.

    By default effects measured at post-test, one for each study at a correlation of 0.5, REML with Knapp and Hartung's intervals.

    Status 0: pooled; 2: input that cannot be used.
    """
    try:
        file = read_dataset(dataset, _pairs(mapped, "--map"))
        rows = choose(file, _selection(chosen))
        choices = _choices(chosen)
        whole = pool(rows.effects, choices)
        column = column_named(file, by) if by else None
        groups = _groups(rows, column, choices) if column else None
    except Unreadable as fault:
        raise Unusable(fault.problem) from fault
    except (ArithmeticError, ValueError) as fault:
        raise Unusable(Problem(dataset, f"cannot be pooled: {fault}", "Choose other rows or another method.")) from fault
    _tell_faults(file, rows)
    if as_json:
        _notes(rows, groups, column)
        click.echo(json.dumps(answer(rows, whole, groups, full=full), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        for line in _told(rows, whole, groups, column):
            click.echo(line)
    return 0


def answer(rows: Chosen, whole: Pooled, groups: Subgroups | None, *, full: bool = False) -> dict[str, object]:
    """The answer for programs; `full` adds what the plain one leaves out."""
    found = figures(whole, rows.kind, rows.direction, full=full)
    if groups is not None:
        unknown = dict.fromkeys(figures(whole, rows.kind, rows.direction, full=full))
        kept = {"method": whole.choices.method, "effect": rows.kind, "direction": rows.direction.sentence}
        pooled = {level: figures(one, rows.kind, rows.direction, full=full) for level, one in groups.groups.items()}
        found["groups"] = pooled | {level: {**unknown, **kept} for level in groups.failed}
    if not full:
        return found
    if groups is not None:
        found["between"] = {"q": groups.q, "p": groups.p, "df": len(groups.groups) - 1, "studies_in_several": list(groups.shared)}
    out = [{"line": one.line, "study": one.study, "why": one.why} for one in rows.left_out]
    return {**found, "direction_because": rows.direction.because, "assumed": list(rows.assumed), "left_out": out}


def figures(one: Pooled, kind: Kind, direction: Direction, *, full: bool = False) -> dict[str, object]:
    """The figures of a pooled effect as the contract names them; null for what does not exist."""
    filled = one.trim_fill
    found: dict[str, object] = {
        "k": one.k,
        "estimate": one.estimate,
        "se": one.se,
        "ci": _bounds(one.ci),
        "tau2": one.tau2,
        "i2": one.i2,
        "q": one.q,
        "q_p": one.q_p,
        "prediction_interval": _bounds(one.prediction_interval),
        "egger": {"t": one.egger.t, "p": one.egger.p} if one.egger else None,
        "trim_fill": {"k0": filled.k0, "estimate": filled.estimate} if filled else None,
        "method": one.choices.method,
        "effect": kind,
        "direction": direction.sentence,
    }
    if full:
        classic = one.egger_classic
        found |= {
            "p": one.p,
            "tau2_ci": _bounds(one.tau2_ci),
            "i2_ci": _bounds(one.i2_ci),
            "trim_fill_side": filled.side if filled else None,
        }
        found |= {"egger_classic": {"t": classic.t, "p": classic.p} if classic else None, "how": how(one.choices)}
        found |= {"says": says(one, kind, direction), "cannot_say": cannot_say(one)}
    return found


def _bounds(interval: Interval | None) -> list[float | None] | None:
    return [one if math.isfinite(one) else None for one in (interval.low, interval.high)] if interval else None


def _pairs(told: Sequence[str], option: str) -> dict[str, str]:
    found = {}
    for text in told:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise Unusable(Problem(option, f"“{text}” is no pair", "Write NAME=VALUE."))
        found[name.strip()] = value.strip()
    return found


def _selection(chosen: dict[str, object]) -> Selection:
    by_column: dict[str, list[str]] = {}
    told = chosen["conditions"]
    for text in told if isinstance(told, tuple) else ():
        for column, value in _pairs([text], "--where").items():
            by_column.setdefault(column, []).append(value)
    where = tuple(Where(column, tuple(values)) for column, values in by_column.items())
    return Selection(chosen["effect"], chosen["time"], where)  # type: ignore[arg-type]  # click lets only these pass


def _choices(chosen: dict[str, object]) -> Choices:
    method = next(one for one in METHODS if one == str(chosen["method"]).upper())
    return Choices(method=method, knapp_hartung=not chosen["normal"], rho=float(str(chosen["rho"])))


def _groups(rows: Chosen, column: str, choices: Choices) -> Subgroups:
    def level(one: Effect) -> str:
        return one.told.get(column, "")

    known = [one for one in rows.effects if level(one)]
    if not known:
        raise Unreadable(column, "is empty in all rows that are pooled", "Choose another column.")
    return subgroups(known, level, choices)


def _outside(rows: Chosen, column: str) -> str:
    """How many rows are in no group, since they do not tell the column; empty where all do."""
    count = sum(1 for one in rows.effects if not one.told.get(column))
    return f"{counted(count, 'row')} without {column}: pooled with the whole, in no group." if count else ""


def _tell_faults(file: TrialFile, rows: Chosen) -> None:
    faults = list(dict.fromkeys([*file.problems, *(one.problem for one in rows.left_out if one.problem)]))
    for problem in faults[:SHOWN]:
        click.echo(str(problem), err=True)
    if len(faults) > SHOWN:
        click.echo(f"{file.name}: {counted(len(faults) - SHOWN, 'more fault')}", err=True)


def _notes(rows: Chosen, groups: Subgroups | None, column: str | None) -> None:
    if column and (outside := _outside(rows, column)):
        click.echo(outside, err=True)
    for line in filter(None, [left_out_words(rows.reasons()), *(f"Assumed: {one}." for one in rows.assumed)]):
        click.echo(line, err=True)
    for level, why in groups.failed.items() if groups else ():
        click.echo(f"{level}: {why}", err=True)


def _told(rows: Chosen, whole: Pooled, groups: Subgroups | None, column: str | None) -> Iterator[str]:
    yield from says(whole, rows.kind, rows.direction)
    yield from _table(whole)
    if groups is not None:
        yield ""
        yield f"By {column}:"
        for level, one in groups.groups.items():
            yield f"  {level}: k = {one.k}, {figure(one.estimate)} ({span(one.ci)})"
        for level, why in groups.failed.items():
            yield f"  {level}: not pooled, {why}"
        if column and (outside := _outside(rows, column)):
            yield f"  {outside}"
        if groups.q is not None:
            yield f"  Between them: Q = {figure(groups.q)} on {len(groups.groups) - 1} degrees of freedom, {chance(groups.p)}"
        if groups.shared:
            yield f"  {len(groups.shared)} studies are in several groups, which this test takes as independent."
    yield ""
    yield "What this cannot say:"
    yield from (f"  {line}" for line in cannot_say(whole))
    yield f"How: {how(whole.choices)}"
    yield f"Direction: {rows.direction.because}."
    yield from filter(None, [left_out_words(rows.reasons()), *(f"Assumed: {one}." for one in rows.assumed)])


def _table(one: Pooled) -> Iterator[str]:
    yield ""
    yield f"  studies               {one.k}"
    yield f"  estimate (se)         {figure(one.estimate, 4)} ({figure(one.se, 4)})"
    yield f"  interval              {span(one.ci, 4)}"
    yield f"  prediction interval   {span(one.prediction_interval, 4)}"
    yield f"  tau² / I²             {figure(one.tau2, 4)} ({span(one.tau2_ci, 4)}) / {figure(one.i2, 1)} % ({span(one.i2_ci, 1)})"
    yield f"  Q                     {figure(one.q)}, {chance(one.q_p)}"
    yield f"  Egger                 {f't = {figure(one.egger.t)}, {chance(one.egger.p)}' if one.egger else 'not known'}"
    filled = one.trim_fill
    yield f"  trim and fill         {f'{filled.k0} added on the {filled.side}, {figure(filled.estimate, 4)}' if filled else 'not known'}"
