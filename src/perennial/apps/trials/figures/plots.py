"""The figures: forest, funnel, how the evidence moved, and a hundred people; each with the rows that it shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from perennial.apps.trials.figures.drawing import Drawing, Scale
from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.people import Icons
from perennial.core.synthesis.values import Effect, Interval, Pooled, Step
from perennial.core.synthesis.words import figure, span

WIDTH, ROW, HEAD, FOOT, MOST_ROWS, LONGEST_NAME = 760, 22, 16, 64, 60, 30
PLOT_START, PLOT_END = 240, 570
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, and the table that says the same: names of columns, and rows."""

    name: str
    drawing: Drawing
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    forms: Sequence[str] = ("svg", "png", "csv")

    @property
    def svg(self) -> SafeString:
        """The drawing for a page; every word in it is escaped where it is written."""
        return mark_safe(self.drawing.svg())  # noqa: S308  the drawing escapes its words


def forest(found: Pooled, direction: Direction) -> Figure:
    """Every study with its interval, and the whole with its interval and what a new study would be expected at."""
    ranked = sorted(zip(found.effects, found.weights, strict=True), key=lambda one: -one[1])
    shown = sorted(ranked[:MOST_ROWS], key=lambda one: (one[0].year or 0, one[0].study))
    scale = _across([one for one, _ in shown], found)
    made = Drawing(WIDTH, HEAD + ROW * (len(shown) + 3) + FOOT, _title("Forest plot", found, direction))
    bottom = HEAD + ROW * (len(shown) + 2)
    _axis(made, scale, bottom + 8, direction)
    heaviest = max(found.weights)
    for place, (one, weight) in enumerate(shown):
        y = HEAD + ROW * place + ROW / 2
        low, high = one.y - Z * one.v**0.5, one.y + Z * one.v**0.5
        made.words(8, y + 4, one.study[:LONGEST_NAME])
        made.line((scale.at(low), y), (scale.at(high), y), "trace")
        made.square(scale.at(one.y), y, 3 + 9 * (weight / heaviest) ** 0.5, "mark")
        made.words(WIDTH - 8, y + 4, f"{figure(one.y)} ({span(Interval(low, high))})", anchor="end")
    y = HEAD + ROW * (len(shown) + 0.7)
    made.words(8, y + 4, f"All {found.k} studies", look="strong")
    made.shape(
        [(scale.at(found.ci.low), y), (scale.at(found.estimate), y - 7), (scale.at(found.ci.high), y), (scale.at(found.estimate), y + 7)],
        "whole",
    )
    made.words(WIDTH - 8, y + 4, f"{figure(found.estimate)} ({span(found.ci)})", look="strong", anchor="end")
    if found.prediction_interval:
        made.words(8, y + ROW + 4, "A new study")
        made.line((scale.at(found.prediction_interval.low), y + ROW), (scale.at(found.prediction_interval.high), y + ROW), "spread")
        made.words(WIDTH - 8, y + ROW + 4, span(found.prediction_interval), anchor="end")
    rows = [(one.study, str(one.year or ""), figure(one.y, 3), figure(one.v**0.5, 3), f"{weight:.1f}") for one, weight in ranked]
    note = f"The {MOST_ROWS} studies that weigh most of {found.k}; the table and its file hold all." if found.k > MOST_ROWS else ""
    return Figure("forest", made, ("Study", "Year", "Effect", "Standard error", "Weight, %"), rows, note)


def funnel(found: Pooled, direction: Direction) -> Figure:
    """Effects by how exact they are; hollow ones are those that trim and fill adds."""
    height, top, bottom = 420, 20, 350
    added: Sequence[Effect] = found.trim_fill.added if found.trim_fill else ()
    errors = [one.v**0.5 for one in (*found.effects, *added)]
    across = _across([*found.effects, *added], found, start=60, end=WIDTH - 20)
    down = Scale(0, max(errors) * 1.05, top, bottom)
    made = Drawing(WIDTH, height, _title("Funnel plot", found, direction))
    for side in (-Z, Z):
        made.line((across.at(found.estimate), top), (across.at(found.estimate + side * down.high), bottom), "grid-line")
    made.line((across.at(found.estimate), top), (across.at(found.estimate), bottom), "axis")
    _axis(made, across, bottom, direction)
    for tick in down.ticks(5):
        made.words(52, down.at(tick) + 4, figure(tick), anchor="end")
    made.words(8, 14, "Standard error, exact studies above")
    for one in found.effects:
        made.dot(across.at(one.y), down.at(one.v**0.5), 4, "mark")
    for one in added:
        made.dot(across.at(one.y), down.at(one.v**0.5), 4, "hollow")
    told = [*((one, "study") for one in found.effects), *((one, "added") for one in added)]
    rows = [(one.study, figure(one.y, 3), figure(one.v**0.5, 3), kind) for one, kind in told]
    return Figure("funnel", made, ("Study", "Effect", "Standard error", "Kind"), rows)


