"""What a credit brings to a license: the same record counted without it and with it, under each reading of what is open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from perennial.core.rules.asked import Ask, units_of
from perennial.core.rules.count import Count, count, on_top, recount
from perennial.core.rules.facts import Credit, Standing
from perennial.core.rules.ledger import Out, accepts, entries_of
from perennial.core.rules.periods import credit_window
from perennial.core.rules.rule import Rule
from perennial.core.rules.selection import Entry, Reading

Verdict = Literal["yes", "partly", "no", "not_known"]
KEY = "?asked"
"""The id under which the credit is counted; no credit of a record has it."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What changes between two counts, in units: toward the total, on top of it, and off what single lines lack.

    `relieved` maps a requirement to what it lacks less (None: it is now complete); less than 0 where it lacks more. `fills` is what
    lines take where no hours in all are asked.
    """

    units: int
    adds: int
    on_top: int
    fills: int
    relieved: Mapping[str, int | None]

    @property
    def whole(self) -> int:
        """Units that count toward the total, on top of it, or for lines where there is no total."""
        return max(min(self.units, max(self.adds, 0) + self.on_top), self.fills)

    @property
    def counted(self) -> int:
        """Units that bring anything at all."""
        lacked = max((units for units in self.relieved.values() if units is not None), default=0)
        return min(self.units, max(self.whole, lacked, self.units if None in self.relieved.values() else 0))

    @property
    def verdict(self) -> Verdict:
        """Whether all of it, a part of it or nothing of it counts."""
        if self.counted <= 0:
            return "no"
        return "yes" if self.whole >= self.units else "partly"


@dataclass(frozen=True)
class Case:
    """One credit put to one license. `before` and `after` are the counts without it and with it, as the rule file reads."""

    rule: Rule
    credit: Credit
    before: Count
    after: Count

    @cached_property
    def gain(self) -> Gain:
        """What it brings as the rule file reads."""
        return gain_of(self.before, self.after, self.credit)

    @cached_property
    def entry(self) -> Entry | None:
        """The credit as it is counted; None where it is left out."""
        return next((e for e in self.after.question.inside if e.credit.id == KEY), None)

    @cached_property
    def out(self) -> Out | None:
        """Why it is left out; None where it is counted."""
        return next((o for o in self.after.ledger.out if o.credit.id == KEY), None)

    def other_gains(self) -> Iterator[Gain]:
        """What it brings under every other reading of what is open.

        Everything against the person, and in favor; as a first renewal, where that is not known. Credits of the record whose approver
        the rule does not name may count and fill a limit, or not: each is tried.
        """
        yield from (self.read(reading) for reading in (Reading.STRICT, Reading.LOOSE))
        if self.before.ledger.unaccepted:
            yield gain_of(
                recount(all_accepted(self.before), Reading.STRICT), recount(all_accepted(self.after), Reading.STRICT), self.credit
            )
        standing = self.before.question.standing
        if self.after.question.renewal is None:
            yield case_of(self.rule, replace(standing, license=replace(standing.license, renewal_number=1)), self.credit).gain
        if self.before.ledger.unaccepted and self.gain.verdict != "yes":
            named = {e.credit.id for e in self.before.ledger.every if accepts(self.rule, e)}
            beside = replace(standing, credits=tuple(c for c in standing.credits if c.id in named))
            other = case_of(self.rule, beside, self.credit)
            yield from (other.gain, other.read(Reading.LOOSE))

    def read(self, reading: Reading) -> Gain:
        """What it brings under another reading."""
        return gain_of(recount(self.before, reading), recount(self.after, reading), self.credit)


def all_accepted(found: Count) -> Count:
    """The same count, its credits taken as accepted in every reading."""
    return replace(found, ledger=replace(found.ledger, unaccepted=False))


def case_of(rule: Rule, standing: Standing, credit: Credit) -> Case:
    """A credit put to a license on the day asked about, or on the day on which it is completed where that is later."""
    asked = replace(credit, id=KEY)
    bare = replace(standing, as_of=max(standing.as_of, credit.date))
    with_it = replace(bare, credits=(*bare.credits, asked))
    window = credit_window(rule.file, standing.license)
    before, after = (count(rule, one, entries_of(one.credits, rule.vocabulary), window) for one in (bare, with_it))
    return Case(rule, asked, before, after)


def gain_of(before: Count, after: Count, credit: Credit) -> Gain:
    """The difference of two counts under one reading.

    Where a favorable reading asks for nothing, hours that would count toward more still do.
    """
    loose = after.question.reading is Reading.LOOSE
    total = after.asked.get("total")
    units = units_of(credit.hours)
    adds = after.counted - before.counted if total is not None and (loose or total.state == "asked") else 0
    fills = 0 if total is not None else max((_grown(before, after, key) for key in after.tallies), default=0)
    apart = sum(_grown(before, after, key) for key, ask in after.asked.items() if _is_on_top(after, key, ask))
    relieved = dict(_relieved(before, after))
    return Gain(units, adds, min(apart, max(units - max(adds, 0), 0)), min(fills, units), relieved)


def _grown(before: Count, after: Count, key: str) -> int:
    """How much more of this period's hours a line takes."""
    now, then = after.tallies.get(key), before.tallies.get(key)
    return max(0, now.got - (then.got if then is not None else 0)) if now is not None else 0


def _is_on_top(found: Count, key: str, ask: Ask) -> bool:
    requirement = found.question.rule.file.requirements.get(key)
    return requirement is not None and key in found.tallies and on_top(requirement, ask, found.question.reading)


def _relieved(before: Count, after: Count) -> Iterator[tuple[str, int | None]]:
    """What each requirement lacks less; the total's lack is told by what it adds."""
    for key, now in after.tallies.items():
        then = before.tallies.get(key)
        if then is None or then.short == now.short:
            continue
        if then.short is None or now.short is None:
            yield from [(key, None)] if now.short is not None else []
        else:
            yield key, then.short - now.short
