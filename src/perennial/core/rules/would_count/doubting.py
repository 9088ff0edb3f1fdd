"""Which open point decides where the readings of a rule disagree on a credit, as a sentence and with its source."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from perennial.core.rules.count import Count, recount
from perennial.core.rules.evaluate import stale_sources
from perennial.core.rules.ledger import accepts
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Effect, OpenPoint
from perennial.core.rules.selection import Reading
from perennial.core.rules.would_count.deciding import Decider, approvals_of, source_of
from perennial.core.rules.would_count.gain import KEY, Case, Gain, all_accepted, gain_of

READINGS = (Reading.STRICT, Reading.LOOSE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not known, as a sentence, and the part of the rule file that it concerns."""

    says: str
    decider: Decider
    decides: bool = True
    """Whether the verdict itself could be another; else only the hours of it."""


def doubt_of(case: Case) -> Doubt | None:
    """What could change whether, or how far, the credit counts; None where every reading agrees."""
    whole = next(chain(_any_verdict(case), _place(case), _approver(case)), None)
    if whole is not None:
        return whole
    others = tuple(case.other_gains())
    if all(_alike(case.gain, other) for other in others):
        return None
    found = next(chain(_points(case), _file(case)))
    return replace(found, decides=any(other.verdict != case.gain.verdict for other in others))


def _alike(one: Gain, other: Gain) -> bool:
    """Whether two readings give the same verdict on the same hours."""
    return one.verdict == other.verdict and (one.verdict != "partly" or one.counted == other.counted)


def _any_verdict(case: Case) -> Iterator[Doubt]:
    """A rule of which the text in force was not read, or only in a copy younger than the period."""
    rule, found = case.rule, case.after
    for point in rule.file.open.values():
        if any(effect.anything and effect in found.question.effects for effect in point.could):
            yield _point(rule, point)
    for old in stale_sources(found.question, found.asked, found.caps):
        yield Doubt(old, Decider("open", "Date of the source", "", source_of(rule, None)))


def _place(case: Case) -> Iterator[Doubt]:
    """Hours in a topic that is not asked now, of which it was not read whether they count toward the total."""
    rule, entry = case.rule, case.entry
    for key, requirement in rule.file.requirements.items():
        if entry is None or requirement.counts_toward_total != "unknown" or case.after.asked[key].state == "asked":
            continue
        if entry.in_topics(frozenset(requirement.topics or (key,))):
            name = _name(rule, key)
            says = f"Whether hours in “{name}” count toward the hours in all was not read."
            yield Doubt(says, Decider("open", name, "", source_of(rule, next(iter(_figures(rule, key)), None)), key))


def _approver(case: Case) -> Iterator[Doubt]:
    """An approver that the rule does not name, where it accepts others too or where it was not read whom it accepts."""
    rule = case.rule
    entry = next((e for e in case.after.ledger.every if e.credit.id == KEY), None)
    if entry is None or accepts(rule, entry) or case.gain.verdict == "no":
        return
    if not rule.accepted:
        says = "Whose approval the board accepts was not read; every credit is taken as accepted."
    else:
        name = ", ".join(rule.vocabulary.name(rule.vocabulary.approval(a)) for a in case.credit.approvals)
        says = f"Its approver is not one that the rule names: {name}." if name else "It names no approver, and the rule names some."
    yield Doubt(says, approvals_of(rule, "approval"))


def _points(case: Case) -> Iterator[Doubt]:
    """Open points of the file that alone change what the credit brings."""
    sure = [reading for reading in READINGS if _alike(case.gain, _with(case, (), reading))]
    for point in case.rule.file.open.values():
        mine = tuple(effect for effect in point.could if effect in case.after.question.effects)
        if mine and any(not _alike(case.gain, _with(case, mine, reading)) for reading in sure):
            yield _point(case.rule, point)


def _with(case: Case, effects: tuple[Effect, ...], reading: Reading) -> Gain:
    """What the credit brings under a reading in which only these effects, and what the file itself leaves open, are open."""
    before, after = (_only(found, effects) for found in (case.before, case.after))
    return gain_of(recount(before, reading), recount(after, reading), case.credit)


def _only(found: Count, effects: tuple[Effect, ...]) -> Count:
    return all_accepted(replace(found, question=replace(found.question, effects=effects)))


def _point(rule: Rule, point: OpenPoint) -> Doubt:
    """An open point as a doubt, with the source of the requirement or limit that it concerns."""
    named = [key for e in point.could for key in (e.figure, e.not_asked, e.not_yearly, e.recurs, e.due_now, e.unverified, *e.apart) if key]
    figures = [f for key in named for f in _figures(rule, key)]
    decider = Decider("open", point.ask, point.read, source_of(rule, figures[-1] if figures else None), named[0] if named else None)
    return Doubt(f"{point.ask} {point.read}", decider)


def _figures(rule: Rule, key: str) -> list[str]:
    """The sources of a requirement's or limit's figures, the oldest first."""
    requirement, limit = rule.file.requirements.get(key), rule.file.limits.get(key)
    figures = requirement.at_least if requirement is not None else limit.at_most if limit is not None else ()
    return [figure.source for figure in figures]


def _file(case: Case) -> Iterator[Doubt]:
    """What the file itself leaves open: membership, the place of hours, carry-over, the first renewal."""
    rule, entry = case.rule, case.entry
    if entry is not None:
        for key, picker in (*rule.requirements.items(), *rule.limits.items()):
            if len({picker.units(entry, reading) for reading in Reading}) > 1:
                name = _name(rule, key)
                says = f"Whether these hours belong to “{name}” was not settled by what was read."
                yield Doubt(says, Decider("open", name, "", source_of(rule, next(iter(_figures(rule, key)), None)), key))
    if rule.file.carry_over.unknown and case.credit.date < case.after.question.window.start:
        says = "Whether surplus hours carry over from the period before was not read."
        yield Doubt(says, Decider("open", "Carry-over", rule.file.carry_over.says or "", source_of(rule, None)))
    if case.after.question.renewal in (1, None):
        says = "What is owed at the first renewal was not read, or whether this is the first is not entered."
        yield Doubt(says, Decider("open", "First renewal", rule.file.first_renewal.says, source_of(rule, rule.file.first_renewal.source)))
    if case.before.ledger.unaccepted:
        says = "Other credits of your record come from approvers that the rule does not name. If they count, they fill a limit."
        yield Doubt(says, approvals_of(rule, "approval"))
    yield Doubt(
        "Several points that the sources leave open could together change this.", Decider("open", "Open points", "", source_of(rule, None))
    )


def _name(rule: Rule, key: str) -> str:
    """A requirement's or limit's name for people."""
    part = rule.file.requirements.get(key) or rule.file.limits.get(key)
    return (part.name if part is not None else None) or ("Hours in all" if key == "total" else rule.vocabulary.name(key))
