"""Plan several licenses of one person at once: the least-cost set of offers that makes each compliant, with proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from perennial.core.planner.explain import UNSETTLED, over_both, over_budget, over_time, unmet_of
from perennial.core.planner.facts import Alone, Alternative, Case, Chosen, Offer, Owed, Plan, Unmet, Verdict, Wishes
from perennial.core.planner.instance import Instance, instance_of
from perennial.core.planner.linear import Flags, Limits, Row, row
from perennial.core.planner.pace import ENDLESS, Pace, Progress, TimeUp
from perennial.core.planner.program import Program
from perennial.core.planner.search import Found, Search
from perennial.core.planner.terms import Terms
from perennial.core.planner.ties import Ties
from perennial.core.rules.selection import UNITS


def plan(
    licenses: Sequence[Owed], offers: Sequence[Offer], wishes: Wishes, today: date, *, compare: bool = True, pace: Pace = ENDLESS
) -> Plan:
    """The best plan, proved to be one; every set is judged by `evaluate` before it is called a plan.

    With `compare` also other sets that are as good, and each license planned by itself. Credits of a license after its
    `as_of` are left out. Licenses that owe nothing, or of which it is not known what they ask, ask nothing of the plan.
    With a `pace` the search ends when it says so, with the best set so far and the bound that is proved.
    """
    return planned(Case(tuple(licenses), tuple(offers), wishes, today), compare=compare, pace=pace)


def without(found: Plan, offer: str, *, pace: Pace = ENDLESS) -> Plan:
    """The best plan if this offer may not be taken: what dropping it changes."""
    if found.case is None:
        raise ValueError("This plan does not know what it was asked of.")
    wishes = found.case.wishes
    asked = replace(wishes, excluded=wishes.excluded | {offer}, required=wishes.required - {offer})
    return planned(replace(found.case, wishes=asked), compare=False, pace=pace)


def planned(case: Case, *, compare: bool, pace: Pace = ENDLESS) -> Plan:
    """The best plan of a case."""
    instance = instance_of(case)
    told = pace.told
    if told is not None and case.wishes.minimize == "hours":
        pace = replace(pace, told=lambda one: told(Progress(one.best and one.best / UNITS, one.bound / UNITS)))
    try:
        return _planned(instance, compare=compare, pace=pace)
    except TimeUp as fault:
        none = np.zeros(len(instance.copies), dtype=bool)
        return replace(_result(instance, _Best(none, fault.bound, proved=False)), stopped=True, all_ties=False)


def _planned(instance: Instance, *, compare: bool, pace: Pace) -> Plan:
    wishes = instance.case.wishes
    search = _search(instance, instance.terms, pace, budget=wishes.minimize != "cost")
    found = search.best() if search is not None else None
    if found is None and search is not None:
        return _infeasible(instance, why_of(instance, replace(pace, told=None)))
    budget = wishes.budget_cents
    if found is not None and wishes.minimize == "cost" and budget is not None and found.cost > budget:
        if not found.proved and found.bound <= budget:
            raise TimeUp(found.bound)
        return _infeasible(instance, (over_budget(found.bound, budget, wishes.most_minutes),), found.bound)
    if found is None or search is None:
        return _result(instance, _Best(np.zeros(len(instance.copies), dtype=bool), 0, proved=True))
    ties = Ties(instance, search, found, all=found.proved)
    if found.proved:
        found = ties.settled()
    best = _Best(found.taken, found.bound, proved=found.proved)
    result = replace(_result(instance, best), stopped=not found.proved, all_ties=ties.all)
    if not compare or not found.proved:
        return result
    others = tuple(Alternative(*_sums(instance, taken)) for taken in ties.others())
    alone = _all_alone(instance, replace(pace, told=None))
    return replace(result, alternatives=others, alone=alone or (), stopped=alone is None or pace.over, all_ties=ties.all)


@dataclass(frozen=True, slots=True)
class _Best:
    taken: Flags
    bound: int
    proved: bool


def _search(instance: Instance, terms: Sequence[Terms], pace: Pace, *, budget: bool, required: bool = True) -> Search | None:
    """The search for what is spared most; None where every license has what it asks and nothing must be taken."""
    keys = {t.key for t in terms}
    needy = any(b.before.compliant is not True for b in instance.bases if b.owed.key in keys)
    wishes = instance.case.wishes
    if not needy and not (required and wishes.required):
        return None
    program = Program(instance.copies, terms, instance.required if required else frozenset())
    cost = program.cost_of(instance.weights(wishes.minimize))
    caps = (("cost", wishes.budget_cents if budget else None), ("time", wishes.most_minutes))
    rows = [_cap(instance, program, what, most) for what, most in caps if most is not None]
    return Search(program, cost, lambda taken: instance.refused(taken, program.licenses), rows, Limits(pace=pace))


def _cap(instance: Instance, program: Program, what: str, most: int) -> Row:
    """At most so many cents or minutes."""
    each = program.cost_of(instance.weights(what))
    return row([(c, float(v)) for c, v in enumerate(each.tolist()) if v], high=float(most))


def why_of(instance: Instance, pace: Pace) -> tuple[Unmet, ...]:
    """What cannot be met: with a budget or a most of time first whether that is all, and what of either would do."""
    wishes = instance.case.wishes
    try:
        if wishes.budget_cents is None and wishes.most_minutes is None:
            return unmet_of(instance, pace)
        cheapest = _least(instance, replace(wishes, minimize="cost", budget_cents=None, most_minutes=None), pace)
        return unmet_of(instance, pace) if cheapest is None else _too_little(instance, cheapest, pace)
    except TimeUp:
        return (UNSETTLED,)


def _too_little(instance: Instance, cheapest: int, pace: Pace) -> tuple[Unmet, ...]:
    """Which of budget and time is too small. Raises TimeUp."""
    wishes = instance.case.wishes
    budget, minutes = wishes.budget_cents, wishes.most_minutes
    if minutes is None:
        return (over_budget(cheapest, budget or 0),)
    quick = _least(instance, replace(wishes, minimize="time", most_minutes=None), pace)
    cheap = None if budget is None else _least(instance, replace(wishes, minimize="cost", budget_cents=None), pace)
    if budget is not None and cheap is not None:
        return (over_both(budget, minutes, cheap, quick),)
    if quick is not None:
        return (over_time(quick, minutes),)
    quickest = _least(instance, replace(wishes, minimize="time", budget_cents=None, most_minutes=None), pace)
    return (over_time(quickest or 0, minutes), over_budget(cheapest, budget or 0))


def _least(instance: Instance, wishes: Wishes, pace: Pace) -> int | None:
    """The least of what these wishes spare, in cents or minutes; None where there is no set. Raises TimeUp."""
    other = replace(instance, case=replace(instance.case, wishes=wishes))
    search = _search(other, instance.terms, pace, budget=True)
    found = search.best() if search is not None else None
    if found is not None and not found.proved:
        raise TimeUp(found.bound)
    return None if found is None else found.cost


def _all_alone(instance: Instance, pace: Pace) -> tuple[Alone, ...] | None:
    """Each license planned by itself; None where the time was over first."""
    try:
        return tuple(_alone(instance, pace))
    except TimeUp:
        return None


def _alone(instance: Instance, pace: Pace) -> Iterator[Alone]:
    """Each license planned by itself, without what is wished to be taken, in the order given."""
    terms = {t.key: t for t in instance.terms}
    for owed in instance.case.licenses:
        if owed.key not in terms:
            continue
        search = _search(instance, [terms[owed.key]], pace, budget=False, required=False)
        found: Found | None = search.best() if search is not None else None
        if search is not None and found is None:
            yield Alone(owed.key, owed.name, feasible=False)
        elif found is None or search is None:
            yield Alone(owed.key, owed.name, feasible=True)
        elif not found.proved:
            raise TimeUp(found.bound)
        else:
            chosen, cost, hours, minutes = _sums(instance, Ties(instance, search, found).settled().taken)
            yield Alone(owed.key, owed.name, feasible=True, chosen=chosen, cost_cents=cost, hours=hours, minutes=minutes)


def _sums(instance: Instance, taken: Flags) -> tuple[tuple[Chosen, ...], int, Decimal, int]:
    """Items of a set, with its cents, hours and minutes."""
    offers = [instance.offers[instance.copies[n].offer] for n in np.nonzero(taken)[0].tolist()]
    hours = sum((o.hours for o in offers), Decimal(0))
    return instance.chosen(taken), sum(o.price_cents for o in offers), hours, sum(o.minutes for o in offers)


def _result(instance: Instance, best: _Best) -> Plan:
    chosen, cost, hours, minutes = _sums(instance, best.taken)
    return Plan(
        minimize=instance.case.wishes.minimize,
        chosen=chosen,
        cost_cents=cost,
        hours=hours,
        minutes=minutes,
        optimal=best.proved,
        bound=_bound(instance, best.bound),
        verdicts=_verdicts(instance, best.taken),
        unknown=_unknown(instance),
        case=instance.case,
    )


def _infeasible(instance: Instance, why: tuple[Unmet, ...], bound: int = 0) -> Plan:
    none = np.zeros(len(instance.copies), dtype=bool)
    return replace(_result(instance, _Best(none, bound, proved=True)), infeasible=why)


def _verdicts(instance: Instance, taken: Flags) -> tuple[Verdict, ...]:
    bases = {b.owed.key: b for b in instance.bases}
    return tuple(Verdict(o.key, o.name, instance.judged(bases[o.key], taken), bases[o.key].before) for o in instance.case.licenses)


def _unknown(instance: Instance) -> tuple[str, ...]:
    return tuple(o.key for o in instance.case.licenses for b in instance.bases if b.owed.key == o.key and b.before.compliant is None)


def _bound(instance: Instance, bound: int) -> Decimal:
    return Decimal(bound) / UNITS if instance.case.wishes.minimize == "hours" else Decimal(bound)
