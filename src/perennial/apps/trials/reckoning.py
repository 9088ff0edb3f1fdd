"""What comes of an analysis: the one place that asks core.synthesis; kept by the digest of the data, so that asking again is quick."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress
from typing import TypeVar

from perennial.apps.trials.analyses import KINDS, Analysis
from perennial.apps.trials.models import Dataset
from perennial.apps.trials.reading import Source, read, source_of
from perennial.core.synthesis.choosing import Chosen, LeftOut, Selection, Where, choose
from perennial.core.synthesis.direction import is_control
from perennial.core.synthesis.metapsy import TrialFile
from perennial.core.synthesis.moderators import Regression, regress, subgroups
from perennial.core.synthesis.moving import cumulative, leave_one_out
from perennial.core.synthesis.people import Expected, from_g, from_log_rr
from perennial.core.synthesis.pooling import pool
from perennial.core.synthesis.table import Unreadable
from perennial.core.synthesis.values import Choices, Effect, Interval, Pooled, Step, Subgroups
from perennial.core.values import Refusal

T = TypeVar("T")
MOST_KEPT, MOST_WITHOUT = 128, 1500
OTHERWISE = "Choose another effect or another time, or bring the file anew and say which columns hold them."
BY_CHOICE = "left out by choice"
GUESS = 20
"""Of 100 people, how many are taken to be well without therapy where the reader states nothing: a guess, said to be one."""


@dataclass(frozen=True, slots=True)
class People:
    """What the effect means for 100 people: the base, where it is from, the result with the interval of the mean, and where it would
    lie in a new place (people of 100; None with one study). `event`: the outcome is a counted event and not being well; `unwanted`: one
    that the data tell to be no good, such as an attempt."""

    base: int
    because: str
    expected: Expected
    elsewhere: tuple[int, int] | None
    event: bool
    unwanted: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it. `doubts` are sentences on what could not be reckoned."""

    analysis: Analysis
    chosen: Chosen
    pooled: Pooled
    steps: Sequence[Step]
    without: Sequence[Step]
    groups: Subgroups | None
    regression: Regression | None
    people: People | None
    doubts: Sequence[str]


def found_for(dataset: Dataset, analysis: Analysis) -> Found:
    """What comes of the analysis. Raises Refusal, saying what to choose otherwise, where nothing does."""
    with _refusing():
        return reckoned(source_of(dataset), analysis)


def pooled_only(dataset: Dataset, analysis: Analysis) -> tuple[Chosen, Pooled]:
    """The pooled effect alone. Raises Refusal as `found_for` does."""
    with _refusing():
        return _pooled(source_of(dataset), replace(analysis, by="", on="", base=0))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Refusal("The file of this dataset cannot be read. Import it once more.") from fault
    except Unreadable as fault:
        mend = OTHERWISE if "--" in fault.problem.mend else fault.problem.mend
        raise Refusal(f"This file {fault.problem.what}. {mend}") from fault
    except (ArithmeticError, ValueError) as fault:
        raise Refusal(f"This cannot be pooled: {fault}. Choose other rows, or another method.") from fault


@lru_cache(maxsize=4 * MOST_KEPT)
def _pooled(source: Source, analysis: Analysis) -> tuple[Chosen, Pooled]:
    chosen = _chosen(read(source), analysis)
    return chosen, pool(chosen.effects, _choices(analysis))


@lru_cache(maxsize=MOST_KEPT)
def reckoned(source: Source, analysis: Analysis) -> Found:
    """What comes of an analysis of a file. Raises OSError, Unreadable, NotConverged or ValueError where nothing does."""
    file, choices = read(source), _choices(analysis)
    chosen, pooled = _pooled(source, replace(analysis, by="", on="", base=0))
    doubts: list[str] = []
    return Found(
        analysis=analysis,
        chosen=chosen,
        pooled=pooled,
        steps=_tried(lambda: cumulative(chosen.effects, choices), "How the evidence moved", doubts) or (),
        without=_without(chosen, pooled, choices, doubts),
        groups=_groups(analysis.by, chosen, choices),
        regression=_tried(lambda: regress(chosen.effects, [analysis.on], choices), f"A line along {analysis.on}", doubts)
        if analysis.on
        else None,
        people=people_of(file, chosen, pooled, analysis.base),
        doubts=tuple(doubts),
    )


def _choices(analysis: Analysis) -> Choices:
    return Choices(method=analysis.method, knapp_hartung=analysis.knapp_hartung, rho=analysis.rho)


