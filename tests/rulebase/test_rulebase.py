"""Every rule file is in order, every worked case and scenario agrees, and the laws of counting hold for every rule."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from perennial.core.rules import Answer, Credit, License, Rule, Standing, default_folder, evaluate, load
from perennial.core.rules.lint import lint
from perennial.core.rules.scenario import differences, judge, read_scenarios
from tests.rulebase.readings import resolved

BASE = load()
RULES = sorted(BASE.rules.items())
SCENARIOS = [s for path in sorted((Path(__file__).parent / "scenarios").glob("*.yaml")) for s in read_scenarios(path)]
TOPICS = sorted({t for _, rule in RULES for r in rule.file.requirements.values() for t in r.topics})
ROUNDS = 6
"""Random people per rule and law; the seed is fixed, so a failure comes back."""


def test_the_whole_rule_base_is_in_order() -> None:
    found = lint(default_folder())
    assert [str(p) for p in found.problems] == []
    assert found.files == 204


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
def test_hand_worked_scenario(scenario: object) -> None:
    assert list(differences(scenario, judge(BASE, scenario))) == []  # type: ignore[arg-type]  # parametrized


def people(rule: Rule, seed: int) -> Iterator[Standing]:
    """Random people under a rule: early and late renewals, full and empty ledgers, credits of every kind."""
    rng = random.Random(f"{rule.jurisdiction}{rule.profession}{seed}")
    months = rule.file.period.months or 24
    for _ in range(ROUNDS):
        expires = date(2026, 1, 1) + timedelta(days=rng.randrange(700))
        number = rng.choice([1, 2, 3, 4, 6, 9])
        held = months * 30 * (number - 1) + rng.randrange(60, months * 30)
        license = License(
            expires=expires,
            issued=expires - timedelta(days=held),
            birth_date=date(1980, expires.month, 1),
            renewal_number=number,
            number=str(rng.randrange(1000, 9999)),
        )
        some = [a for r in rule.file.requirements.values() for a in r.applies_to if rng.random() < 0.5]
        credits = tuple(random_credit(rng, rule, expires, months, n) for n in range(rng.choice([0, 3, 8, 14])))
        yield Standing(license, expires, credits, frozenset(some))


def random_credit(rng: random.Random, rule: Rule, expires: date, months: int, number: int) -> Credit:
    """A credit of any kind, earned within the last periods."""
    own = [t for r in rule.file.requirements.values() for t in r.topics] or ["clinical"]
    approvals = [*sorted(rule.accepted), "APA", "CATEGORY_I", "CATEGORY_A", "STATE_BOARD", "A hospital"]
    hours = Decimal(rng.choice([1, 2, 3, 4, 6, 8, 12])) + rng.choice([Decimal(0), Decimal("0.5")])
    topics = {t: min(hours, Decimal(rng.choice([1, 2, 3, 6]))) for t in rng.sample(own, min(len(own), rng.choice([0, 1, 1, 2])))}
    return Credit(
        id=f"c{number}",
        title=rng.choice(["Ethics in practice", "Trauma", "Suicide prevention"]),
        date=expires - timedelta(days=rng.randrange(months * 40)),
        hours=hours,
        format=rng.choice(["live_in_person", "live_online", "live_online", "asynchronous", "self_study", "presenting"]),
        topics=topics,
        approvals=tuple(rng.sample(approvals, rng.choice([0, 1, 1, 2]))),
    )


def rank(answer: Answer) -> int:
    return {True: 2, None: 1, False: 0}[answer.compliant]


def simple(rule: Rule) -> bool:
    """Rules without repeats, steps, minimum lengths, and limits on a single credit."""
    counting = rule.file.counting
    single = any(x.each in ("credit", "course") for x in rule.file.limits.values())
    return not (counting.repeats or counting.step_hours or counting.least_hours or single)


SIMPLE = [pytest.param(rule, id="-".join(key)) for key, rule in RULES if simple(rule)]
ALL = [pytest.param(rule, id="-".join(key)) for key, rule in RULES]


@pytest.mark.parametrize("rule", SIMPLE)
def test_taking_a_credit_of_this_period_away_never_improves_a_verdict(rule: Rule) -> None:
    for standing in people(rule, 1):
        answer = evaluate(rule, standing)
        for credit in standing.credits:
            if answer.start <= credit.date <= answer.due:
                fewer = replace(standing, credits=tuple(c for c in standing.credits if c is not credit))
                assert rank(evaluate(rule, fewer)) <= rank(answer), credit


@pytest.mark.parametrize("rule", SIMPLE)
def test_a_credit_entered_as_two_halves_changes_nothing(rule: Rule) -> None:
    for standing in people(rule, 2):
        if not standing.credits:
            continue
        first, *rest = standing.credits
        half = replace(first, hours=first.hours / 2, topics={t: h / 2 for t, h in first.topics.items()})
        halves = (replace(half, id="half-1"), replace(half, id="half-2"), *rest)
        one, two = evaluate(rule, standing), evaluate(rule, replace(standing, credits=halves))
        assert (one.compliant, one.certain, one.counted_hours) == (two.compliant, two.certain, two.counted_hours)
        assert dict(one.missing) == dict(two.missing)


@pytest.mark.parametrize("rule", ALL)
def test_the_order_of_credits_does_not_matter(rule: Rule) -> None:
    for standing in people(rule, 3):
        turned = replace(standing, credits=tuple(reversed(standing.credits)))
        one, other = evaluate(rule, standing), evaluate(rule, turned)
        assert (one.compliant, one.certain, one.counted_hours) == (other.compliant, other.certain, other.counted_hours)
        assert dict(one.missing) == dict(other.missing)


@pytest.mark.parametrize("rule", ALL)
def test_a_certain_verdict_survives_every_admissible_reading(rule: Rule) -> None:
    rng = random.Random(f"readings{rule.jurisdiction}{rule.profession}")
    for standing in people(rule, 4):
        answer = evaluate(rule, standing)
        if not answer.certain:
            continue
        for _ in range(4):
            other = evaluate(resolved(rule, standing, rng), standing)
            assert other.compliant is answer.compliant, (standing, answer.missing, dict(other.missing))
