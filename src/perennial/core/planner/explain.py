"""Why there is no plan: which requirement cannot be met, and what would mend it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import numpy as np

from perennial.core.planner.basis import Basis
from perennial.core.planner.facts import Unmet
from perennial.core.planner.instance import Instance
from perennial.core.planner.linear import Flags
from perennial.core.planner.program import Program
from perennial.core.planner.search import Search
from perennial.core.rules.answer import Line
from perennial.core.rules.evaluate import in_words
from perennial.core.rules.selection import UNITS
from perennial.core.values.words import day_in_words, dollars

TOTAL = "total"


def over_budget(cost_cents: int, budget_cents: int) -> Unmet:
    """The budget is too small."""
    what = f"The least that makes every license compliant costs {dollars(cost_cents)}; the budget is {dollars(budget_cents)}."
    return Unmet("", "budget", what, f"Raise the budget to {dollars(cost_cents)}.")


def unmet_of(instance: Instance) -> tuple[Unmet, ...]:
    """What cannot be met however much is taken, and the fewest hours that would mend it."""
    absent = tuple(_absent(instance))
    if absent:
        return absent
    taken = _nearest(instance)
    return tuple(one for basis in instance.bases if basis.plannable for one in _lacking(instance, basis, taken))


def _absent(instance: Instance) -> Iterator[Unmet]:
    """Offers that must be taken and cannot."""
    there = {instance.offers[c.offer].id for c in instance.copies}
    for key in sorted(instance.case.wishes.required - there):
        yield Unmet("", key, f"The course '{key}' cannot be taken in time.", "Leave it out, or allow a later day.")


def _nearest(instance: Instance) -> Flags:
    """The copies with which the fewest hours are missing."""
    program = Program(instance.copies, instance.terms, frozenset(), elastic=True)
    cost = program.cost_of([0] * len(instance.offers))
    cost[program.missing] = UNITS
    found = Search(program, cost, lambda _: ()).best()
    return found.taken if found is not None else np.zeros(len(instance.copies), dtype=bool)


def _lacking(instance: Instance, basis: Basis, taken: Flags) -> Iterator[Unmet]:
    answer = instance.judged(basis, taken)
    if answer.compliant:
        return
    lines = {line.requirement: line for line in answer.lines}
    last = min(answer.due, instance.case.wishes.by or date.max)
    late = last < instance.case.today
    for key, hours in answer.missing.items():
        yield Unmet(
            basis.owed.key, key, _what(lines.get(key), key, hours, answer.due), _mend(basis, lines.get(key), hours, last, late=late), hours
        )


def _what(line: Line | None, key: str, hours: Decimal | None, due: date) -> str:
    name = line.name if line else key
    if hours is None:
        return f"{name}: no completion can be had by {day_in_words(due)}."
    lacking = in_words(int(hours * UNITS))
    return f"{name}: with everything on offer {lacking} still {'is' if hours == 1 else 'are'} missing by {day_in_words(due)}."


def _mend(basis: Basis, line: Line | None, hours: Decimal | None, last: date, *, late: bool) -> str:
    if late:
        return f"The last day was {day_in_words(last)}: ask the board about late hours, or plan as of an earlier day."
    name = "" if line is None or line.requirement == TOTAL else f" of {line.name.lower() if line.name[1:2].islower() else line.name}"
    wanted = f"a completion{name}" if hours is None else f"{in_words(int(hours * UNITS)).replace(' CE', ' more CE')}{name}"
    accepted = " with an accepted approval" if basis.owed.rule.file.approvals.exclusive else ""
    return f"Add offers with {wanted}{accepted}, completed by {day_in_words(last)}."