def _chosen(file: TrialFile, analysis: Analysis) -> Chosen:
    """The rows, of them those of the years, and without the studies that are left out. Raises Unreadable, or ValueError where none fits."""
    where = tuple(Where(column, values) for column, values in analysis.where)
    chosen = choose(file, Selection(KINDS.get(analysis.kind), analysis.time or None, where))
    whys = [_passed_over(one, analysis) for one in chosen.effects]
    if not any(whys):
        return chosen
    if all(whys):
        raise ValueError("all studies are left out" if set(whys) == {BY_CHOICE} else "no study is of these years")
    out = [LeftOut(0, one.study, why) for one, why in zip(chosen.effects, whys, strict=True) if why]
    return replace(chosen, effects=tuple(compress(chosen.effects, [not why for why in whys])), left_out=(*chosen.left_out, *out))


def _passed_over(one: Effect, analysis: Analysis) -> str:
    """Why an effect is not pooled in this analysis; empty where it is."""
    if one.study in analysis.without:
        return BY_CHOICE
    if not (analysis.first or analysis.last):
        return ""
    if not one.year:
        return "year of publication not known"
    return "" if analysis.first <= one.year <= (analysis.last or one.year) else "published in other years"


def _without(chosen: Chosen, pooled: Pooled, choices: Choices, doubts: list[str]) -> Sequence[Step]:
    if pooled.k > MOST_WITHOUT:
        doubts.append(f"Leaving out each study in turn is reckoned for up to {MOST_WITHOUT:,} studies.")
        return ()
    return _tried(lambda: leave_one_out(chosen.effects, choices), "Leaving out each study in turn", doubts) or ()


def _groups(by: str, chosen: Chosen, choices: Choices) -> Subgroups | None:
    known = [one for one in chosen.effects if by and one.told.get(by)]
    return subgroups(known, lambda one: one.told[by], choices) if known else None


def _tried(made: Callable[[], T], what: str, doubts: list[str]) -> T | None:
    """What comes of it; where nothing does, a sentence is added to the doubts."""
    try:
        return made()
    except (ArithmeticError, ValueError) as fault:
        doubts.append(f"{what} could not be reckoned: {fault}.")
        return None


def people_of(file: TrialFile, chosen: Chosen, pooled: Pooled, stated: int) -> People | None:
    """What the effect means for 100 people; None where whom it favors is not known, or nothing tells how many have the event."""
    if chosen.kind == "log_rr":
        return _events(file, chosen, pooled, stated)
    favors = chosen.direction.favors
    if favors is None:
        return None
    sign = 1.0 if favors == "therapy" else -1.0
    base = stated or GUESS
    because = "what you state" if stated else "a starting guess, not a figure of these trials: put in that of your own service"
    expected = from_g(sign * pooled.estimate, _turned(pooled.ci, sign), base / 100)
    spread = pooled.prediction_interval
    elsewhere = from_g(sign * pooled.estimate, _turned(spread, sign), base / 100).interval if spread else None
    return People(base, because, expected, _whole(elsewhere), event=False, unwanted=False)


def _events(file: TrialFile, chosen: Chosen, pooled: Pooled, stated: int) -> People | None:
    """As counts of an event; the base is that of the control arms of the same trials where the reader states none."""
    direction = chosen.direction
    if direction.more_in is None:
        return None
    sign = 1.0 if direction.more_in == "therapy" else -1.0
    there = _share_of_controls(file, chosen)
    base = stated or (min(max(round(100 * there), 1), 99) if there is not None else 0)
    if not base:
        return None
    because = "what you state" if stated else "the share over all control arms of these trials"
    expected = from_log_rr(sign * pooled.estimate, _turned(pooled.ci, sign), base / 100)
    spread = pooled.prediction_interval
    elsewhere = from_log_rr(sign * pooled.estimate, _turned(spread, sign), base / 100).interval if spread else None
    return People(base, because, expected, _whole(elsewhere), event=True, unwanted=direction.favors not in (None, direction.more_in))


def _turned(interval: Interval, sign: float) -> Interval:
    return interval if sign > 0 else Interval(-interval.high, -interval.low)


def _whole(interval: Interval | None) -> tuple[int, int] | None:
    return (round(100 * interval.low), round(100 * interval.high)) if interval else None


def _share_of_controls(file: TrialFile, chosen: Chosen) -> float | None:
    """The share of people with the event over the control arms of the studies chosen; None where no counts are there."""
    studies = {one.study for one in chosen.effects}
    first = sum(is_control(one.arm1.condition) for one in file.trials) > sum(is_control(one.arm2.condition) for one in file.trials)
    arms = [one.arm1 if first else one.arm2 for one in file.trials if one.study in studies]
    told = [(arm.event, arm.total) for arm in arms if arm.event is not None and arm.total]
    return sum(events for events, _ in told) / sum(total for _, total in told) if told else None
