"""What a pooled effect says in plain words, and what it cannot say: pure functions of the result."""

import math

from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.people import Expected
from perennial.core.synthesis.values import METHOD_NAMES, Choices, Interval, Kind, Pooled
from perennial.core.values.words import counted, listed

FEW, FEW_FOR_FUNNEL, ASYMMETRIC = 5, 10, 0.1
NAMES = {"g": "Hedges' g", "log_rr": "the log risk ratio"}
MINUS = "\N{MINUS SIGN}"
ONE_CLIENT = "This is a mean over groups of people in studies. It promises nothing for one client."
ALL_EQUAL = "All effects are equal, so that the interval has no width; that is no sign of certainty."


def figure(value: float | None, places: int = 2) -> str:
    """A figure with a true minus; "not known" where there is none, and "no limit found" where it is endless."""
    if value is None:
        return "not known"
    if math.isinf(value):
        return "no limit found"
    said = f"{value:.{places}f}"
    return said.removeprefix("-") if float(said) == 0 else said.replace("-", MINUS)


def span(interval: Interval | None, places: int = 2) -> str:
    """An interval in words: 0.31 to 0.52."""
    return f"{figure(interval.low, places)} to {figure(interval.high, places)}" if interval else "not known"


def chance(p: float | None) -> str:
    """A p value with its sign: p = 0.034, p < 0.001."""
    if p is None:
        return "p not known"
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def how(choices: Choices) -> str:
    """The choices in a sentence."""
    parts = [METHOD_NAMES[choices.method]]
    if choices.knapp_hartung and choices.method != "FE":
        parts.append("with Knapp and Hartung's intervals")
    together = (
        f"effects of one study joined at a correlation of {choices.rho:g}" if choices.rho is not None else "effects taken as independent"
    )
    return f"{', '.join(parts)}; {together}."


def says(found: Pooled, kind: Kind, direction: Direction) -> list[str]:
    """What the result says."""
    studies = "One study" if found.k == 1 else f"Over {counted(found.k, 'study', 'studies')}"
    level = f"{100 * found.choices.level:g} %"
    lines = [f"{studies}: {NAMES[kind]} is {figure(found.estimate)} ({level} interval {span(found.ci)}). {_sentence(direction.sentence)}"]
    lines.append(_whom(found, direction))
    if found.prediction_interval and found.k > 2:
        both = _includes_none(found.prediction_interval)
        wide = "which includes 0: in some places there may be no effect, or the contrary" if both else "all on one side of 0"
        lines.append(f"A new study like these would be expected at {span(found.prediction_interval)}, {wide}.")
    if found.i2 is not None and found.i2_ci is not None:
        beyond = f"I², {span(found.i2_ci, 0)} %; τ² {figure(found.tau2, 3)}"
        lines.append(f"{found.i2:.0f} % of the spread between studies is more than chance ({beyond}).")
    return lines


def cannot_say(found: Pooled) -> list[str]:
    """What it cannot say, and what makes it doubtful."""
    lines = []
    if found.k == 1:
        lines.append("One study says nothing about how effects differ between studies; its interval is its own.")
    elif found.k < FEW:
        lines.append(f"{found.k} studies are few: the spread between them, and with it the interval, is hardly known.")
    if found.k > 1 and found.se == 0:
        lines.append(ALL_EQUAL)
    elif found.tau2 == 0:
        lines.append("No spread between studies was found beyond chance, which does not prove that there is none.")
    lines += _small_studies(found)
    return [*lines, ONE_CLIENT]


def _small_studies(found: Pooled) -> list[str]:
    lines = []
    if 1 < found.k < FEW_FOR_FUNNEL:
        lines.append("With fewer than ten studies, tests for missing small studies find little.")
    if found.egger and found.egger.p < ASYMMETRIC:
        test = f"Egger: t = {figure(found.egger.t)}, {chance(found.egger.p)}"
        lines.append(
            f"Small studies give other effects than large ones ({test}): small studies without effect may never have been published, or "
            "small studies may differ in other ways."
        )
    if found.egger is None and found.k > 1:
        lines.append("Whether small studies give other effects cannot be told: there are too few, or all are equally exact or alike.")
    if found.trim_fill and found.trim_fill.k0:
        added = counted(found.trim_fill.k0, "study", "studies")
        lines.append(
            f"Trim and fill adds {added} on the {found.trim_fill.side} and moves the estimate to {figure(found.trim_fill.estimate)}."
        )
    return lines


def in_people(expected: Expected, outcome: str = "are well") -> list[str]:
    """What it means for 100 people, with what that takes for granted. `outcome` is what the share is of, as a verb."""
    without, treated = round(100 * expected.base), round(100 * expected.therapy)
    low, high = sorted((round(100 * expected.interval.low), round(100 * expected.interval.high)))
    lines = [f"If {without} of 100 {outcome} without therapy, {treated} of 100 would with it ({low} to {high})."]
    if expected.nnt is None or expected.nnt_interval is None:
        lines.append("The interval includes no difference at all, so that no number needed to treat is given.")
    else:
        between = f"{expected.nnt_interval.low:.1f} to {expected.nnt_interval.high:.1f}"
        more = "more" if expected.therapy > expected.base else "fewer"
        lines.append(f"{expected.nnt:.1f} people are treated for one {more} ({between}).")
    return [*lines, f"This takes for granted that {expected.assumed}."]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _whom(found: Pooled, direction: Direction) -> str:
    if _includes_none(found.ci):
        return "The interval includes 0, so that these studies do not tell whether there is a difference."
    if direction.favors is None:
        return "The interval does not include 0."
    other = "control" if direction.favors == "therapy" else "therapy"
    return f"The interval does not include 0: the studies favor {direction.favors if found.estimate > 0 else other}."


def _includes_none(interval: Interval) -> bool:
    return interval.low <= 0 <= interval.high


def left_out_words(reasons: dict[str, int]) -> str:
    """How many rows were not pooled, and why; empty where all were."""
    told = listed(f"{counted(count, 'row')} ({why})" for why, count in reasons.items())
    return f"Left out: {told}." if reasons else ""
