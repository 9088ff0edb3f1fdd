"""An answer where the person has not said whether an attribute holds: only what every possible answer agrees on is told.

The license is judged once for each way in which the open questions could be answered. A verdict stands where all of them give it;
else it is not known. Hours said to be missing are those that lack either way. See docs/algorithms/unanswered.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from perennial.core.rules.answer import ATTRIBUTE, Answer, Line
from perennial.core.rules.attributes import question
from perennial.core.rules.facts import Standing
from perennial.core.rules.rule import Rule
from perennial.core.values.words import ce_hours, plain_hours

Held = frozenset[str]
MOST_OPEN = 6
"""Attributes of one rule that may be open at once; 64 ways to answer them. No rule asks for more than three."""
FINE = ("met", "not_asked", "within")


@dataclass(frozen=True, slots=True)
class Unsure:
    """One license judged for every way in which the open attributes `slugs` could hold."""

    rule: Rule
    slugs: tuple[str, ...]
    answers: Mapping[Held, Answer]


def ways(standing: Standing, slugs: Sequence[str]) -> Iterator[tuple[Held, Standing]]:
    """The same standing once for each way in which the open attributes could hold; with none of them first.

    Raises ValueError where there are more than can be tried.
    """
    if len(slugs) > MOST_OPEN:
        raise ValueError(f"{len(slugs)} attributes are open at once; at most {MOST_OPEN} can be.")
    for many in range(len(slugs) + 1):
        for chosen in combinations(slugs, many):
            held = frozenset(chosen)
            yield held, replace(standing, attributes=standing.attributes | held, unanswered=frozenset())


def agreed(unsure: Unsure) -> Answer:
    """What holds whichever way the open questions are answered.

    `compliant` is None where the ways differ; `missing`, `asked_hours` and `counted_hours` are the least of them; `certain` only if each
    way is. A line on which they differ has the verdict `not_known`. `needs` names the attributes that make a difference.
    """
    ordered = dict(sorted(unsure.answers.items(), key=lambda pair: pair[1].counted_hours))
    unsure = replace(unsure, answers=ordered)
    answers = tuple(ordered.values())
    shown = answers[0]
    open_ = tuple(slug for slug in unsure.slugs if _matters(unsure, slug))
    verdicts = {answer.compliant for answer in answers}
    compliant = verdicts.pop() if len(verdicts) == 1 else None
    return replace(
        shown,
        compliant=compliant,
        certain=compliant is not None and all(answer.certain for answer in answers),
        asked_hours=min((a.asked_hours for a in answers if a.asked_hours is not None), default=None),
        missing=_surely_missing(answers),
        unchecked=tuple(dict.fromkeys(point for answer in answers for point in answer.unchecked)),
        lines=tuple(_line(unsure, key) for key in dict.fromkeys(line.requirement for answer in answers for line in answer.lines)),
        needs=tuple(dict.fromkeys((*shown.needs, *(ATTRIBUTE + slug for slug in open_)))),
    )


def _surely_missing(answers: Sequence[Answer]) -> dict[str, Decimal | None]:
    first, *others = answers
    return {
        key: None if hours is None else min((hours, *(left for a in others if (left := a.missing[key]) is not None)))
        for key, hours in first.missing.items()
        if all(key in other.missing for other in others)
    }


def _matters(unsure: Unsure, slug: str) -> bool:
    """Whether an attribute changes the verdict, its certainty, or anything that is missing, whatever else holds."""
    pairs = ((answer, unsure.answers[held | {slug}]) for held, answer in unsure.answers.items() if slug not in held)
    return any(_outcome(without) != _outcome(with_it) for without, with_it in pairs)


def _outcome(answer: Answer) -> tuple[object, ...]:
    lines = tuple((line.requirement, line.missing) for line in answer.lines if line.verdict not in FINE)
    return answer.compliant, answer.certain, lines


def _line(unsure: Unsure, key: str) -> Line:
    """One line as the ways give it: not known where they differ, and where all are content, as that one has it that asks most."""
    found = {held: next((line for line in answer.lines if line.requirement == key), None) for held, answer in unsure.answers.items()}
    lines = [line for line in found.values() if line is not None]
    most = max(lines, key=_weight)
    least = min(lines, key=_weight)
    if all(_mark(line) == _mark(most) for line in found.values()) or all(line.verdict in FINE for line in lines):
        return most
    slugs = [slug for slug in unsure.slugs if any(_mark(found[h]) != _mark(found[h | {slug}]) for h in found if slug not in h)]
    asks = " ".join(question(unsure.rule, slug) for slug in slugs)
    because = f"Not known until you answer: {asks} {_choice(lines)}"
    if all(line.verdict == "missing" for line in lines) and len(lines) == len(found):
        return replace(most, asked=least.asked, missing=least.missing, because=f"{least.because} {because}")
    return replace(most, asked=None, verdict="not_known", missing=Decimal(0), because=because)


def _weight(line: Line) -> tuple[bool, bool, Decimal, bool]:
    """How much a line asks: what lacks, then what is asked."""
    return line.verdict not in FINE, line.missing is None, line.left or line.asked or Decimal(0), line.verdict != "not_asked"


def _mark(line: Line | None) -> tuple[object, ...]:
    return () if line is None else (line.verdict, line.asked, line.missing)


def _choice(lines: Sequence[Line]) -> str:
    """What may be asked, by the answer."""
    figures = sorted({line.asked for line in lines if line.verdict != "not_asked" and line.asked})
    nothing = any(line.verdict == "not_asked" or line.asked == 0 for line in lines)
    if not figures:
        return "It must be completed, or is not asked." if nothing else "It must be completed."
    said = " or ".join((*map(plain_hours, figures[:-1]), ce_hours(figures[-1])))
    verb = "is" if figures == [Decimal(1)] else "are"
    return f"{said} {verb} asked, or none." if nothing else f"{said} {verb} asked."
