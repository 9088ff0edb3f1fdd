"""Figures beside the forest: the funnel, how the evidence moved, a line along a column, and a hundred people."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perennial.apps.trials.figures.axes import across, effect_axis, own_interval, rounded, sides
from perennial.apps.trials.figures.drawing import Drawing, Figure, Scale
from perennial.apps.trials.figures.forest import Axis
from perennial.apps.trials.reckoning import People
from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.moderators import Regression
from perennial.core.synthesis.people import Icons
from perennial.core.synthesis.values import Effect, Interval, Pooled, Step
from perennial.core.synthesis.words import ASYMMETRIC, FEW_FOR_FUNNEL, chance, figure, span
from perennial.core.values.words import counted

TOP, RIM, LINE = 24, 20, 16  # pixels above a plot, beside it at the end, and of a line of words
Z = 1.959964
SETTLED, FEWEST_BEFORE = 0.1, 5
LEAF = "M12 21.5C5.5 17 5.2 8 12 2.5c6.8 5.5 6.5 14.5 0 19z"
INSIDE = {
    "met": "M8.7 12.3l2.5 2.6 4.2-4.9",
    "booked": "M8 9.5l7-3.5M7.3 13l9.5-4.7M8 16l9-4.4M10 18.5l6-3",
    "loss": "M4 20L20 4",
    "none": "",
}
SHAPES = {"met": "Filled leaves", "booked": "Striped leaves", "loss": "Crossed leaves", "none": "Dashed leaves"}
COLUMNS, PITCH = 20, 34


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of a plot in pixels: its width with all words, where its side and its bottom are; how many marks an axis below it takes
    at most, and how many letters a line of words."""

    width: int
    side: int
    bottom: int
    marks: int
    letters: int

    @property
    def places(self) -> tuple[float, float]:
        """From where to where the plot goes across."""
        return self.side, self.width - RIM

    def below(self, made: Drawing, text: str) -> None:
        """Words in the middle under the plot, in as many lines as they need; the drawing grows by those after the first."""
        for number, line in enumerate(textwrap.wrap(text, self.letters)):
            made.words(sum(self.places) / 2, self.bottom + 40 + LINE * number, line, anchor="middle")
            made.height += LINE if number else 0


Point = tuple[float, Effect, float]  # where a study stands along the column, its effect, and its weight
WIDE, NARROW = Frame(820, 64, 360, 10, 110), Frame(360, 40, 290, 5, 46)


def funnel(found: Pooled, axis: Axis) -> Figure:
    """Effects by how exact they are; hollow ones are those that trim and fill adds."""
    added: Sequence[Effect] = found.trim_fill.added if found.trim_fill else ()
    told = [*((one, "study") for one in found.effects), *((one, "added by trim and fill") for one in added)]
    rows = [(one.study, figure(one.y, 3), figure(one.v**0.5, 3), kind) for one, kind in told]
    scale = _funnel_scale(found, WIDE)
    outside = sum(not scale.holds(one.y) for one, _ in told)
    note = f"{counted(outside, 'study lies', 'studies lie')} beyond the scale, drawn at its edge." if outside else ""
    return Figure(
        "funnel",
        "Small studies and large ones",
        _funnel(found, axis, WIDE),
        ("Study", axis.effect, "Standard error", "Kind"),
        rows,
        list(_lopsided(found)),
        note,
        small=_funnel(found, axis, NARROW),
    )


def _every(found: Pooled) -> Sequence[Effect]:
    return [*found.effects, *(found.trim_fill.added if found.trim_fill else ())]


def _funnel_scale(found: Pooled, frame: Frame) -> Scale:
    return across([own_interval(one) for one in _every(found)], found, frame.places)


def _funnel(found: Pooled, axis: Axis, frame: Frame) -> Drawing:
    scale = _funnel_scale(found, frame)
    down = Scale(0, max(one.v**0.5 for one in _every(found)) * 1.05, TOP, frame.bottom)
    made = Drawing(frame.width, frame.bottom + 68, f"Funnel plot of {counted(found.k, 'study', 'studies')} around {figure(found.estimate)}")
    effect_axis(made, scale, axis.direction, (TOP, frame.bottom), axis.effect)
    for side in (-Z, Z):
        reach = next((error for error in _errors(down.high) if not scale.holds(found.estimate + side * error)), down.high)
        made.line((scale.at(found.estimate), TOP), (scale.at(found.estimate + side * reach), down.at(reach)), "spread")
    made.line((scale.at(found.estimate), TOP), (scale.at(found.estimate), frame.bottom), "middle")
    for tick in down.ticks(5):
        made.words(frame.side - 8, down.at(tick) + 4, rounded(tick), anchor="end")
    made.words(4, 14, "Standard error; exact studies stand above")
    for one in found.effects:
        made.dot(scale.at(one.y), down.at(one.v**0.5), 4, "mark")
    for one in _every(found)[len(found.effects) :]:
        made.dot(scale.at(one.y), down.at(one.v**0.5), 4, "hollow")
    return made


