"""Why there is no plan: which requirement cannot be met, and what would mend it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import numpy as np

from perennial.core.planner.basis import Basis
from perennial.core.planner.facts import Unmet
from perennial.core.planner.instance import Instance
from perennial.core.planner.linear import Flags, Limits
from perennial.core.planner.pace import ENDLESS, Pace, TimeUp
from perennial.core.planner.program import Program
from perennial.core.planner.search import Search
from perennial.core.rules.answer import Line
from perennial.core.rules.evaluate import in_words
from perennial.core.rules.selection import UNITS
from perennial.core.values.words import day_in_words, dollars, time_in_words

TOTAL = "total"
UNSETTLED = Unmet(
    "",
    "search",
    "No set of what is on offer meets everything. Which requirement stands in the way was not found out in the time given.",
    "Allow more time.",
)


def over_budget(cost_cents: int, budget_cents: int, most_minutes: int | None = None) -> Unmet:
    """The budget is too small; `most_minutes`: for what can be done within so much time."""
    within = "" if most_minutes is None else f" within {time_in_words(most_minutes)} of your time"
    what = f"The least that makes every license compliant{within} costs {dollars(cost_cents)}; the budget is {dollars(budget_cents)}."
    ease = "" if most_minutes is None else ", or allow more time"
    return Unmet("", "budget", what, f"Raise the budget to {dollars(cost_cents)}{ease}.")


def over_time(minutes: int, most: int) -> Unmet:
    """The time is too short."""
    least, have = time_in_words(minutes), time_in_words(most)
    return Unmet("", "time", f"The quickest set that makes every license compliant takes {least}; you have {have}.", f"Allow {least}.")


def over_both(budget_cents: int, most: int, cheap: int, quick: int | None) -> Unmet:
    """Budget and time are too small together: what either would have to be, the other left as it is."""
    have, time = dollars(budget_cents), time_in_words(most)
    ways = f"Raise the budget to {dollars(cheap)}" + (f", or allow {time_in_words(quick)}." if quick is not None else ".")
    return Unmet("", "budget", f"No set makes every license compliant for {have} and in {time}.", ways)


def unmet_of(instance: Instance, pace: Pace = ENDLESS) -> tuple[Unmet, ...]:
    """What cannot be met however much is taken, and the fewest hours that would mend it. Raises TimeUp."""
    absent = tuple(_absent(instance))
    if absent:
        return absent
    taken = _nearest(instance, pace)
    return tuple(one for basis in instance.bases if basis.plannable for one in _lacking(instance, basis, taken))


def _absent(instance: Instance) -> Iterator[Unmet]:
    """Offers that must be taken and cannot."""
    there = {instance.offers[c.offer].id for c in instance.copies}
    for key in sorted(instance.case.wishes.required - there):
        yield Unmet("", key, f"The course '{key}' cannot be taken in time.", "Leave it out, or allow a later day.")


def _nearest(instance: Instance, pace: Pace) -> Flags:
    """The copies with which the fewest hours are missing."""
    program = Program(instance.copies, instance.terms, frozenset(), elastic=True)
    cost = program.cost_of([0] * len(instance.offers))
    cost[program.missing] = UNITS
    found = Search(program, cost, lambda _: (), limits=Limits(pace=pace)).best()
    if found is not None and not found.proved:
        raise TimeUp(0)
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
            basis.owed.key,
            key,
            _what(lines.get(key), key, hours, answer.due),
            _mend(basis, lines.get(key), hours, last, late=late),
            hours,
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
    if hours is None:
        return f"{line.name if line else 'This'}: complete it by {day_in_words(last)}, then record it with the license."
    name = "" if line is None or line.requirement == TOTAL else f" of {line.name}"
    wanted = f"{in_words(int(hours * UNITS)).replace(' CE', ' more CE')}{name}"
    accepted = " with an accepted approval" if basis.owed.rule.file.approvals.exclusive else ""
    return f"Add offers with {wanted}{accepted}, completed by {day_in_words(last)}."