def moved(steps: Sequence[Step], direction: Direction) -> Figure:
    """The pooled effect after each year, with its interval."""
    height, top, bottom = 320, 20, 260
    years = [int(one.name) for one in steps]
    across = Scale(min(years) - 0.5, max(years) + 0.5, 60, WIDTH - 20)
    several = [one for one in steps if one.k > 1] or steps
    bounds = [bound for one in several for bound in (one.ci.low, one.ci.high)]
    margin = max(max(bounds) - min(bounds), 0.2) * 0.05
    down = Scale(min(*bounds, 0.0) - margin, max(*bounds, 0.0) + margin, bottom, top)
    made = Drawing(WIDTH, height, f"How the pooled effect moved from {years[0]} to {years[-1]}. {direction.sentence}.")
    for tick in down.ticks(6):
        made.line((60, down.at(tick)), (WIDTH - 20, down.at(tick)), "axis" if tick == 0 else "grid-line")
        made.words(52, down.at(tick) + 4, figure(tick), anchor="end")
    for tick in across.ticks(10):
        if float(tick).is_integer():
            made.words(across.at(tick), bottom + 22, f"{tick:.0f}", anchor="middle")
    places = [(across.at(year), one) for year, one in zip(years, steps, strict=True)]
    made.shape([*((x, down.at(one.ci.high)) for x, one in places), *((x, down.at(one.ci.low)) for x, one in reversed(places))], "band")
    made.shape([(x, down.at(one.estimate)) for x, one in places], "trace", closed=False)
    for x, one in places:
        made.dot(x, down.at(one.estimate), 3, "mark")
    made.words(60, bottom + 48, "Year up to which studies are pooled; the band is the interval.")
    rows = [(one.name, str(one.k), figure(one.estimate, 3), span(one.ci, 3)) for one in steps]
    return Figure("moved", made, ("Up to", "Studies", "Effect", "Interval"), rows)


def people(icons: Icons) -> Figure:
    """A hundred people, by what becomes of them."""
    rows = [
        ("either", "Either way", icons.either),
        ("gain", "Only with therapy", icons.only_therapy),
        ("loss", "Only without it", icons.only_control),
        ("", "Not", icons.neither),
    ]
    made = Drawing(320, 320, f"Of 100 people: {'; '.join(f'{words.lower()} {count}' for _, words, count in rows)}.")
    for place, look in enumerate(look for look, _, count in rows for _ in range(count)):
        made.dot(20 + 31 * (place % 10), 20 + 31 * (place // 10), 12, f"person {look}".strip())
    return Figure("people", made, ("What becomes of them", "Of 100"), [(words, str(count)) for _, words, count in rows])


def _across(effects: Sequence[Effect], found: Pooled, *, start: int = PLOT_START, end: int = PLOT_END) -> Scale:
    """A scale that holds nearly all intervals: the widest few end at its edge."""
    lows = sorted(one.y - Z * one.v**0.5 for one in effects)
    highs = sorted(one.y + Z * one.v**0.5 for one in effects)
    cut = len(effects) // 20
    spread = found.prediction_interval or found.ci
    low, high = min(lows[cut], spread.low, 0.0), max(highs[-1 - cut], spread.high, 0.0)
    margin = max(high - low, 0.1) * 0.04
    return Scale(low - margin, high + margin, start, end)


def _axis(made: Drawing, scale: Scale, y: float, direction: Direction) -> None:
    made.line((scale.start, y), (scale.end, y), "axis")
    made.line((scale.at(0), HEAD), (scale.at(0), y), "grid-line")
    for tick in scale.ticks():
        made.line((scale.at(tick), y), (scale.at(tick), y + 5), "axis")
        made.words(scale.at(tick), y + 20, figure(tick, 1 if abs(tick * 10 % 1) < 1e-6 else 2), anchor="middle")
    if direction.favors:
        other = "control" if direction.favors == "therapy" else "therapy"
        made.words(scale.start, y + 40, f"← favors {other}")
        made.words(scale.end, y + 40, f"favors {direction.favors} →", anchor="end")


def _title(what: str, found: Pooled, direction: Direction) -> str:
    result = f"{figure(found.estimate)}, interval {span(found.ci)}"
    return f"{what} of {found.k} studies: {result}. {direction.sentence}."
