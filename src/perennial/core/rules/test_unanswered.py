"""Answers where the person has not said whether an attribute holds: never compliant on a guess, and never asked for nothing."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import combinations

import pytest

from perennial.core.rules import RuleBase, evaluate, load
from perennial.core.rules.attributes import needed, question, reasons
from perennial.core.rules.builders import figure, make_credit, make_license, make_rule, make_standing
from perennial.core.rules.facts import Standing
from perennial.core.rules.unanswered import MOST_OPEN, ways

OPEN = frozenset({"supervisor"})
SUPERVISION = {"topics": ["ethics"], "at_least": [figure(3)], "applies_to": ["supervisor"]}
RULE = make_rule(requirements={"total": {"at_least": [figure(30)]}, "supervision": SUPERVISION})


@cache
def base() -> RuleBase:
    return load()


def test_what_depends_on_an_answer_is_not_known_until_it_is_given() -> None:
    standing = make_standing(make_credit(30), unanswered=OPEN)
    answer = evaluate(RULE, standing)
    assert (answer.compliant, answer.certain, dict(answer.missing), answer.needs) == (None, False, {}, ("attribute:supervisor",))
    line = next(line for line in answer.lines if line.requirement == "supervision")
    assert (line.verdict, line.asked) == ("not_known", None)
    assert line.because == "Not known until you answer: Does this hold for you: supervisor? 3 CE hours are asked, or none."
    assert line.source is not None


def test_said_to_hold_or_not_it_is_known() -> None:
    standing = make_standing(make_credit(30))
    assert evaluate(RULE, standing).compliant is True
    assert dict(evaluate(RULE, replace(standing, attributes=OPEN)).missing) == {"supervision": Decimal(3)}


def test_what_lacks_either_way_is_missing_without_an_answer() -> None:
    answer = evaluate(RULE, make_standing(make_credit(10), unanswered=OPEN))
    assert (answer.compliant, dict(answer.missing), answer.counted_hours) == (False, {"total": Decimal(20)}, Decimal(10))
    assert answer.needs == ("attribute:supervisor",)


def test_an_answer_that_changes_nothing_is_not_asked_for() -> None:
    answer = evaluate(RULE, make_standing(make_credit(30, topics={"ethics": 3}), unanswered=OPEN))
    assert (answer.compliant, answer.certain, answer.needs) == (True, True, ())
    assert {line.requirement: line.verdict for line in answer.lines} == {"total": "met", "supervision": "met"}


def test_a_figure_for_some_people_gives_the_least_and_says_both() -> None:
    rule = make_rule(requirements={"total": {"at_least": [figure(30), figure(40, applies_to=["supervisor"])]}})
    short = evaluate(rule, make_standing(make_credit(25), unanswered=OPEN))
    assert (short.compliant, dict(short.missing), short.asked_hours) == (False, {"total": Decimal(5)}, Decimal(30))
    assert "30 or 40 CE hours are asked." in short.lines[0].because
    between = evaluate(rule, make_standing(make_credit(35), unanswered=OPEN))
    assert (between.compliant, between.lines[0].verdict) == (None, "not_known")
    assert evaluate(rule, make_standing(make_credit(40), unanswered=OPEN)).compliant is True


def test_an_exemption_is_not_taken_for_granted() -> None:
    limit = {"self_study": {"formats": ["self_study"], "at_most": [figure(5), figure(20, applies_to=["supervisor"])]}}
    rule = make_rule(limits=limit)
    credits = (make_credit(20), make_credit(10, format="self_study"))
    answer = evaluate(rule, make_standing(*credits, unanswered=OPEN))
    assert (answer.compliant, answer.counted_hours) == (None, Decimal(25))


def test_an_open_point_for_some_people_alone_makes_it_uncertain() -> None:
    point = {"ask": "Do they owe more?", "read": "No.", "could": [{"asks": ["ethics"], "applies_to": ["supervisor"]}]}
    answer = evaluate(make_rule(open={"more": point}), make_standing(make_credit(30), unanswered=OPEN))
    assert (answer.compliant, answer.certain, answer.needs) == (True, False, ("attribute:supervisor",))


def test_completion_that_may_be_asked_is_not_known() -> None:
    rule = make_rule(requirements={"exam": {"at_least": [figure(None)], "applies_to": ["supervisor"]}})
    answer = evaluate(rule, make_standing(unanswered=OPEN))
    assert answer.compliant is None
    assert answer.lines[0].because.endswith("It must be completed, or is not asked.")


def test_attributes_that_the_rule_does_not_ask_for_change_nothing() -> None:
    standing = make_standing(make_credit(30))
    assert evaluate(RULE, replace(standing, unanswered=frozenset({"prescriber"}))) == evaluate(RULE, standing)


def test_more_open_attributes_than_can_be_tried_are_refused() -> None:
    slugs = [f"a{n}" for n in range(MOST_OPEN + 1)]
    with pytest.raises(ValueError, match="7 attributes are open at once; at most 6 can be"):
        list(ways(make_standing(), slugs))


def test_every_rule_that_asks_for_attributes_asks_in_words_and_says_why() -> None:
    for rule in base().rules.values():
        why = reasons(rule)
        assert len(why) < MOST_OPEN
        for slug, told in why.items():
            assert question(rule, slug).endswith("?")
            assert all(reason.says and (reason.is_open or reason.source is not None) for reason in told)


def test_the_reasons_for_an_attribute_include_figures_for_such_people_only() -> None:
    rule = base().rule("NM", "psychologist")
    assert rule is not None
    assert {reason.says for reason in reasons(rule)["prescriber"] if reason.name == "Hours in all"} == {
        "60 CE hours for prescribing psychologists"
    }


@pytest.mark.parametrize("seed", range(12))
def test_an_answer_holds_for_every_way_to_answer_in_every_rule(seed: int) -> None:
    """Random people under every rule that asks for attributes: the answer without an answer claims nothing that one of them denies."""
    chance = random.Random(seed)
    for rule in base().rules.values():
        slugs = tuple(reasons(rule))
        if not slugs:
            continue
        standing = replace(random_standing(chance, rule.file.requirements), unanswered=frozenset(slugs))
        found = evaluate(rule, standing)
        every = [
            evaluate(rule, replace(standing, attributes=frozenset(held), unanswered=frozenset()))
            for many in range(len(slugs) + 1)
            for held in combinations(slugs, many)
        ]
        assert found.compliant is (every[0].compliant if len({a.compliant for a in every}) == 1 else None)
        assert not found.certain or all(answer.certain for answer in every)
        assert all(key in answer.missing for key in found.missing for answer in every)
        assert found.counted_hours == min(answer.counted_hours for answer in every)
        assert found.compliant is not None or found.needs
        unknown = {line.requirement for line in found.lines if line.verdict == "not_known"}
        assert not unknown or needed(rule, (need.removeprefix("attribute:") for need in found.needs))


def random_standing(chance: random.Random, topics: object) -> Standing:
    """A license in its fourth period with enough hours, or nearly, in the topics that its rule names."""
    slugs = [slug for slug in topics if slug != "total"]  # type: ignore[attr-defined]  # a mapping by id
    credits = [
        make_credit(
            chance.choice((1, 2, 3, 6, 20)),
            date=date(2026, 6, 1) - timedelta(days=chance.randrange(600)),
            topics=dict.fromkeys(chance.sample(slugs, min(len(slugs), chance.randrange(3))), 1),
        )
        for _ in range(chance.randrange(14))
    ]
    return make_standing(*credits, license=make_license())
