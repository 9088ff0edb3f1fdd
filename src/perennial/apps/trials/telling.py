"""Sentences and tables of a result, for people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perennial.apps.trials.reckoning import Found, People
from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.values import Pooled
from perennial.core.synthesis.words import cannot_say, chance, figure, how, in_people, left_out_words, says, span
from perennial.core.values.late import late
from perennial.core.values.words import counted

special = late("scipy.special")

MOST_LEFT_OUT = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of figures: name, value, and what it is."""

    name: str
    value: str
    what: str


@dataclass(frozen=True, slots=True)
class Leaves:
    """A figure of the hundred: how many, in words, and the leaf that stands for them."""

    count: str
    words: str
    leaf: str


@dataclass(frozen=True, slots=True)
class Words:
    """All sentences of a result."""

    says: Sequence[str]
    cannot: Sequence[str]
    people: Sequence[str]
    how: Sequence[str]
    left_out: str
    lines_left_out: Sequence[str]
    more_left_out: int


def words_of(found: Found) -> Words:
    """What it says, what it cannot say, what it means for people, how it was reckoned, and what was left out and why."""
    chosen, pooled = found.chosen, found.pooled
    direction = in_a_sentence(chosen.direction)
    out = [f"Line {one.line}, {one.study}: {one.why}." if one.line else f"{one.study}: {one.why}." for one in chosen.left_out]
    return Words(
        says=[*says(pooled, chosen.kind, direction), *_typical(found)],
        cannot=[*cannot_say(pooled), *found.doubts],
        people=list(_people(found.people)) if found.people else [],
        how=[how(pooled.choices), f"{direction.sentence}; {direction.because}.", *_assumed(chosen.assumed)],
        left_out=left_out_words(chosen.reasons()),
        lines_left_out=out[:MOST_LEFT_OUT],
        more_left_out=max(len(out) - MOST_LEFT_OUT, 0),
    )


def in_a_sentence(direction: Direction) -> Direction:
    """The direction, its sentence made whole where it begins with "not known"."""
    unknown = direction.sentence.startswith("not known:")
    return replace(direction, sentence=f"whom a number favors is {direction.sentence}") if unknown else direction


def untold(found: Found) -> str:
    """Why nothing is told of 100 people; empty where it is."""
    if found.people:
        return ""
    if found.chosen.kind == "log_rr" and found.chosen.direction.more_in:
        return "State how many of 100 people have the event without therapy, and the page says what the effect means for 100 people."
    return "The data do not say whom a positive number favors, so that nothing can be told of 100 people."


def _assumed(assumed: Sequence[str]) -> Iterator[str]:
    yield from (f"Assumed: {one}." for one in assumed)


def _typical(found: Found) -> Iterator[str]:
    """The share of the control group below the mean of the other (Cohen's U3), where whom the effect favors is known and sure."""
    pooled, favors = found.pooled, found.chosen.direction.favors
    if found.chosen.kind != "g" or favors is None or pooled.ci.low <= 0 <= pooled.ci.high:
        return
    toward = pooled.estimate if favors == "therapy" else -pooled.estimate
    better, other = ("therapy", "control") if toward > 0 else ("control", "therapy")
    share = round(100 * float(special.ndtr(abs(pooled.estimate))))
    told = f"the average person in {better} ends better off than {share} of 100 people in {other}"
    yield f"Put otherwise: {told}, if scores spread like a bell."


def _people(people: People) -> Iterator[str]:
    yield from in_people(people.expected, "have the event" if people.event else "are well")
    yield f"The base, {people.base} of 100 without therapy, is {people.because}."


def leaves_of(people: People) -> list[Leaves]:
    """The hundred in figures: how many are well (or have the event) without therapy, what therapy changes, and who remains."""
    icons = people.expected.icons
    if people.unwanted:
        change = Leaves(f"{icons.only_therapy} more", "have the event because of therapy", "missing")
        if icons.only_control or not icons.only_therapy:
            change = Leaves(str(icons.only_control), "are spared the event by therapy", "booked")
        rest = Leaves(str(icons.either), "have the event either way", "")
        return [Leaves(str(icons.neither), "have no event either way", "met"), change, rest]
    outcome, none = ("have the event", "do not have it") if people.event else ("are well", "are not well by the end of treatment")
    change = Leaves(f"{icons.only_therapy} more", f"{outcome} because of therapy", "booked")
    if icons.only_control:
        change = Leaves(f"{icons.only_control} fewer", f"{outcome} with therapy", "missing")
    return [
        Leaves(str(icons.either + icons.only_control), f"{outcome} without therapy", "met"),
        change,
        Leaves(str(icons.neither), none, ""),
    ]


def certainty_of(people: People) -> list[str]:
    """How sure the count is: for the mean, and for a new place."""
    expected, base = people.expected, people.base
    low, high = round(100 * expected.interval.low), round(100 * expected.interval.high)
    what = "have the event" if people.event else "are well"
    lines = [f"The average: with therapy between {min(low, high)} and {max(low, high)} of 100 {what}, against {base} without."]
    if people.elsewhere:
        first, last = sorted(people.elsewhere)
        lines.append(f"Your own setting is less certain: in a new place it could be anywhere from {first} to {last} of 100.")
    if expected.nnt is not None and expected.nnt_interval is not None:
        between = f"{expected.nnt_interval.low:.1f} to {expected.nnt_interval.high:.1f}"
        change = "more" if expected.therapy > expected.base else "fewer"
        for_one = f"one event {change}" if people.event else f"one {change} who is well"
        lines.append(f"Number needed to treat: {expected.nnt:.1f} people for {for_one} ({between}).")
    return lines


def table_of(pooled: Pooled) -> list[Line]:
    """The figures."""
    egger = f"t = {figure(pooled.egger.t)}, {chance(pooled.egger.p)}" if pooled.egger else "not known"
    filled = pooled.trim_fill
    put = counted(filled.k0, "study", "studies") if filled else ""
    added = (
        f"{put} added on the {filled.side}; {figure(filled.estimate, 3)}"
        if filled and filled.k0
        else "none added"
        if filled
        else "not known"
    )
    values = (
        str(pooled.k),
        f"{figure(pooled.estimate, 3)} (standard error {figure(pooled.se, 3)})",
        span(pooled.ci, 3),
        span(pooled.prediction_interval, 3),
        f"{figure(pooled.tau2, 3)} ({span(pooled.tau2_ci, 3)})" if pooled.tau2 is not None else "not known",
        f"{figure(pooled.i2, 1)} % ({span(pooled.i2_ci, 1)})" if pooled.i2 is not None else "not known",
        f"{figure(pooled.q)}, {chance(pooled.q_p)}" if pooled.q is not None else "not known",
        egger,
        added,
    )
    return [Line(name, value, what) for (name, what), value in zip(HELP.items(), values, strict=True)]


HELP = {
    "Studies": "Several effects of one study are joined first, so that no study counts twice.",
    "Estimate": "The mean effect over studies like these.",
    "95 % interval": "Where that mean lies. It says nothing about single places or people.",
    "Prediction interval": "Where the effect of a new study, in a new place, is expected.",
    "τ²": "The variance of true effects between studies; 0 where all have the same.",
    "I²": "The share of the spread between studies that is more than chance.",
    "Q": "A test of whether there is more spread than chance; with many studies there nearly always is.",
    "Egger": "A test of whether small studies give other effects than large ones.",
    "Trim and fill": "How many small studies would make the funnel even, and the estimate with them.",
}