def _errors(most: float) -> Iterator[float]:
    return (most * number / 100 for number in range(1, 101))


def _lopsided(found: Pooled) -> Iterator[str]:
    yield "Without small-study effects the points would spread evenly around the middle line, most of them between the dashed ones."
    if found.egger is None:
        yield "Whether they do cannot be tested: there are too few studies, or all are equally exact or alike."
        return
    test = f"Egger: t = {figure(found.egger.t)}, {chance(found.egger.p)}"
    if found.egger.p < ASYMMETRIC:
        yield f"They do not: small studies give other effects than large ones ({test}). Some without effect may never have been published."
    else:
        yield f"No clear sign that small studies give other effects ({test}), which does not prove that none are missing."
    if found.k < FEW_FOR_FUNNEL:
        yield "With fewer than ten studies this test finds little."
    filled = found.trim_fill
    if filled and filled.k0:
        put = counted(filled.k0, "study", "studies")
        yield f"Trim and fill puts in {put} on the {filled.side} (hollow); with them the effect is {figure(filled.estimate)}."
    elif filled:
        yield "Trim and fill puts in none."


def moved(steps: Sequence[Step], direction: Direction, effect: str) -> Figure:
    """The pooled effect after each year, with its interval."""
    rows = [(one.name, str(one.k), figure(one.estimate, 3), span(one.ci, 3)) for one in steps]
    wide, narrow = (_moved(steps, direction, effect, frame) for frame in (WIDE, NARROW))
    columns = ("Up to", "Studies", effect, "95 % interval")
    return Figure("moved", "How the evidence moved", wide, columns, rows, list(_moves(steps)), small=narrow)


def _moved(steps: Sequence[Step], direction: Direction, effect: str, frame: Frame) -> Drawing:
    years = [int(one.name) for one in steps]
    scale, down = Scale(min(years) - 0.5, max(years) + 0.5, *frame.places), _tall(steps, frame)
    title = f"How the pooled effect moved from {years[0]} to {years[-1]}: now {figure(steps[-1].estimate)}"
    made = Drawing(frame.width, frame.bottom + 44, title)
    _effects_up(made, down, direction, frame)
    for tick in scale.ticks(frame.marks):
        if float(tick).is_integer():
            made.words(scale.at(tick), frame.bottom + 20, f"{tick:.0f}", anchor="middle")
    frame.below(made, f"{effect} of all studies up to each year; the band is the interval")
    places = [(scale.at(year), one) for year, one in zip(years, steps, strict=True)]
    made.shape([*((x, down.at(one.ci.high)) for x, one in places), *((x, down.at(one.ci.low)) for x, one in reversed(places))], "band")
    made.shape([(x, down.at(one.estimate)) for x, one in places], "line", closed=False)
    for x, one in places:
        made.dot(x, down.at(one.estimate), 3, "whole")
    return made


def _tall(steps: Sequence[Step], frame: Frame) -> Scale:
    """A scale from bottom to top that holds the bands of all but the first studies, which are wide."""
    several = [one for one in steps if one.k >= FEWEST_BEFORE] or [steps[-1]]
    bounds = [bound for one in several for bound in (one.ci.low, one.ci.high)] + [one.estimate for one in steps]
    low, high = min(*bounds, 0.0), max(*bounds, 0.0)
    margin = max(high - low, 0.2) * 0.06
    return Scale(low - margin, high + margin, frame.bottom, TOP)


def _effects_up(made: Drawing, down: Scale, direction: Direction, frame: Frame) -> None:
    """The axis of effects at the side, with whom above and below favor, where that is known."""
    start, end = frame.places
    for tick in down.ticks(6):
        made.line((start, down.at(tick)), (end, down.at(tick)), "grid-line" if tick else "axis")
        made.words(start - 8, down.at(tick) + 4, rounded(tick), anchor="end")
    below, above = sides(direction)
    if above:
        made.words(start, 14, f"↑ {above}", look="strong")
        made.words(end, 14, f"↓ {below}", look="strong", anchor="end")


def _moves(steps: Sequence[Step]) -> Iterator[str]:
    last = steps[-1]
    first = next((one for one in steps if one.k >= FEWEST_BEFORE), steps[0])
    if first is not last:
        before = f"By {first.name}, {counted(first.k, 'study', 'studies')} came to {figure(first.estimate)}"
        yield f"{before}; by {last.name}, {counted(last.k, 'study', 'studies')} come to {figure(last.estimate)}."
    settled = last.name
    for one in reversed(steps):
        if abs(one.estimate - last.estimate) > SETTLED:
            break
        settled = one.name
    if settled != last.name:
        yield f"Since {settled} it has stayed within {SETTLED:g} of what it is now."


