"""What decides whether a credit counts: the limit, requirement, approval, window or repeat, with its source in the rule file."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perennial.core.rules.answer import Line
from perennial.core.rules.asked import Cap
from perennial.core.rules.assign import assign
from perennial.core.rules.count import Count, choice_of, on_top
from perennial.core.rules.evaluate import hours
from perennial.core.rules.ledger import EXCLUDED, NOT_RUNNING, ONCE, UNACCEPTED
from perennial.core.rules.rule import Rule, in_force
from perennial.core.rules.schema import Source
from perennial.core.rules.selection import Entry
from perennial.core.rules.would_count.gain import KEY, Case
from perennial.core.values.words import ce_hours, day_in_words, listed

Kind = Literal[
    "line",
    "limit",
    "approval",
    "lapsed",
    "window",
    "repeat",
    "twin",
    "excluded",
    "length",
    "carry",
    "not_asked",
    "open",
    "needs",
    "question",
]
"""What a verdict hangs on; docs/algorithms/will-it-count.md tells each."""
OUT: dict[str, Kind] = {UNACCEPTED: "approval", EXCLUDED: "excluded", ONCE: "repeat", NOT_RUNNING: "repeat"}


@dataclass(frozen=True, slots=True)
class Decider:
    """What decides. `requirement` is the id of the requirement or limit, where it is one; `says` what its source says, in our words."""

    kind: Kind
    name: str
    says: str
    source: Source | None
    requirement: str | None = None


def refused(case: Case) -> tuple[Decider, str]:
    """What leaves the credit out altogether, and why in a sentence."""
    rule, out = case.rule, case.out
    if out is None:
        raise TypeError("Only a credit that is left out is refused.")
    kind = OUT.get(out.because)
    if kind is None and out.because.startswith("Shorter than"):
        kind = "length"
    if kind is None:
        return window_of(case), _outside(case)
    if kind == "approval":
        names = listed(rule.vocabulary.name(rule.vocabulary.approval(a)) for a in case.credit.approvals)
        because = f"{out.because} Named: {names}." if case.credit.approvals else f"{out.because} None is named."
        return approvals_of(rule, "approval"), because
    return counting_of(rule, kind), out.because


def _outside(case: Case) -> str:
    window, day = case.after.question.window, case.credit.date
    if day < window.start:
        return f"It was completed before {day_in_words(window.start)}, when hours for this period begin to count."
    return f"It is completed after {day_in_words(window.end)}, the last day on which hours count for this period."


def window_of(case: Case) -> Decider:
    """The days between which hours count."""
    file = case.rule.file
    if file.window is not None and file.window.source is not None:
        return Decider("window", "Days on which hours count", file.window.says, source_of(case.rule, file.window.source))
    return Decider("window", "Days on which hours count", file.period.says, source_of(case.rule, file.period.source))


def approvals_of(rule: Rule, kind: Kind) -> Decider:
    """Whose approval the board accepts."""
    accepted = rule.file.approvals
    return Decider(kind, "Accepted approvals", accepted.says or "", source_of(rule, accepted.source))


def carried(case: Case) -> Decider:
    """Surplus hours of the period before."""
    rule = case.rule.file.carry_over
    figure = in_force(rule.at_most, case.after.question.window.end)
    says = rule.says or (figure.says if figure is not None else "")
    return Decider("carry", "Carry-over", says, source_of(case.rule, figure.source if figure is not None else None))


def counting_of(rule: Rule, kind: Kind) -> Decider:
    """How single credits are measured."""
    names: dict[Kind, str] = {"length": "Length of a credit", "excluded": "Kinds of credit", "twin": "Entered already"}
    counting = rule.file.counting
    if kind == "twin":
        return Decider(kind, names[kind], "", source_of(rule, counting.source))
    return Decider(kind, names.get(kind, "Repeated courses"), counting.says or "", source_of(rule, counting.source))


def line_of(rule: Rule, line: Line, kind: Kind = "line") -> Decider:
    """A requirement or limit as it was judged; one that asks for a number of kinds has its source there."""
    requirement = rule.file.requirements.get(line.requirement)
    kinds = requirement.kinds if requirement is not None else None
    source = line.source or source_of(rule, kinds.source if kinds is not None else None)
    return Decider(kind, line.name, line.says or (kinds.says if kinds is not None else ""), source, line.requirement)


def lines_by_need(case: Case, lines: Sequence[Line]) -> list[Line]:
    """The lines that the credit serves, those first that lacked something, topics before the total."""
    relieved = case.gain.relieved
    served = [line for line in lines if line.kind != "limit" and any(c.credit == KEY for c in line.credits)]
    served += [line for line in lines if line.requirement in relieved and line not in served]
    return sorted(served, key=lambda line: (line.requirement not in relieved, line.kind == "total"))


def lost(case: Case, lines: Sequence[Line]) -> tuple[Decider, str]:
    """What keeps hours of a credit inside the window from counting, and why in a sentence."""
    entry, gain = case.entry, case.gain
    if entry is None:
        raise TypeError("Only a credit inside the window loses hours.")
    if shorter := displaced(case):
        return counting_of(case.rule, "repeat"), _in_place_of(case, shorter)
    cap = limit_that_decides(case, entry)
    if cap is not None:
        line = next(line for line in lines if line.kind == "limit" and line.requirement == cap.id)
        return line_of(case.rule, line, "limit"), f"Over the limit on {line.name} (at most {ce_hours(line.asked or Decimal(0))})."
    if gain.whole >= entry.units:
        least = case.rule.file.counting.step_hours
        because = f"This board counts in steps of {ce_hours(least)}." if least else "This board counts a part of it."
        return counting_of(case.rule, "length"), because
    return _unasked(case, entry, lines)


def _unasked(case: Case, entry: Entry, lines: Sequence[Line]) -> tuple[Decider, str]:
    """A credit whose hours no line takes."""
    file, reading = case.rule.file, case.after.question.reading
    total = next((line for line in lines if line.kind == "total"), None)
    for line in lines:
        requirement, ask = file.requirements.get(line.requirement), case.after.asked.get(line.requirement)
        if requirement is None or ask is None or line.kind == "total" or not on_top(requirement, ask, reading):
            continue
        if entry.in_topics(frozenset(requirement.topics or (line.requirement,))):
            return line_of(
                case.rule, line, "not_asked"
            ), f"Hours in {line.name} come on top of the hours in all and do not count toward them."
    if total is not None and total.asked is None:
        return line_of(case.rule, total, "not_asked"), f"No hours in all are asked now. {total.because}"
    first = total or (lines[0] if lines else None)
    decider = line_of(case.rule, first, "not_asked") if first else Decider("not_asked", case.rule.file.title, "", None)
    return decider, "No line of this rule asks for the rest." if case.gain.counted else "No line of this rule asks for it."


def displaced(case: Case) -> int:
    """Units of a shorter taking of the same course that the credit takes the place of; 0 where there is none."""
    course = case.credit.course
    left = {o.credit.id for o in case.after.ledger.out} if course else set()
    return sum(e.units for e in case.before.question.inside if e.credit.course == course and e.credit.id in left)


def _in_place_of(case: Case, units: int) -> str:
    if case.gain.adds < 0:
        return f"{ONCE} The longer one would take the place of the {ce_hours(hours(units))} that count now, and fewer would count."
    return f"{ONCE} The longer one takes the place of the {ce_hours(hours(units))} that count now."


def limit_that_decides(case: Case, entry: Entry) -> Cap | None:
    """The limit without which more would count; where several hold the same hours, the narrowest."""
    found, index = case.after, case.after.question.inside.index(entry)
    holding = [c for c in found.caps if found.question.picked(found.question.rule.limits[c.id])[index] and _is_over(found, c)]
    for cap in holding:
        rest = [other for other in found.caps if other is not cap]
        if assign(choice_of(found.question, found.asked, rest)).most > found.assignment.most:
            return cap
    return min(holding, key=lambda cap: cap.units, default=None)


def _is_over(found: Count, cap: Cap) -> bool:
    held = found.question.picked(found.question.rule.limits[cap.id])
    return any(h > c for h, c in zip(held, found.assignment.counted, strict=True))


def source_of(rule: Rule, key: str | None) -> Source | None:
    """A source of the rule file; that of the hours in all where none is named."""
    if key is None:
        figures = rule.total.at_least if rule.total is not None else ()
        key = figures[-1].source if figures else None
    return rule.file.sources.get(key) if key is not None else None
