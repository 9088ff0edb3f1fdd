"""What a plan respects: limits, topics, days, repeats, carry-over, budget, wishes; and what it says where there is none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from perennial.core.planner import ties
from perennial.core.planner.builders import make_offer, random_question
from perennial.core.planner.facts import Approval, Offer, Owed, Plan, Wishes
from perennial.core.planner.planning import plan, without
from perennial.core.rules import Credit, Rule
from perennial.core.rules.builders import figure, make_credit, make_license, make_rule, make_standing
from perennial.core.values.words import time_in_words

TODAY = date(2026, 1, 10)
DUE = date(2026, 6, 30)


def asking(hours: float, **topics: dict[str, object]) -> dict[str, object]:
    return {"total": {"at_least": [figure(hours)]}, **{key: {"topics": [key], **asked} for key, asked in topics.items()}}


def owed(rule: Rule, *credits: Credit, key: str = "one", **changes: object) -> Owed:
    return Owed(key, f"License {key}", rule, make_standing(*credits, as_of=TODAY, **changes))


def ids(found: Plan) -> list[str]:
    return sorted(c.id for c in found.chosen)


def planned(rule: Rule, *offers: Offer, **wishes: object) -> Plan:
    return plan([owed(rule)], offers, Wishes(**wishes), TODAY)  # type: ignore[arg-type]  # any wish


def test_the_least_cost_is_found_and_proved() -> None:
    found = planned(
        make_rule(requirements=asking(6)), make_offer("a", 6, price_cents=900), make_offer("b", 3), make_offer("c", 3, price_cents=100)
    )
    assert (ids(found), found.cost_cents, found.bound, found.optimal) == (["a"], 900, Decimal(900), True)
    assert [v.answer.compliant for v in found.verdicts] == [True]


def test_one_course_serves_all_licenses_at_once() -> None:
    rules = [make_rule(requirements=asking(4)), make_rule(requirements=asking(4, ethics={"at_least": [figure(2)]}))]
    offers = [make_offer("plain", 4, price_cents=1000), make_offer("ethics", 4, topics={"ethics": 2}, price_cents=1500)]
    found = plan([owed(r, key=k) for r, k in zip(rules, "ab", strict=True)], offers, Wishes(), TODAY)
    assert (ids(found), [(a.key, a.cost_cents) for a in found.alone]) == (["ethics"], [("a", 1000), ("b", 1500)])


def test_hours_over_a_limit_do_not_help() -> None:
    limits = {"distance": {"formats": ["asynchronous"], "at_most": [figure(2)]}}
    rule = make_rule(requirements=asking(4), limits=limits)
    found = planned(rule, make_offer("cheap", 4, format="asynchronous", price_cents=100), make_offer("live", 2, price_cents=5000))
    assert ids(found) == ["cheap", "live"]


def test_nested_limits_all_hold() -> None:
    limits = {
        "distance": {"formats": ["asynchronous", "reading"], "at_most": [figure(4)]},
        "reading": {"formats": ["reading"], "at_most": [figure(1)]},
    }
    rule = make_rule(requirements=asking(5), limits=limits)
    offers = [
        make_offer("read", 5, format="reading", price_cents=0),
        make_offer("recorded", 4, format="asynchronous"),
        make_offer("live", 1),
    ]
    assert ids(planned(rule, *offers)) == ["live", "recorded"]


def test_a_credit_cut_by_a_limit_brings_less_of_its_topic() -> None:
    limits = {"distance": {"formats": ["asynchronous"], "at_most": [figure(2)]}}
    rule = make_rule(requirements=asking(2, ethics={"at_least": [figure(3)]}), limits=limits)
    recorded = make_offer("recorded", 3, format="asynchronous", topics={"ethics": 3}, price_cents=100)
    assert ids(planned(rule, recorded, make_offer("live", 1, topics={"ethics": 1}))) == ["live", "recorded"]


def test_an_hour_serves_only_one_of_two_topics_that_share_none() -> None:
    rule = make_rule(requirements=asking(2, ethics={"at_least": [figure(2)]}, law={"at_least": [figure(2)], "disjoint": ["ethics"]}))
    both = make_offer("both", 2, topics={"ethics": 2, "law": 2}, price_cents=100)
    assert ids(planned(rule, both, make_offer("law", 2, topics={"law": 2}))) == ["both", "law"]


def test_a_lapsed_approval_moves_the_day_forward() -> None:
    rule = make_rule(requirements=asking(3), approvals={"accepted": ["APA"], "exclusive": True, "source": "code"})
    lapsing = make_offer("a", 3, approvals=(Approval("APA", None, date(2026, 3, 1)),))
    found = planned(rule, lapsing)
    assert (found.chosen[0].on, found.chosen[0].until) == (TODAY, date(2026, 3, 1))
    later = make_offer("a", 3, approvals=(Approval("APA", date(2026, 5, 1), None),))
    assert planned(rule, later).chosen[0].on == date(2026, 5, 1)


def test_each_year_gets_its_own_hours() -> None:
    requirements = {"total": {"at_least": [figure(4)], "each_year": [figure(2)]}}
    license = make_license(expires=date(2027, 6, 30))
    found = plan([owed(make_rule(requirements=requirements), license=license)], [make_offer("a", 4), make_offer("b", 2)], Wishes(), TODAY)
    assert sorted((c.on < date(2026, 7, 1)) for c in found.chosen) == [False, True]


def test_the_same_course_counts_once() -> None:
    rule = make_rule(requirements=asking(4), counting={"repeats": "once_per_period"})
    offers = [make_offer("a", 2, course="x", price_cents=0), make_offer("b", 2, course="x", price_cents=0), make_offer("c", 2)]
    assert "c" in ids(planned(rule, *offers))
    held = owed(rule, make_credit(2, course="x"))
    assert ids(plan([held], offers, Wishes(), TODAY)) == ["c"]


def test_surplus_of_the_period_before_is_counted() -> None:
    rule = make_rule(requirements=asking(4), carry_over={"at_most": [figure(2)]})
    surplus = make_credit(6, date=date(2024, 3, 1))
    found = plan([owed(rule, surplus)], [make_offer("a", 2), make_offer("b", 4)], Wishes(), TODAY)
    assert ids(found) == ["a"]


def test_windows_of_different_licenses_ask_for_different_days() -> None:
    rule = make_rule(requirements=asking(3))
    first, later = make_license(), make_license(expires=date(2028, 6, 30))
    both = [owed(rule, key="a", license=first), owed(rule, key="b", license=later)]
    found = plan(both, [make_offer("x", 3), make_offer("y", 3)], Wishes(), TODAY)
    assert [c.on for c in found.chosen] == [TODAY, date(2026, 7, 1)]


def test_a_limit_for_each_day_spreads_courses_over_days() -> None:
    rule = make_rule(requirements=asking(6), limits={"daily": {"at_most": [figure(3)], "each": "day"}})
    found = planned(rule, make_offer("a", 3), make_offer("b", 3))
    assert len({c.on for c in found.chosen}) == 2


def test_what_is_asked_already_met_needs_nothing() -> None:
    found = plan([owed(make_rule(requirements=asking(3)), make_credit(3))], [make_offer("a", 3, price_cents=0)], Wishes(), TODAY)
    assert (found.chosen, found.feasible, found.optimal) == ((), True, True)


def test_a_rule_that_is_not_known_is_told_apart() -> None:
    rule = make_rule(requirements={})
    found = plan([owed(rule), owed(make_rule(requirements=asking(3)), key="two")], [make_offer("a", 3)], Wishes(), TODAY)
    assert (ids(found), found.unknown) == (["a"], ("one",))


def test_fewer_hours_or_less_time_can_be_spared_instead() -> None:
    rule = make_rule(requirements=asking(4))
    offers = [make_offer("long", 6, price_cents=0, minutes=360), make_offer("exact", 4, minutes=300), make_offer("quick", 5, minutes=200)]
    assert ids(planned(rule, *offers)) == ["long"]
    assert (ids(planned(rule, *offers, minimize="hours")), planned(rule, *offers, minimize="hours").bound) == (["exact"], Decimal(4))
    assert ids(planned(rule, *offers, minimize="time")) == ["quick"]


def test_among_equals_the_preferred_and_then_the_quickest_is_taken() -> None:
    rule = make_rule(requirements=asking(3))
    offers = [make_offer("slow", 3, minutes=300), make_offer("quick", 3, minutes=180), make_offer("law", 3, topics={"law": 3}, minutes=400)]
    assert ids(planned(rule, *offers)) == ["quick"]
    assert ids(planned(rule, *offers, prefer_topics=frozenset({"law"}))) == ["law"]
    assert ids(planned(rule, *offers, prefer_ids=frozenset({"slow"}))) == ["slow"]


def test_other_sets_as_good_are_told() -> None:
    found = planned(
        make_rule(requirements=asking(3)), make_offer("a", 3), make_offer("b", 3, minutes=200), make_offer("c", 3, price_cents=1)
    )
    assert found.alternatives == ()
    found = planned(make_rule(requirements=asking(3)), make_offer("a", 3), make_offer("b", 3, minutes=200))
    assert [[c.id for c in one.chosen] for one in found.alternatives] == [["b"]]


def test_more_sets_as_good_than_are_weighed_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = [make_offer(f"o{n}", 3) for n in range(12)]
    assert planned(make_rule(requirements=asking(3)), *offers).all_ties
    monkeypatch.setattr(ties, "COLUMNS", 4)
    assert not planned(make_rule(requirements=asking(3)), *offers).all_ties


def test_dropping_one_shows_what_it_changes() -> None:
    found = planned(make_rule(requirements=asking(3)), make_offer("a", 3, price_cents=1000), make_offer("b", 3, price_cents=1700))
    assert without(found, "a").cost_cents == 1700


def test_what_must_be_taken_is_taken_and_what_may_not_is_not() -> None:
    offers = [make_offer("a", 3, price_cents=0), make_offer("b", 3), make_offer("c", 1)]
    rule = make_rule(requirements=asking(3))
    assert ids(planned(rule, *offers, required=frozenset({"c"}))) == ["a", "c"]
    assert ids(planned(rule, *offers, excluded=frozenset({"a"}))) == ["b"]


def test_a_session_that_has_begun_or_comes_too_late_is_not_taken() -> None:
    begun = make_offer("begun", 3, starts=date(2026, 1, 9), ends=date(2026, 1, 11))
    late = make_offer("late", 3, starts=date(2026, 7, 1), ends=date(2026, 7, 1))
    fine = make_offer("fine", 3, starts=date(2026, 6, 29), ends=DUE, price_cents=99_900)
    assert ids(planned(make_rule(requirements=asking(3)), begun, late, fine)) == ["fine"]
    assert planned(make_rule(requirements=asking(3)), begun, late, fine, by=date(2026, 6, 1)).infeasible


def test_too_small_a_budget_says_which_would_do() -> None:
    found = planned(make_rule(requirements=asking(3)), make_offer("a", 3, price_cents=9950), budget_cents=5000)
    assert [(u.requirement, u.mend) for u in found.infeasible] == [("budget", "Raise the budget to $99.50.")]
    found = planned(make_rule(requirements=asking(3)), make_offer("a", 3, price_cents=9950), budget_cents=5000, minimize="time")
    assert found.infeasible[0].mend == "Raise the budget to $99.50."


def test_the_cheapest_set_within_the_time_is_found_although_a_cheaper_and_a_quicker_one_exist() -> None:
    rule = make_rule(requirements=asking(6))
    offers = [
        make_offer("slow", 6, price_cents=0, minutes=1000),
        make_offer("middle", 6, price_cents=2000, minutes=500),
        make_offer("quick", 6, price_cents=9000, minutes=100),
    ]
    found = planned(rule, *offers, most_minutes=600)
    assert (ids(found), found.bound, found.optimal) == (["middle"], Decimal(2000), True)
    assert ids(planned(rule, *offers, most_minutes=500)) == ["middle"]
    assert ids(planned(rule, *offers, most_minutes=499)) == ["quick"]


def test_too_little_time_says_how_much_would_do() -> None:
    rule = make_rule(requirements=asking(3))
    offers = [make_offer("quick", 3, price_cents=9000, minutes=90), make_offer("cheap", 3, price_cents=1000, minutes=400)]
    found = planned(rule, *offers, most_minutes=60)
    assert [(u.requirement, u.mend) for u in found.infeasible] == [("time", "Allow 1 h 30 min.")]
    found = planned(rule, *offers, most_minutes=60, budget_cents=2000, minimize="hours")
    assert [(u.requirement, u.mend) for u in found.infeasible] == [("time", "Allow 6 h 40 min.")]
    found = planned(rule, *offers, most_minutes=100, budget_cents=2000, minimize="hours")
    assert [u.mend for u in found.infeasible] == ["Raise the budget to $90, or allow 6 h 40 min."]
    found = planned(rule, *offers, most_minutes=60, budget_cents=500, minimize="time")
    assert [u.requirement for u in found.infeasible] == ["time", "budget"]


@pytest.mark.parametrize("seed", range(200))
def test_the_time_and_money_that_are_said_to_do_will_do(seed: int) -> None:
    question = random_question(seed)
    wishes = replace(question.wishes, budget_cents=None, most_minutes=None)
    free = plan(question.licenses, question.offers, wishes, question.today, compare=False)
    if not free.chosen:
        return
    quick = plan(question.licenses, question.offers, replace(wishes, minimize="time"), question.today, compare=False).minutes
    if quick:
        short = plan(question.licenses, question.offers, replace(wishes, most_minutes=quick - 1), question.today, compare=False)
        assert [(u.requirement, u.mend) for u in short.infeasible] == [("time", f"Allow {time_in_words(quick)}.")]
        assert plan(question.licenses, question.offers, replace(wishes, most_minutes=quick), question.today, compare=False).feasible


def test_what_cannot_be_met_is_named_with_the_hours_that_would_mend_it() -> None:
    exclusive = {"accepted": ["APA"], "exclusive": True, "source": "code"}
    rule = make_rule(requirements=asking(6, ethics={"at_least": [figure(4)]}), approvals=exclusive)
    found = planned(
        rule, make_offer("a", 9), make_offer("b", 1, topics={"ethics": 1}), make_offer("c", 9, topics={"ethics": 9}, approvals=())
    )
    assert [(u.key, u.requirement, u.hours) for u in found.infeasible] == [("one", "ethics", Decimal(3))]
    assert found.infeasible[0].mend == "Add offers with 3 more CE hours of ethics with an accepted approval, completed by 30 June 2026."


def test_a_duty_that_is_not_done_is_to_be_completed_and_recorded() -> None:
    rule = make_rule(
        requirements=asking(
            6, exam={"name": "State examination", "topics": ["jurisprudence"], "at_least": [{"source": "code", "says": "an examination"}]}
        )
    )
    found = planned(rule, make_offer("a", 9)).infeasible
    assert [(u.requirement, u.hours, u.mend) for u in found] == [
        ("exam", None, "State examination: complete it by 30 June 2026, then record it with the license.")
    ]


def test_the_hours_that_would_mend_it_do() -> None:
    rule = make_rule(requirements=asking(8), limits={"distance": {"formats": ["asynchronous"], "at_most": [figure(2)]}})
    offers = [make_offer("a", 8, format="asynchronous")]
    lacking = planned(rule, *offers).infeasible[0].hours
    assert lacking == 6
    assert planned(rule, *offers, make_offer("b", float(lacking))).feasible


def test_a_day_that_is_past_is_said() -> None:
    found = plan([owed(make_rule(requirements=asking(3)))], [make_offer("a", 3)], Wishes(), date(2026, 8, 1))
    assert "The last day was 30 June 2026" in found.infeasible[0].mend


def test_two_offers_with_one_id_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="same id"):
        planned(make_rule(requirements=asking(3)), make_offer("a", 3), make_offer("a", 4))


@pytest.mark.parametrize("seed", range(40, 46))
def test_the_order_of_catalog_and_licenses_changes_nothing(seed: int) -> None:
    question = random_question(seed)
    offers = [*question.offers, *(make_offer(f"z{n}", 2, price_cents=1000, minutes=120) for n in range(6))]
    found = plan(question.licenses, offers, question.wishes, question.today)
    for _ in range(3):
        Random(seed).shuffle(offers)
        again = plan(question.licenses, offers, question.wishes, question.today)
        assert (again, again.alternatives) == (found, found.alternatives)
    turned = plan(question.licenses[::-1], offers, question.wishes, question.today)
    assert (turned.chosen, turned.bound) == (found.chosen, found.bound)