def along(regression: Regression, found: Pooled, axis: Axis, column: tuple[str, str]) -> Figure | None:
    """Effects along a column of figures, with the line through them; `column` is its name and its words. None where no study tells it."""
    name, words = column
    points = [
        (float(one.told[name].replace(",", ".")), one, weight)
        for one, weight in zip(found.effects, found.weights, strict=True)
        if one.told.get(name)
    ]
    if not points or len(regression.fit.estimates) < 2:
        return None
    rows = [(one.study, rounded(x), figure(one.y, 3), f"{weight:.2f}") for x, one, weight in points]
    wide, narrow = (_along(points, regression, found, axis, words, frame) for frame in (WIDE, NARROW))
    return Figure(
        "along",
        f"Does it change with {words[:1].lower()}{words[1:]}?",
        wide,
        ("Study", words, axis.effect, "Weight, %"),
        rows,
        list(_slope(regression, words)),
        small=narrow,
    )


def _along(points: Sequence[Point], regression: Regression, found: Pooled, axis: Axis, words: str, frame: Frame) -> Drawing:
    start, slope = regression.fit.estimates[:2]
    low, high = min(x for x, _, _ in points), max(x for x, _, _ in points)
    scale = Scale(low - (high - low or 1) * 0.03, high + (high - low or 1) * 0.03, *frame.places)
    flat = across([Interval(one.y, one.y) for _, one, _ in points], found, (frame.bottom, TOP))
    made = Drawing(frame.width, frame.bottom + 44, f"Effects by {words}")
    _effects_up(made, flat, axis.direction, frame)
    for tick in scale.ticks(frame.marks - 1):
        made.words(scale.at(tick), frame.bottom + 20, rounded(tick).replace(",", ""), anchor="middle")
    frame.below(made, words)
    heaviest = max(found.weights)
    for x, one, weight in points:
        made.dot(scale.at(x), flat.at(one.y), 2 + 5 * (weight / heaviest) ** 0.5, "hollow")
    made.line((scale.at(low), flat.at(start + slope * low)), (scale.at(high), flat.at(start + slope * high)), "line")
    return made


def _slope(regression: Regression, words: str) -> Iterator[str]:
    fit = regression.fit
    clear = fit.ci[1].low > 0 or fit.ci[1].high < 0
    change = f"{figure(fit.estimates[1], 4)} (interval {span(fit.ci[1], 4)}, {chance(fit.p[1])})"
    yield f"For each 1 more in {words[:1].lower()}{words[1:]} the effect changes by {change}, over {counted(fit.k, 'study', 'studies')}."
    yield "That is more than chance." if clear else "That may well be chance."
    yield "Studies differ in more than this: it shows no cause."
    if regression.left_out:
        yield f"{counted(len(regression.left_out), 'study', 'studies')} without a value left out."


def people(found: People) -> Figure:
    """A hundred leaves, by what becomes of people."""
    icons = found.expected.icons
    words = _spared(icons) if found.unwanted else _with(icons, "have the event" if found.event else "are well")
    said = "; ".join(f"{count} {text}" for _, text, count in words if count)
    made = Drawing(COLUMNS * PITCH + 8, (100 // COLUMNS) * PITCH + 8, f"100 leaves: {said}")
    for place, look in enumerate(look for look, _, count in words for _ in range(count)):
        x, y = 4 + PITCH * (place % COLUMNS), 4 + PITCH * (place // COLUMNS)
        inside = f'<path class="in" d="{INSIDE[look]}"/>' if INSIDE[look] else ""
        made.parts.append(f'<g class="leaf {look}" transform="translate({x} {y}) scale(1.3)"><path d="{LEAF}"/>{inside}</g>')
    rows = [(text[:1].upper() + text[1:], str(count)) for _, text, count in words if count]
    tells = [f"{SHAPES[look]}: {count} {text}." for look, text, count in words if count]
    return Figure("people", "Out of 100 people like those in the trials", made, ("What becomes of them", "Of 100"), rows, tells)


def _with(icons: Icons, outcome: str) -> list[tuple[str, str, int]]:
    return [
        ("met", f"{outcome} either way", icons.either),
        ("booked", f"{outcome} only because of therapy", icons.only_therapy),
        ("loss", f"{outcome} only without therapy", icons.only_control),
        (
            "none",
            f"{outcome.replace('are well', 'are not well').replace('have the', 'do not have the')} by the end of treatment",
            icons.neither,
        ),
    ]


def _spared(icons: Icons) -> list[tuple[str, str, int]]:
    return [
        ("met", "have no event either way", icons.neither),
        ("booked", "are spared the event by therapy", icons.only_control),
        ("loss", "have the event only with therapy", icons.only_therapy),
        ("none", "have the event either way", icons.either),
    ]
