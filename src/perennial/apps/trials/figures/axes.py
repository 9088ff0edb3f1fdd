"""Scales and axes of effects: which way is whose favor is said only where the data tell it."""

from collections.abc import Sequence

from perennial.apps.trials.figures.drawing import Drawing, Scale
from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.values import Effect, Interval, Pooled
from perennial.core.synthesis.words import figure

Z = 1.959964
WIDEST = 4.0  # a scale ends at so many times the reach of what matters: the pooled effect, its spread, and nothing


def own_interval(one: Effect) -> Interval:
    """The 95 % interval of a study by itself."""
    return Interval(one.y - Z * one.v**0.5, one.y + Z * one.v**0.5)


def across(intervals: Sequence[Interval], found: Pooled, places: tuple[float, float]) -> Scale:
    """A scale that holds nearly all intervals, nothing, and the pooled effect with its spread; the widest few end at its edge."""
    lows, highs = sorted(one.low for one in intervals), sorted(one.high for one in intervals)
    cut = len(intervals) // 20
    spread = found.prediction_interval or found.ci
    low, high = min(lows[cut], spread.low, found.ci.low, 0.0), max(highs[-1 - cut], spread.high, found.ci.high, 0.0)
    reach = max(abs(spread.low), abs(spread.high), abs(found.estimate), 0.1) * WIDEST
    low, high = max(low, -reach), min(high, reach)
    margin = max(high - low, 0.1) * 0.04
    return Scale(low - margin, high + margin, *places)


def effect_axis(made: Drawing, scale: Scale, direction: Direction, ends: tuple[float, float], name: str) -> None:
    """The axis of effects under a figure, the line of no effect between `ends`, and whom each side favors, where that is known."""
    top, y = ends
    made.line((scale.start, y), (scale.end, y), "axis")
    made.line((scale.at(0), top), (scale.at(0), y), "axis")
    for tick in scale.ticks():
        if tick:
            made.line((scale.at(tick), top), (scale.at(tick), y), "grid-line")
        made.line((scale.at(tick), y), (scale.at(tick), y + 5), "axis")
        made.words(scale.at(tick), y + 20, rounded(tick), anchor="middle")
    made.words((scale.start + scale.end) / 2, y + 40, name, anchor="middle")
    left, right = sides(direction)
    if left:
        made.words(scale.start, y + 58, f"← {left}", look="strong")
        made.words(scale.end, y + 58, f"{right} →", look="strong", anchor="end")


def sides(direction: Direction) -> tuple[str, str]:
    """What a number below 0 and one above it favors; empty where the data do not say."""
    if direction.favors is None:
        return "", ""
    other = "control" if direction.favors == "therapy" else "therapy"
    return f"favors {other}", f"favors {direction.favors}"


def rounded(value: float) -> str:
    """A figure of an axis with no more places than it needs."""
    places = next(places for places in range(7) if abs(round(value, places) - value) < 1e-9 or places == 6)
    return figure(value, places)
