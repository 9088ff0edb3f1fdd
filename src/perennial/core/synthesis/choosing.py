"""Which rows of a file are pooled, as which effect, and why others are not."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perennial.core.synthesis.direction import Direction, direction_of
from perennial.core.synthesis.metapsy import Arm, Trial, TrialFile, column_named
from perennial.core.synthesis.sizes import Size, hedges_g, log_risk_ratio
from perennial.core.synthesis.table import Unreadable
from perennial.core.synthesis.values import Effect, Kind
from perennial.core.values import Problem

POST = {
    "post",
    "post test",
    "posttest",
    "post treatment",
    "posttreatment",
    "post intervention",
    "postintervention",
    "post tx",
    "after treatment",
    "end of treatment",
}
"""What post-test is called, in small letters with spaces for all signs."""
SIGNS = re.compile(r"[\W_]+")
LARGEST, SMALLEST_SE = 1e30, 1e-30  # beyond these the arithmetic ends, long after all sense does
BEYOND = "figures too large or too small to reckon with"
CODES = {99.0, 999.0, 9999.0}
EVERY_TIME = "any"
NAMED = ("no standard error", "a standard error", "codes", "figures too")
"""Reasons that somebody should mend, as they begin."""
NAMES: Mapping[Kind, str] = {"g": "Hedges' g", "log_rr": "log risk ratio"}


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on a column: that it holds one of the values, letters large or small."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows: the kind of effect (None: what the file has), the time (None: post-test; "any" for all), conditions on columns."""

    kind: Kind | None = None
    time: str | None = None
    where: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not pooled, and why; `problem` where someone should mend it."""

    line: int
    study: str
    why: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The effects to pool, of which kind, what a positive number means, what was left out, and what was assumed."""

    kind: Kind
    effects: tuple[Effect, ...]
    direction: Direction
    left_out: tuple[LeftOut, ...]
    assumed: tuple[str, ...]

    def reasons(self) -> dict[str, int]:
        """How many rows were left out for each reason, the commonest first."""
        return dict(Counter(one.why for one in self.left_out).most_common())


def choose(file: TrialFile, selection: Selection = Selection()) -> Chosen:
    """Choose the rows. Raises Unreadable where a column, a value or a time is asked for that the file has not, or nothing remains."""
    kind, computed = _kind(file, selection.kind)
    assumed = list(file.assumed)
    if computed:
        assumed.append(COMPUTED[kind])
    wanted = _times(file, selection.time, assumed)
    where = _there(file, selection.where)
    sizes = {one.line: _size(one, kind, computed=computed) for one in file.trials}
    effects, left_out = [], []
    for one in file.trials:
        why = _passed_over(one, wanted, where)
        size = sizes[one.line]
        if why:
            left_out.append(LeftOut(one.line, one.study, why))
        elif isinstance(size, Size):
            effects.append(Effect(one.study, size.y, size.v, one.year, one.cells))
        else:
            left_out.append(_without_size(file, one, kind, size))
    if not effects:
        reasons = "; ".join(f"{count} rows: {why}" for why, count in Counter(one.why for one in left_out).most_common(3))
        raise Unreadable(
            file.name, f"holds no {NAMES[kind]} to pool ({reasons})", "Choose other rows, or give effects with their standard errors."
        )
    known = {line: size.y for line, size in sizes.items() if isinstance(size, Size)}
    return Chosen(kind, tuple(effects), direction_of(file.trials, known, kind), tuple(left_out), tuple(assumed))


NO_PARTS: Mapping[Kind, str] = {"g": "no means, standard deviations and numbers", "log_rr": "no numbers of events"}
COMPUTED: Mapping[Kind, str] = {
    "g": "the file gives no g: Hedges' g is computed from means, standard deviations and numbers, arm 1 less arm 2",
    "log_rr": "the file gives no log risk ratio: it is computed from events, arm 1 by arm 2, half a person added where a cell is empty",
}


def _kind(file: TrialFile, asked: Kind | None) -> tuple[Kind, bool]:
    """The kind of effect, and whether it is to be computed, since the file gives none of it."""
    kinds: Sequence[Kind] = (asked,) if asked else ("g", "log_rr")
    for kind in kinds:
        if any(getattr(one, kind) is not None and getattr(one, f"{kind}_se") is not None for one in file.trials):
            return kind, False
    for kind in kinds:
        if any(isinstance(_computed(one, kind), Size) for one in file.trials):
            return kind, True
    names = " or ".join(NAMES[kind] for kind in kinds)
    raise Unreadable(
        file.name,
        f"holds no {names} with a standard error, and nothing to compute it from",
        "Say which columns hold the effect and its standard error: --map g=COLUMN --map g_se=COLUMN.",
    )


