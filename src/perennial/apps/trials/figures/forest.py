"""Forest plots: of studies, of groups, and of what is left when a study is left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from perennial.apps.trials.figures.axes import across, effect_axis, own_interval
from perennial.apps.trials.figures.drawing import Drawing, Figure, Scale
from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.values import Interval, Pooled, Step, Subgroups
from perennial.core.synthesis.words import chance, figure, span
from perennial.core.values.words import counted

WIDTH, ROW, HEAD, FOOT = 820, 24, 30, 84
PLOT = (260.0, 640.0)
SMALL, SMALL_ROW, SMALL_PLOT = 360, 42, (10.0, 350.0)
LONGEST, MOST_STUDIES, MOST_WITHOUT = 36, 60, 20


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the plot: what it is, the effect with its interval, and its weight as a share of the heaviest; `whole` draws a diamond,
    `spread` the interval alone."""

    label: str
    middle: float
    interval: Interval
    share: float = 0.0
    whole: bool = False
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """What the axis shows."""

    direction: Direction
    effect: str


def forest(found: Pooled, axis: Axis) -> Figure:
    """Every study with its interval, and the whole with its interval and what a new study would be expected at."""
    ranked = sorted(zip(found.effects, found.weights, strict=True), key=lambda one: -one[1])
    heaviest = ranked[0][1]

    def drawn(most: int = found.k, make: Callable[..., Drawing] = draw) -> Drawing:
        shown = sorted(ranked[:most], key=lambda one: (one[0].year or 0, one[0].study.casefold()))
        rows = [Row(_named(one.study), one.y, own_interval(one), weight / heaviest) for one, weight in shown]
        return make([*rows, *_whole(found)], _title("Forest plot", found, axis), found, axis)

    rows = [
        (one.study, str(one.year or ""), figure(one.y, 3), span(own_interval(one), 3), figure(one.v**0.5, 3), f"{weight:.2f}")
        for one, weight in sorted(ranked, key=lambda one: (one[0].year or 0, one[0].study.casefold()))
    ]
    many = found.k > MOST_STUDIES
    drawn_are = f"Drawn are the {MOST_STUDIES} of {found.k} studies that weigh most, with the pooled effect of all; files hold all."
    tells = ["A square is a study, larger where it weighs more; its line is its interval. The diamond is the pooled effect with its own."]
    if found.prediction_interval:
        tells.append("The dashed line is where the effect of a new study would be expected.")
    columns = ("Study", "Year", axis.effect, "95 % interval", "Standard error", "Weight, %")
    return Figure(
        "forest",
        "Study by study",
        drawn(MOST_STUDIES),
        columns,
        rows,
        tells,
        drawn_are if many else "",
        drawn if many else None,
        drawn(MOST_STUDIES, draw_small),
    )


def by_group(groups: Subgroups, found: Pooled, axis: Axis, column: str) -> Figure:
    """The pooled effect of each group; groups and column are in words."""
    most = max((one.k for one in groups.groups.values()), default=1)
    rows = [Row(f"{_named(level, 28)} ({one.k})", one.estimate, one.ci, one.k / most) for level, one in groups.groups.items()]
    told = [
        (level, str(one.k), figure(one.estimate, 3), span(one.ci, 3), span(one.prediction_interval, 3))
        for level, one in groups.groups.items()
    ]
    told += [(level, "", "not pooled", why, "") for level, why in groups.failed.items()]
    whole = ([*rows, *_whole(found)], f"Pooled effect by {column}", found, axis)
    columns = (column, "Studies", axis.effect, "95 % interval", "Prediction interval")
    return Figure(
        "groups", f"Groups: {column[:1].lower()}{column[1:]}", draw(*whole), columns, told, list(_between(groups)), small=draw_small(*whole)
    )


def _group(level: str, one: Pooled) -> tuple[str, ...]:
    return (level, str(one.k), figure(one.estimate, 3), span(one.ci, 3), span(one.prediction_interval, 3))


def _between(groups: Subgroups) -> Iterator[str]:
    if groups.q is not None and groups.p is not None:
        test = f"Q = {figure(groups.q)} on {len(groups.groups) - 1} degrees of freedom, {chance(groups.p)}"
        differ = "The groups differ by more than chance" if groups.p < 0.05 else "The groups differ by no more than chance"
        yield f"{differ} (test between the groups: {test}). They differ in more than their name: this shows no cause."
    if groups.shared:
        several = counted(len(groups.shared), "study is", "studies are")
        yield f"{several} in several groups, which the test takes as independent."


def without_each(steps: Sequence[Step], found: Pooled, axis: Axis) -> Figure:
    """The pooled effect without each study in turn; those that move it most are drawn."""
    ranked = sorted(steps, key=lambda one: -abs(one.estimate - found.estimate))
    rows = [Row(f"Without {_named(one.name, 28)}", one.estimate, one.ci, 0.4) for one in ranked[:MOST_WITHOUT]]
    told = [(one.name, figure(one.estimate, 3), span(one.ci, 3), figure(one.estimate - found.estimate, 3)) for one in ranked]
    low, high = min(one.estimate for one in steps), max(one.estimate for one in steps)
    turned = any((one.ci.low <= 0 <= one.ci.high) != (found.ci.low <= 0 <= found.ci.high) for one in steps)
    tells = [f"Whichever study is left out, the pooled effect stays between {figure(low)} and {figure(high)}."]
    tells.append(
        "Without some one study the interval would include 0, or no longer: the answer hangs on it."
        if turned
        else "No single study decides whether the interval includes 0."
    )
    note = f"Drawn are the {MOST_WITHOUT} studies whose absence moves it most; the table has all." if len(steps) > MOST_WITHOUT else ""
    whole = ([*rows, *_whole(found)[:1]], "Pooled effect without each study in turn", found, axis)
    drawing, small = draw(*whole, narrow=True), draw_small(*whole, narrow=True)
    return Figure(
        "without",
        "Without each study in turn",
        drawing,
        ("Without", axis.effect, "95 % interval", "Change"),
        told,
        tells,
        note,
        small=small,
    )


