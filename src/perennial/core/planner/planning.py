"""Plan several licenses of one person at once: the least-cost set of offers that makes each compliant, with proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from perennial.core.planner.explain import over_budget, unmet_of
from perennial.core.planner.facts import Alone, Alternative, Case, Chosen, Offer, Owed, Plan, Unmet, Verdict, Wishes
from perennial.core.planner.instance import Instance, instance_of
from perennial.core.planner.linear import Flags, Row, row
from perennial.core.planner.program import Program
from perennial.core.planner.search import Found, Search
from perennial.core.planner.terms import Terms
from perennial.core.planner.ties import alternatives, settled
from perennial.core.rules.selection import UNITS


def plan(licenses: Sequence[Owed], offers: Sequence[Offer], wishes: Wishes, today: date, *, compare: bool = True) -> Plan:
    """The best plan, proved to be one; every set is judged by `evaluate` before it is called a plan.

    With `compare` also other sets that are as good, and each license planned by itself. Credits of a license after its
    `as_of` are left out. Licenses that owe nothing, or of which it is not known what they ask, ask nothing of the plan.
    """
    return planned(Case(tuple(licenses), tuple(offers), wishes, today), compare=compare)


def without(found: Plan, offer: str) -> Plan:
    """The best plan if this offer may not be taken: what dropping it changes."""
    if found.case is None:
        raise ValueError("This plan does not know what it was asked of.")
    wishes = found.case.wishes
    asked = replace(wishes, excluded=wishes.excluded | {offer}, required=wishes.required - {offer})
    return planned(replace(found.case, wishes=asked), compare=False)


def planned(case: Case, *, compare: bool) -> Plan:
    """The best plan of a case."""
    instance = instance_of(case)
    search = _search(instance, instance.terms, budget=case.wishes.minimize != "cost")
    found = search.best() if search is not None else None
    if found is None and search is not None:
        return _infeasible(instance, _why(instance))
    budget = case.wishes.budget_cents
    if found is not None and case.wishes.minimize == "cost" and budget is not None and found.cost > budget:
        return _infeasible(instance, (over_budget(found.cost, budget),), found.bound)
    if found is None or search is None:
        return _result(instance, _Best(np.zeros(len(instance.copies), dtype=bool), 0, proved=True))
    found = settled(instance, search, found)
    best = _Best(found.taken, found.bound, proved=found.proved)
    if not compare:
        return _result(instance, best)
    others = tuple(Alternative(*_sums(instance, taken)) for taken in alternatives(instance, search, found))
    return replace(_result(instance, best), alternatives=others, alone=tuple(_alone(instance)))


@dataclass(frozen=True, slots=True)
class _Best:
    taken: Flags
    bound: int
    proved: bool


def _search(instance: Instance, terms: Sequence[Terms], *, budget: bool, required: bool = True) -> Search | None:
    """The search for what is spared most; None where every license has what it asks and nothing must be taken."""
    keys = {t.key for t in terms}
    needy = any(b.before.compliant is not True for b in instance.bases if b.owed.key in keys)
    must = instance.case.wishes.required if required else frozenset()
    if not needy and not must:
        return None
    program = Program(instance.copies, terms, instance.required if required else frozenset())
    cost = program.cost_of(instance.weights(instance.case.wishes.minimize))
    rows = [_budget_row(instance, program)] if budget and instance.case.wishes.budget_cents is not None else []
    return Search(program, cost, lambda taken: instance.refused(taken, program.licenses), rows)


def _budget_row(instance: Instance, program: Program) -> Row:
    prices = program.cost_of(instance.weights("cost"))
    return row([(c, float(p)) for c, p in enumerate(prices.tolist()) if p], high=float(instance.case.wishes.budget_cents or 0))


def _why(instance: Instance) -> tuple[Unmet, ...]:
    """What cannot be met: with a budget first whether that is all."""
    wishes = instance.case.wishes
    if wishes.budget_cents is not None and wishes.minimize != "cost":
        cheapest = replace(instance, case=replace(instance.case, wishes=replace(wishes, minimize="cost")))
        search = _search(cheapest, instance.terms, budget=False)
        found = search.best() if search is not None else None
        if found is not None:
            return (over_budget(found.cost, wishes.budget_cents),)
    return unmet_of(instance)


def _alone(instance: Instance) -> Iterator[Alone]:
    """Each license planned by itself, without what is wished to be taken, in the order given."""
    terms = {t.key: t for t in instance.terms}
    for owed in instance.case.licenses:
        if owed.key not in terms:
            continue
        search = _search(instance, [terms[owed.key]], budget=False, required=False)
        found: Found | None = search.best() if search is not None else None
        if search is not None and found is None:
            yield Alone(owed.key, owed.name, feasible=False)
        elif found is None or search is None:
            yield Alone(owed.key, owed.name, feasible=True)
        else:
            chosen, cost, hours, minutes = _sums(instance, settled(instance, search, found).taken)
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
