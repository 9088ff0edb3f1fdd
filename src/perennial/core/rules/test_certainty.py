"""`certain` is false exactly when an open point could change the verdict for this person."""

from datetime import date

import pytest

from perennial.core.rules import evaluate
from perennial.core.rules.builders import figure, make_credit, make_license, make_rule, make_standing
from perennial.core.rules.facts import Done
from perennial.core.rules.rule import Rule


def with_open(**effect: object) -> Rule:
    point = {"ask": "Is it so?", "read": "It is not.", "could": [effect] if effect else []}
    ethics = {"topics": ["ethics"], "at_least": [figure(3)]}
    return make_rule(open={"point": point}, requirements={"total": {"at_least": [figure(30)]}, "ethics": ethics})


LIVE = make_credit(30, topics={"ethics": 3})
RECORDED = make_credit(30, topics={"ethics": 3}, format="asynchronous")
SHORT = make_credit(27, topics={"ethics": 3})
SURE = [
    ("an unread cap on self-study touches nobody with live hours", {"cap": {"formats": ["asynchronous"]}}, LIVE),
    ("a cap that leaves enough", {"cap": {"formats": ["asynchronous"]}, "cap_hours": 30}, RECORDED),
    ("a figure that may only be lower, to someone compliant", {"figure": "ethics", "lowest": 1, "highest": 3}, LIVE),
    ("a figure that may only be higher, to someone short", {"figure": "total", "lowest": 30, "highest": 40}, SHORT),
    ("a point of procedure", {}, LIVE),
    ("a point that concerns supervisors only", {"asks": ["law"], "applies_to": ["supervisor"]}, LIVE),
    ("a point about the first renewal", {"anything": True, "only_first": True}, LIVE),
    ("a bill that can only touch later periods", {"anything": True, "from": date(2026, 7, 1)}, LIVE),
    ("a doubt that ended before", {"anything": True, "until": date(2026, 6, 29)}, LIVE),
    ("a topic that may be asked, met by the second of two", {"asks": ["law", "ethics"], "asks_hours": 3}, LIVE),
    ("a mandate that may not bind, to someone who has met it", {"not_asked": "ethics"}, LIVE),
]
UNSURE = [
    ("an unread cap on what this person took", {"cap": {"formats": ["asynchronous"]}}, RECORDED),
    ("a cap that may leave too little", {"cap": {"formats": ["asynchronous"]}, "cap_hours": 29}, RECORDED),
    ("a figure that may be higher", {"figure": "ethics", "lowest": 3, "highest": 6}, LIVE),
    ("a figure that may be lower, to someone short", {"figure": "total", "lowest": 24, "highest": 30}, SHORT),
    ("a topic that may be asked besides", {"asks": ["law"], "asks_hours": 1}, LIVE),
    ("hours that our data cannot check", {"unverified": "ethics"}, LIVE),
    ("a window that may close earlier", {"closes_months_earlier": 16}, LIVE),
    ("a bill in force on the last day of the period", {"anything": True, "from": date(2026, 6, 30)}, LIVE),
    ("a rule that may have been replaced", {"anything": True}, SHORT),
]


@pytest.mark.parametrize(("why", "effect", "credit"), SURE, ids=[s[0] for s in SURE])
def test_certain(why: str, effect: dict[str, object], credit: object) -> None:
    assert evaluate(with_open(**effect), make_standing(credit)).certain, why  # type: ignore[arg-type]


@pytest.mark.parametrize(("why", "effect", "credit"), UNSURE, ids=[u[0] for u in UNSURE])
def test_not_certain(why: str, effect: dict[str, object], credit: object) -> None:
    answer = evaluate(with_open(**effect), make_standing(credit))  # type: ignore[arg-type]
    assert not answer.certain, why
    assert answer.unchecked


def test_an_approver_that_the_rule_does_not_name_makes_a_verdict_uncertain_only_if_it_is_needed() -> None:
    unnamed = make_credit(3, approvals=("A local clinic",))
    assert not evaluate(make_rule(), make_standing(make_credit(27), unnamed)).certain
    answer = evaluate(make_rule(), make_standing(make_credit(30), unnamed))
    assert answer.certain
    assert any("A local clinic" in u for u in answer.unchecked)


def test_an_approval_list_that_was_not_read_is_open_to_those_who_are_compliant() -> None:
    rule = make_rule(approvals={})
    assert not evaluate(rule, make_standing(make_credit(30))).certain
    assert evaluate(rule, make_standing(make_credit(29))).certain


def test_a_duty_without_hours_is_open_until_it_is_said_to_be_done() -> None:
    rule, enough = make_rule(duties=["learning_plan"]), make_credit(30)
    answer = evaluate(rule, make_standing(enough))
    assert (answer.compliant, answer.certain) == (True, False)
    assert any("earns no hours" in u for u in answer.unchecked)
    assert evaluate(rule, make_standing(enough, done=(Done("learning_plan"),))).certain
    assert evaluate(rule, make_standing(make_credit(29))).certain


def test_surplus_that_may_carry_is_open_only_to_those_who_have_some() -> None:
    rule = make_rule(carry_over={"unknown": True})
    surplus = make_credit(40, date=date(2023, 9, 1))
    assert not evaluate(rule, make_standing(surplus, make_credit(25))).certain
    assert evaluate(rule, make_standing(make_credit(25))).certain


