"""A thousand questions at random: no set costs less than the plan, found by trying every one and asking the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from math import prod

import pytest

from perennial.core.planner import search
from perennial.core.planner.builders import Question, random_question
from perennial.core.planner.facts import Offer, Owed, Plan
from perennial.core.planner.planning import plan
from perennial.core.rules import Credit, RuleBase, Standing, credit_window, evaluate, load
from perennial.core.rules.count import count
from perennial.core.rules.ledger import entries_of

GROUP = 25
MOST_TRIED = 1_500


@cache
def base() -> RuleBase:
    return load()


@pytest.mark.parametrize("first", range(0, 700, GROUP))
def test_no_set_is_better_than_the_plan_under_small_rules(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if first % (2 * GROUP):
        monkeypatch.setattr(search, "FEW", 2)  # so that the second, larger search has work in cases as small as these
    for seed in range(first, first + GROUP):
        agree(seed, random_question(seed))


@pytest.mark.parametrize("first", range(10_000, 10_300, GROUP))
def test_no_set_is_better_than_the_plan_under_real_rules(first: int) -> None:
    for seed in range(first, first + GROUP):
        agree(seed, random_question(seed, base()))


def agree(seed: int, question: Question) -> None:
    found = plan(question.licenses, question.offers, question.wishes, question.today, compare=False)
    least = by_trying(question, found)
    if found.infeasible:
        assert least is None, seed
        return
    offers = {o.id: o for o in question.offers}
    chosen = [earned(offers[c.id], c.on) for c in found.chosen]
    mine = sum((worth(question, offers[c.id]) for c in found.chosen), Decimal(0))
    owing = [o for o in question.licenses if owes(o)]
    assert all(evaluate(o.rule, standing_with(o, question, chosen)).compliant for o in owing), seed
    assert (mine, mine, True) == (least, found.bound, found.optimal), seed


def by_trying(question: Question, found: Plan) -> Decimal | None:
    """The least there is, over every offer on every day on which something changes; None where there is nothing."""
    own = {c.id: c.on for c in found.chosen}
    ways = [[None, *(earned(o, d) for d in days(question, o, own.get(o.id)))] for o in question.offers]
    if prod(map(len, ways)) > MOST_TRIED:
        ways = [way[:2] if o.id not in own else [None, earned(o, own[o.id])] for way, o in zip(ways, question.offers, strict=True)]
    offers, budget = {o.id: o for o in question.offers}, question.wishes.budget_cents
    sets = [[c for c in way if c is not None] for way in product(*ways)]
    if budget is not None:
        sets = [s for s in sets if sum(offers[c.id].price_cents for c in s) <= budget]
    if (minutes := question.wishes.most_minutes) is not None:
        sets = [s for s in sets if sum(offers[c.id].minutes for c in s) <= minutes]
    valued = sorted(((sum((worth(question, offers[c.id]) for c in s), Decimal(0)), n) for n, s in enumerate(sets)))
    owing = [o for o in question.licenses if owes(o)]
    return next((value for value, n in valued if all(suffices(o, question, sets[n]) for o in owing)), None)


def days(question: Question, offer: Offer, own: date | None) -> Sequence[date]:
    """Days on which an offer could be completed: where it is free, at least one of every kind."""
    last = max(o.standing.license.expires for o in question.licenses)
    last = min(last, question.wishes.by) if question.wishes.by else last
    if offer.on is not None:
        return [offer.on] if question.today <= offer.on <= last else []
    return sorted({d for d in {question.today, *([own] if own else []), *changes(question, offer)} if question.today <= d <= last})


def changes(question: Question, offer: Offer) -> Iterator[date]:
    for owed in question.licenses:
        expires = owed.standing.license.expires
        yield from (date(expires.year - years, expires.month, min(expires.day, 28)) + timedelta(days=5) for years in (1, 2, 3))
    yield from (a.until + timedelta(days=1) for a in offer.approvals if a.until is not None)


def earned(offer: Offer, day: date) -> Credit:
    bodies = tuple(a.body for a in offer.approvals if a.holds(day))
    return Credit(offer.id, offer.title, day, offer.hours, offer.format, offer.topics, bodies, None, offer.course)


def worth(question: Question, offer: Offer) -> Decimal:
    return {"cost": Decimal(offer.price_cents), "hours": offer.hours, "time": Decimal(offer.minutes)}[question.wishes.minimize]


def owes(owed: Owed) -> bool:
    answer = evaluate(owed.rule, owed.standing)
    return answer.compliant is not None and answer.owed


def standing_with(owed: Owed, question: Question, credits: Sequence[Credit]) -> Standing:
    last = max([question.today, *(c.date for c in credits)])
    return replace(owed.standing, as_of=last, credits=(*owed.standing.credits, *credits))


def suffices(owed: Owed, question: Question, credits: Sequence[Credit]) -> bool:
    standing = standing_with(owed, question, credits)
    window = credit_window(owed.rule.file, standing.license)
    return count(owed.rule, standing, entries_of(standing.credits, owed.rule.vocabulary), window).compliant