def _times(file: TrialFile, asked: str | None, assumed: list[str]) -> set[str] | None:
    """The times of which rows are taken, in small letters; None for all."""
    if asked == EVERY_TIME:
        return None
    if "time" not in file.roles:
        if asked:
            raise Unreadable(file.name, "has no column of times", "Leave --time out, or say which column it is: --map time=COLUMN.")
        assumed.append("there is no column of times: every row is taken as measured at post-test")
        return None
    there = {one.time.casefold() for one in file.trials if one.time}
    if not there and not asked:
        assumed.append("the column of times is empty: every row is taken as measured at post-test")
        return None
    if asked:
        wanted = {asked.casefold()} & there
    else:
        wanted = {"post"} & there or {one for one in there if SIGNS.sub(" ", one).strip() in POST}
        if wanted and wanted != {"post"}:
            assumed.append(f"post-test is what the file calls {' or '.join(sorted(wanted))}")
    if not wanted:
        known = ", ".join(sorted({one.time for one in file.trials if one.time})[:12]) or "none"
        what = f"has no rows measured at “{asked or 'post'}”"
        raise Unreadable(f"{file.name}, column {file.roles['time']}", what, f"Choose a time with --time, or “any”; it has {known}.")
    return wanted


def _there(file: TrialFile, where: Sequence[Where]) -> tuple[Where, ...]:
    """The conditions with the names of columns as they are in the file."""
    found = []
    for condition in where:
        column = column_named(file, condition.column)
        known = {one.cells[column] for one in file.trials} - {""}
        for value in condition.values:
            if value.casefold() not in {one.casefold() for one in known}:
                told = ", ".join(sorted(known)[:12]) or "nothing"
                raise Unreadable(f"{file.name}, column {column}", f"never holds “{value}”", f"It holds {told}.")
        found.append(Where(column, condition.values))
    return tuple(found)


def _passed_over(one: Trial, wanted: set[str] | None, where: Sequence[Where]) -> str:
    if wanted is not None and one.time.casefold() not in wanted:
        return f"measured at {one.time}" if one.time else "time of measurement not known"
    for condition in where:
        if one.cells[condition.column].casefold() not in {value.casefold() for value in condition.values}:
            return f"{condition.column} is not {' or '.join(condition.values)}"
    return ""


def _size(one: Trial, kind: Kind, *, computed: bool) -> Size | str:
    """The effect, or why there is none."""
    if computed:
        return _computed(one, kind)
    y, se = (one.g, one.g_se) if kind == "g" else (one.log_rr, one.log_rr_se)
    if kind in one.faults or f"{kind}_se" in one.faults:
        return "text in place of a figure"
    if y is None:
        return "no effect"
    if se is None:
        return "no standard error"
    if se <= 0:
        return "a standard error of 0" if se == 0 else "a standard error below 0"
    if {abs(y), se} <= CODES:
        return "codes for missing in place of figures"
    return Size(y, se * se) if _reckonable(y, se) else BEYOND


def _computed(one: Trial, kind: Kind) -> Size | str:
    first, second = (_parts(arm, kind) for arm in (one.arm1, one.arm2))
    if first is None or second is None:
        return NO_PARTS[kind]
    try:
        size = hedges_g(first, second) if kind == "g" else log_risk_ratio(first[:2], second[:2])
    except (ArithmeticError, ValueError):  # a figure so large or small that nothing comes of it
        size = None
    if size is None:
        return "figures that give no effect"
    return size if _reckonable(size.y, math.sqrt(max(size.v, 0.0))) else BEYOND


def _reckonable(y: float, se: float) -> bool:
    return abs(y) < LARGEST and SMALLEST_SE < se < LARGEST


def _parts(arm: Arm, kind: Kind) -> tuple[float, float, float] | None:
    if kind == "g":
        return (arm.mean, arm.sd, arm.n) if arm.mean is not None and arm.sd is not None and arm.n is not None else None
    return (arm.event, arm.total, 0.0) if arm.event is not None and arm.total is not None else None


def _without_size(file: TrialFile, one: Trial, kind: Kind, size: Size | str) -> LeftOut:
    why = str(size)
    fault = one.faults.get(kind) or one.faults.get(f"{kind}_se")
    if fault is None and why in NO_PARTS.values():
        fault = next(iter(one.faults.values()), None)
    column = file.roles.get(f"{kind}_se", f"{kind}_se")
    if fault is None and why.startswith(NAMED):
        what = "has an effect and no standard error" if why == "no standard error" else f"has {why}"
        fault = Problem(f"{file.name}, line {one.line}, column {column}", what, "Give the standard error; the row was left out.")
    return LeftOut(one.line, one.study, why, fault)