def draw_small(rows: Sequence[Row], title: str, found: Pooled, axis: Axis, *, narrow: bool = False) -> Drawing:
    """The same for narrow screens: what a row is and its figures stand above its line."""
    made = Drawing(SMALL, SMALL_ROW * len(rows) + FOOT, title)
    plain = [one.interval for one in rows if not one.spread]
    scale = _close(plain, SMALL_PLOT) if narrow else across(plain, found, SMALL_PLOT)
    bottom = SMALL_ROW * len(rows) + 6
    effect_axis(made, scale, axis.direction, (4, bottom), axis.effect)
    made.line((scale.at(found.estimate), 4), (scale.at(found.estimate), bottom), "middle")
    for place, one in enumerate(rows):
        y = SMALL_ROW * place
        look = "strong" if one.whole or one.spread else ""
        made.words(4, y + 16, one.label, look=f"{look} over".strip())
        made.words(SMALL - 4, y + 16, _figures(one), look=f"{look} over".strip(), anchor="end")
        _mark(made, scale, one, y + 29)
    return made


def _figures(one: Row) -> str:
    return span(one.interval) if one.spread else f"{figure(one.middle)} [{span(one.interval)}]"


def draw(rows: Sequence[Row], title: str, found: Pooled, axis: Axis, *, narrow: bool = False) -> Drawing:
    """The plot of these rows; `narrow` has the scale hold no more than they need."""
    made = Drawing(WIDTH, HEAD + ROW * len(rows) + FOOT, title)
    plain = [one.interval for one in rows if not one.spread]
    scale = _close(plain, PLOT) if narrow else across(plain, found, PLOT)
    bottom = HEAD + ROW * len(rows) + 4
    effect_axis(made, scale, axis.direction, (HEAD - 8, bottom), axis.effect)
    made.line((scale.at(found.estimate), HEAD - 8), (scale.at(found.estimate), bottom), "middle")
    made.words(WIDTH - 8, 16, f"{axis.effect} [95 % interval]", look="strong", anchor="end")
    for place, one in enumerate(rows):
        _row(made, scale, one, HEAD + ROW * (place + 0.5))
    return made


def _close(intervals: Sequence[Interval], places: tuple[float, float]) -> Scale:
    low, high = min(one.low for one in intervals), max(one.high for one in intervals)
    low, high = min(low, 0.0), max(high, 0.0)
    margin = max(high - low, 0.1) * 0.05
    return Scale(low - margin, high + margin, *places)


def _row(made: Drawing, scale: Scale, one: Row, y: float) -> None:
    look = "strong" if one.whole or one.spread else ""
    made.words(4, y + 4, one.label, look=look)
    _mark(made, scale, one, y)
    made.words(WIDTH - 8, y + 4, _figures(one), look=look, anchor="end")


def _mark(made: Drawing, scale: Scale, one: Row, y: float) -> None:
    """A square with its line, a diamond, or a dashed line."""
    low, high = scale.at(one.interval.low), scale.at(one.interval.high)
    if one.whole:
        middle = scale.at(one.middle)
        made.shape([(low, y), (middle, y - 8), (max(high, low + 1), y), (middle, y + 8)], "whole")
    elif one.spread:
        made.line((low, y), (high, y), "spread")
        for x in (low, high):
            made.line((x, y - 5), (x, y + 5), "trace")
    else:
        made.line((low, y), (high, y), "trace")
        _edges(made, scale, one, y)
        made.square(scale.at(one.middle), y, 4 + 8 * one.share**0.5, "mark")


def _edges(made: Drawing, scale: Scale, one: Row, y: float) -> None:
    """Small arrows where an interval goes on beyond the scale."""
    if not scale.holds(one.interval.low):
        made.shape([(scale.start + 6, y - 4), (scale.start, y), (scale.start + 6, y + 4)], "trace", closed=False)
    if not scale.holds(one.interval.high):
        made.shape([(scale.end - 6, y - 4), (scale.end, y), (scale.end - 6, y + 4)], "trace", closed=False)


def _whole(found: Pooled) -> list[Row]:
    rows = [Row(f"All {found.k} studies" if found.k > 1 else "The one study", found.estimate, found.ci, whole=True)]
    if found.prediction_interval:
        rows.append(Row("Where a new study is expected", found.estimate, found.prediction_interval, spread=True))
    return rows


def _named(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _title(what: str, found: Pooled, axis: Axis) -> str:
    studies = counted(found.k, "study", "studies")
    return (
        f"{what} of {studies}: {axis.effect} {figure(found.estimate)}, interval {span(found.ci)}. {axis.direction.sentence.capitalize()}."
    )