def test_an_unread_first_renewal_is_open_only_to_a_first_renewal_that_is_short() -> None:
    rule = make_rule(first_renewal={"unknown": True, "says": "Not read."})
    first = make_license(renewal_number=1, issued=date(2024, 7, 1))
    assert not evaluate(rule, make_standing(license=first)).certain
    assert evaluate(rule, make_standing()).certain
    assert evaluate(rule, make_standing(make_credit(30), license=first)).certain


def test_hours_that_may_not_be_in_the_total_are_open_only_if_they_are_needed_there() -> None:
    ethics = {"topics": ["ethics"], "at_least": [figure(3)], "counts_toward_total": "unknown"}
    rule = make_rule(requirements={"total": {"at_least": [figure(30)]}, "ethics": ethics})
    assert not evaluate(rule, make_standing(LIVE)).certain
    assert evaluate(rule, make_standing(LIVE, make_credit(3))).certain


def test_a_copy_younger_than_the_period_leaves_the_answer_uncertain() -> None:
    sources = {"code": {"url": "https://example.org/1", "kind": "regulation", "as_of": "2026-07-01"}}
    assert not evaluate(make_rule(sources=sources), make_standing(make_credit(30))).certain
    dated = make_rule(sources=sources, requirements={"total": {"at_least": [figure(30, **{"from": date(2020, 1, 1)})]}},
                      carry_over={"at_most": []})  # fmt: skip
    assert evaluate(dated, make_standing(make_credit(30))).certain


def test_a_first_renewal_that_may_owe_the_full_hours_is_open_to_those_who_lack_them() -> None:
    point = {"ask": "Exempt?", "read": "Exempt.", "could": [{"full_first": True}]}
    exempt = {"steps": [{"asks": {"total": 0}, "others": "none"}], "says": "Exempt."}
    rule = make_rule(open={"point": point}, first_renewal=exempt)
    first = make_license(renewal_number=1, issued=date(2024, 7, 1))
    answer = evaluate(rule, make_standing(license=first))
    assert (answer.compliant, answer.certain) == (True, False)
    assert evaluate(rule, make_standing(make_credit(30), license=first)).certain


def test_a_clock_that_is_open_concerns_those_who_took_the_topic_lately() -> None:
    point = {"ask": "From when?", "read": "From the last.", "could": [{"recurs": "ethics"}]}
    ethics = {"topics": ["ethics"], "at_least": [figure(3)], "due": {"years": 2, "from": "last"}}
    rule = make_rule(open={"point": point}, requirements={"total": {"at_least": [figure(0)]}, "ethics": ethics})
    taken = make_credit(3, date=date(2023, 1, 1), topics={"ethics": 3})
    assert not evaluate(rule, make_standing(taken)).certain
    never = evaluate(rule, make_standing())
    assert (never.compliant, never.certain) == (False, True)


def test_a_yearly_minimum_that_may_not_bind_is_open_to_those_who_miss_only_that() -> None:
    point = {"ask": "Each year?", "read": "Each year.", "could": [{"not_yearly": "total"}]}
    total = {"at_least": [figure(30)], "each_year": [figure(15)]}
    rule = make_rule(open={"point": point}, requirements={"total": total})
    assert not evaluate(rule, make_standing(make_credit(30))).certain
    assert evaluate(rule, make_standing(make_credit(29))).certain


def test_work_that_nobody_approves_needs_no_approver() -> None:
    taught = make_credit(30, format="teaching", approvals=())
    assert evaluate(make_rule(), make_standing(taught)).certain
    assert not evaluate(make_rule(), make_standing(make_credit(30, approvals=()))).certain


def test_topics_that_may_have_to_be_apart_are_open_to_those_who_took_them_in_one_course() -> None:
    point = {"ask": "Apart?", "read": "Together.", "could": [{"apart": ["ethics", "law"]}]}
    topics = {t: {"topics": [t], "at_least": [figure(2)]} for t in ("ethics", "law")}
    rule = make_rule(open={"point": point}, requirements={"total": {"at_least": [figure(2)]}, **topics})
    assert not evaluate(rule, make_standing(make_credit(2, topics={"ethics": 2, "law": 2}))).certain
    assert evaluate(rule, make_standing(make_credit(4, topics={"ethics": 2, "law": 2}))).certain


def test_an_exemption_read_in_a_younger_copy_is_not_certain() -> None:
    sources = {
        "code": {"url": "https://example.org/1", "kind": "regulation", "as_of": "2024"},
        "new": {"url": "https://example.org/2", "kind": "regulation", "as_of": "2026-07"},
    }
    first = {"steps": [{"asks": {"total": 0}, "others": "none"}], "says": "Exempt.", "source": "new"}
    rule = make_rule(sources=sources, first_renewal=first)
    assert not evaluate(rule, make_standing(license=make_license(renewal_number=1, issued=date(2025, 1, 1)))).certain
    assert evaluate(rule, make_standing()).certain


@pytest.mark.parametrize(
    ("number", "issued", "certain"), [(1, None, False), (None, None, False), (3, None, True), (1, date(2024, 7, 1), True)]
)
def test_hours_that_a_first_renewal_would_not_ask_are_certain_only_where_the_license_tells(
    number: int | None, issued: date | None, certain: bool
) -> None:
    steps = [{"issued_within_months": 12, "asks": {"total": 0}, "others": "none"}]
    rule = make_rule(first_renewal={"steps": steps, "source": "code", "says": "Nothing in the last year of the period."})
    answer = evaluate(rule, make_standing(license=make_license(issued=issued, renewal_number=number)))
    assert (answer.compliant, answer.certain) == (False, certain)
