"""Remembered answers are those that `evaluate` gives, and never another question's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from perennial.apps.licenses.queries import own_rule, rule_for
from perennial.apps.standing.memory import answer_to, topics_of
from perennial.core import rules as core

CREDIT = core.Credit("1", "Ethics", date(2026, 1, 5), Decimal(3), "live_online", topics_of({"law_ethics": 60}))
FACTS = core.Standing(core.License(date(2027, 6, 30), date(2018, 10, 31), renewal_number=4), date(2026, 11, 25), (CREDIT,))


def test_the_same_question_gives_the_same_answer_and_another_its_own() -> None:
    rule = rule_for("CA", "clinical_social_worker")
    assert rule is not None
    assert answer_to(rule, FACTS) is answer_to(rule, FACTS)
    assert answer_to(rule, FACTS) == core.evaluate(rule, FACTS)
    other = replace(FACTS, credits=(replace(CREDIT, topics=topics_of({"law_ethics": 120})),))
    assert answer_to(rule, other) == core.evaluate(rule, other)
    assert answer_to(rule, other).missing != answer_to(rule, FACTS).missing
    later = replace(FACTS, as_of=date(2025, 12, 1))
    assert answer_to(rule, later).counted_hours == 0


def test_two_rules_with_the_same_facts_are_kept_apart() -> None:
    ten, twenty = (own_rule([{"name": "All", "hours": hours}], 24) for hours in ("10", "20"))
    assert (answer_to(ten, FACTS).asked_hours, answer_to(twenty, FACTS).asked_hours) == (Decimal(10), Decimal(20))
