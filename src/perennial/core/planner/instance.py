"""Everything about one planning question, made once: licenses as they stand, dated copies, terms, and the judge."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from perennial.core.planner.basis import Basis, basis_of, credits_of
from perennial.core.planner.dates import DAY, Copy, copies_of
from perennial.core.planner.facts import Case, Chosen, Offer
from perennial.core.planner.linear import Flags
from perennial.core.planner.program import License
from perennial.core.planner.terms import Terms, terms_of
from perennial.core.rules import Answer
from perennial.core.rules.ledger import entries_of
from perennial.core.rules.selection import UNITS, Entry


@dataclass(frozen=True, slots=True)
class Instance:
    """A planning question ready for the program: offers by id, licenses by key, so that no order given matters."""

    case: Case
    offers: tuple[Offer, ...]
    bases: tuple[Basis, ...]
    copies: tuple[Copy, ...]
    terms: tuple[Terms, ...]
    day_limits: bool
    answers: dict[tuple[str, tuple[int, ...]], Answer] = field(default_factory=dict)

    @property
    def required(self) -> frozenset[int]:
        """The numbers of offers that must be taken."""
        return frozenset(n for n, offer in enumerate(self.offers) if offer.id in self.case.wishes.required)

    def weights(self, objective: str) -> list[int]:
        """What each offer costs in what is spared: cents, units of hours, or minutes."""
        if objective == "cost":
            return [o.price_cents for o in self.offers]
        return [int(o.hours * UNITS) for o in self.offers] if objective == "hours" else [o.minutes for o in self.offers]

    def dated(self, taken: Flags) -> list[tuple[Copy, date]]:
        """The copies taken, each with its day: the first of its days; a day of its own where a rule limits hours a day."""
        chosen = [self.copies[n] for n in np.nonzero(taken)[0].tolist()]
        if not self.day_limits:
            return [(copy, copy.first) for copy in chosen]
        busy = {c.first for c in chosen if c.first == c.last}
        busy |= {c.date for basis in self.bases for c in basis.standing.credits}
        found = []
        for copy in chosen:
            day = copy.first
            while day in busy and day < copy.last and copy.first < copy.last:
                day += DAY
            busy.add(day)
            found.append((copy, day))
        return found

    def chosen(self, taken: Flags) -> tuple[Chosen, ...]:
        """The plan's items by day."""
        found = (Chosen(self.offers[c.offer].id, day, c.last) for c, day in self.dated(taken))
        return tuple(sorted(found, key=lambda one: (one.on, one.id)))

    def judged(self, basis: Basis, taken: Flags) -> Answer:
        """The answer for a license if these copies were completed."""
        numbers = tuple(np.nonzero(taken)[0].tolist())
        known = self.answers.get((basis.owed.key, numbers))
        if known is None:
            held = frozenset(c.id for c in basis.standing.credits)
            copies = [replace(copy, credit=replace(copy.credit, date=day)) for copy, day in self.dated(taken)]
            known = self.answers[basis.owed.key, numbers] = basis.judged(credits_of(copies, held))
        return known

    def refused(self, taken: Flags, licenses: Sequence[License]) -> list[License]:
        """The licenses that `evaluate` does not call compliant."""
        bases = {b.owed.key: b for b in self.bases}
        return [one for one in licenses if self.judged(bases[one.terms.key], taken).compliant is not True]


def instance_of(case: Case) -> Instance:
    """Make a planning question ready."""
    offers = tuple(sorted((o for o in case.offers if o.id not in case.wishes.excluded), key=lambda o: o.id))
    if len({o.id for o in offers}) < len(offers):
        raise ValueError("Two offers have the same id.")
    bases = tuple(sorted((basis_of(owed) for owed in case.licenses), key=lambda b: b.owed.key))
    open_ = [b for b in bases if b.plannable]
    calendars = [b.calendar for b in open_]
    copies = tuple(copies_of(offers, calendars, case.today, case.wishes.by)) if open_ else ()
    numbers = {copy.credit.id: n for n, copy in enumerate(copies)}
    terms = tuple(terms_of(b, _entries(b, copies, known), copies, numbers) for known in [dict[int, tuple[Entry, ...]]()] for b in open_)
    day_limits = any(x.each == "day" for b in open_ for x in b.owed.rule.file.limits.values())
    return Instance(case, offers, bases, copies, terms, day_limits)


def _entries(basis: Basis, copies: Sequence[Copy], known: dict[int, tuple[Entry, ...]]) -> Sequence[Entry]:
    """The copies' credits as the engine reads them, once for each vocabulary."""
    vocabulary = basis.owed.rule.vocabulary
    if id(vocabulary) not in known:
        known[id(vocabulary)] = entries_of([c.credit for c in copies], vocabulary)
    return known[id(vocabulary)]
