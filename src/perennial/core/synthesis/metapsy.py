"""Trials out of a file of Metapsy's format, or of any other whose columns can be told apart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from perennial.core.synthesis.columns import find_columns, told_otherwise
from perennial.core.synthesis.table import Row, Table, Unreadable, read_table
from perennial.core.values import Problem
from perennial.core.values.words import counted

NUMBERS_BY_ARM = ("mean", "sd", "n", "baseline", "change", "event", "total")
NO_FIGURES: dict[str, float | None] = dict.fromkeys(NUMBERS_BY_ARM)
EFFECTS = ("g", "g_se", "g_var", "log_rr", "log_rr_se", "year")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: its condition, and the figures that are known of it."""

    condition: str
    mean: float | None
    sd: float | None
    n: float | None
    baseline: float | None
    change: float | None
    event: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """One comparison of two arms on one outcome at one time: a row. `cells` keep every column; `faults` are by role, of text where a
    figure is due."""

    line: int
    study: str
    time: str
    year: int | None
    instrument: str
    outcome: str
    format: str
    rob: str
    g: float | None
    g_se: float | None
    log_rr: float | None
    log_rr_se: float | None
    arm1: Arm
    arm2: Arm
    cells: Mapping[str, str]
    faults: Mapping[str, Problem]


@dataclass(frozen=True, slots=True)
class TrialFile:
    """A file of trials: its name, columns in order, which column has which meaning, what was assumed, and what could not be read."""

    name: str
    columns: tuple[str, ...]
    roles: Mapping[str, str]
    trials: tuple[Trial, ...]
    assumed: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_trials(body: IO[bytes], name: str, given: Mapping[str, str] | None = None) -> TrialFile:
    """Read the file; `given` says which column has a meaning, where its name does not. Raises Unreadable where it cannot be used."""
    table = read_table(body, name)
    found = find_columns(table.columns, table.rows, given or {}, name)
    trials = tuple(_trials(table, found))
    problems = (*table.problems, *(fault for one in trials for fault in one.faults.values()))
    assumed = [*table.assumed, *told_otherwise(found, given or {})]
    unnamed = sum(1 for row in table.rows if not row.text(found["study"]))
    if unnamed:
        assumed.append(f"{unnamed} rows without a study are taken as studies of their own")
    if twice := len(trials) - len({tuple(value for column, value in one.cells.items() if column) for one in trials}):
        assumed.append(f"{counted(twice, 'row')} with the same in every cell as another: each counts as an outcome of its study")
    if "year" not in found and any(one.year for one in trials):
        assumed.append("years are read from the names of the studies")
    return TrialFile(name, table.columns, found, trials, tuple(assumed), problems)


def column_named(file: TrialFile, asked: str) -> str:
    """The column that a person means: by its name, else by its name in other letters, else by its meaning. Raises Unreadable."""
    if asked in file.columns:
        return asked
    alike = [one for one in file.columns if one.casefold() == asked.casefold()]
    if len(alike) == 1:
        return alike[0]
    if asked in file.roles:
        return file.roles[asked]
    raise Unreadable(file.name, f"has no column “{asked}”", f"It has {', '.join(one for one in file.columns if one)}.")


def _trials(table: Table, found: Mapping[str, str]) -> Iterator[Trial]:
    for row in table.rows:
        faults: dict[str, Problem] = {}
        figures = {role: _number(row, role, found, faults, table.name) for role in EFFECTS}
        study = row.text(found["study"]) or f"line {row.line}"
        if figures["g_se"] is None and figures["g_var"] is not None and "g_se" not in faults:
            figures["g_se"] = figures["g_var"] ** 0.5 if figures["g_var"] >= 0 else -1.0
        yield Trial(
            line=row.line,
            study=study,
            time=_text(row, "time", found),
            year=_year(figures["year"], study),
            instrument=_text(row, "instrument", found),
            outcome=_text(row, "outcome", found),
            format=_text(row, "format", found),
            rob=_text(row, "rob", found),
            g=figures["g"],
            g_se=figures["g_se"],
            log_rr=figures["log_rr"],
            log_rr_se=figures["log_rr_se"],
            arm1=_arm(row, 1, found, faults, table.name),
            arm2=_arm(row, 2, found, faults, table.name),
            cells={column: row.text(column) for column in table.columns},
            faults=faults,
        )


def _arm(row: Row, number: int, found: Mapping[str, str], faults: dict[str, Problem], name: str) -> Arm:
    there = {role: f"{role}_arm{number}" for role in NUMBERS_BY_ARM if f"{role}_arm{number}" in found}
    figures = {**NO_FIGURES, **{role: _number(row, whole, found, faults, name) for role, whole in there.items()}}
    return Arm(_text(row, f"condition_arm{number}", found), **figures)


def _text(row: Row, role: str, found: Mapping[str, str]) -> str:
    return row.text(found[role]) if role in found else ""


def _number(row: Row, role: str, found: Mapping[str, str], faults: dict[str, Problem], name: str) -> float | None:
    if role not in found:
        return None
    try:
        return row.number(found[role], small=role in EFFECTS)
    except ValueError as fault:
        what = f"“{str(fault)[:40]}” stands where a number is due"
        faults[role] = Problem(f"{name}, line {row.line}, column {found[role]}", what, "Write the figure, or NA where it is not known.")
        return None


def _year(figure: float | None, study: str) -> int | None:
    if figure is not None:
        return int(figure) if 1000 <= figure < 3000 else None
    told = YEAR.findall(study)
    return int(told[-1]) if told else None
