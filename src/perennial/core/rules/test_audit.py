"""Findings of an audit: each fault is named with its credit or line, and a record in order has none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from perennial.core.rules import Credit, Rule, Standing
from perennial.core.rules.audit import DatedApproval, Finding, examined, findings
from perennial.core.rules.builders import figure, make_credit, make_rule, make_standing

DAY = date(2025, 3, 1)
ETHICS = {"total": {"at_least": [figure(30)]}, "ethics": {"topics": ["ethics"], "at_least": [figure(3)]}}
EXCLUSIVE = {"accepted": ["APA", "NBCC_ACEP"], "exclusive": True, "source": "code"}


def found(
    rule: Rule, standing: Standing, bare: Sequence[Credit] = (), approvals: Mapping[str, Sequence[DatedApproval]] | None = None
) -> tuple[Finding, ...]:
    without = {credit.id for credit in bare}
    return findings(rule, standing, {c.id: c.id not in without for c in standing.credits}, approvals)


def kinds(*args: Any, **more: Any) -> list[tuple[str, str]]:
    return [(f.kind, f.severity) for f in found(*args, **more)]


def whole(**changes: object) -> Credit:
    return make_credit(30, title="All of it", topics={"ethics": 3}, **changes)


def test_a_record_in_order_has_no_finding() -> None:
    assert found(make_rule(requirements=ETHICS), make_standing(whole())) == ()


def test_hours_and_topics_that_are_short_are_named_with_their_source_and_day() -> None:
    short, topic = found(make_rule(requirements=ETHICS), make_standing(make_credit(20), as_of=date(2026, 1, 5)))
    assert (short.kind, short.severity, short.line) == ("short", "fails", "total")
    assert short.todo == "Earn 10 CE hours more by 30 June 2026."
    assert (topic.kind, topic.line, topic.todo) == (
        "missing_topic",
        "ethics",
        "Earn 3 CE hours more on this line (ethics) by 30 June 2026.",
    )
    assert short.source is not None
    assert short.source.cite == "1 Ex. Code 1"


def test_hours_that_are_short_after_the_due_day_cannot_be_earned_any_more() -> None:
    (short,) = found(make_rule(), make_standing(make_credit(20), as_of=date(2026, 9, 1)))
    assert short.todo.startswith("The hours were due on 30 June 2026.")


def test_a_provider_that_is_not_accepted_is_a_cause_only_where_hours_are_then_missing() -> None:
    rule, stray = make_rule(approvals=EXCLUSIVE), make_credit(5, title="A stray", approvals=("ACA",))
    assert kinds(rule, make_standing(make_credit(28), stray)) == [("short", "fails"), ("unaccepted", "fails")]
    assert kinds(rule, make_standing(whole(), stray)) == [("unaccepted", "check")]


def test_a_provider_that_the_rule_does_not_name_is_to_be_checked_where_others_are_accepted_too() -> None:
    (one,) = found(make_rule(), make_standing(whole(approvals=("Somebody",))))
    assert (one.kind, one.severity) == ("unaccepted", "check")
    assert "Somebody" in one.because


def test_an_approval_that_had_lapsed_on_the_day_of_the_course_does_not_count() -> None:
    rule, credit = make_rule(approvals=EXCLUSIVE), whole()
    until = {credit.id: [DatedApproval("APA", date(2020, 1, 1), date(2025, 2, 28))]}
    lapsed = found(rule, make_standing(credit), approvals=until)
    assert [f.kind for f in lapsed] == ["short", "lapsed"]
    assert lapsed[1].because == "The approval by APA ended on 28 February 2025, before the course on 1 March 2025."
    assert kinds(make_rule(), make_standing(credit), approvals=until) == [("lapsed", "check")]


@pytest.mark.parametrize(
    "dates",
    [
        [DatedApproval("APA", None, DAY)],
        [DatedApproval("APA", DAY, None)],
        [DatedApproval("APA", None, date(2024, 1, 1)), DatedApproval("APA", date(2024, 1, 2), None)],
        [DatedApproval("ACA", None, date(2024, 1, 1))],
    ],
    ids=["last day", "first day", "renewed", "another's"],
)
def test_an_approval_that_held_on_the_day_is_no_finding(dates: list[DatedApproval]) -> None:
    credit = whole()
    assert found(make_rule(approvals=EXCLUSIVE), make_standing(credit), approvals={credit.id: dates}) == ()


def test_a_second_accepted_approval_that_held_is_enough() -> None:
    credit = whole(approvals=("APA", "NBCC_ACEP"))
    until = {credit.id: [DatedApproval("APA", None, date(2024, 1, 1))]}
    assert found(make_rule(approvals=EXCLUSIVE), make_standing(credit), approvals=until) == ()


def test_a_certificate_entered_twice_is_found_under_the_same_number_and_under_another() -> None:
    half = make_credit(15, title="Half")
    assert kinds(make_rule(), make_standing(half, half)) == [("short", "fails"), ("duplicate", "fails")]
    twin = replace(half, id="twin", title=" half")
    again = found(make_rule(), make_standing(half, twin), bare=[half])
    assert [(f.kind, f.credit) for f in again] == [("short", None), ("duplicate", half.id)]


@pytest.mark.parametrize(("title", "same"), [("Grief / a DAY", True), ("grief a day.", True), ("Grief: a day II", False)])
def test_marks_in_a_title_tell_no_two_entries_of_one_certificate_apart(title: str, same: bool) -> None:
    first = make_credit(15, title="Grief: a day")
    other = replace(first, id="other", title=title)
    assert bool([f for f in found(make_rule(), make_standing(first, other)) if f.kind == "duplicate"]) is same


def test_the_answer_of_an_auditor_counts_a_twin_once() -> None:
    half = make_credit(15, title="Half")
    case = make_standing(half, replace(half, id="twin"))
    answer = examined(make_rule(), case, {half.id: True, "twin": False}).answer
    assert answer.counted_hours == 15
    assert answer.compliant is False
    assert [credit.credit for line in answer.lines for credit in line.credits] == [half.id]


def test_the_same_course_on_the_same_day_is_a_twin_and_on_another_day_is_not() -> None:
    one, other = make_credit(15, course="grief"), make_credit(16, course="grief", title="Grief again")
    assert kinds(make_rule(), make_standing(one, other)) == [("short", "fails"), ("duplicate", "fails")]
    assert found(make_rule(), make_standing(one, replace(other, date=date(2025, 4, 1)))) == ()


def test_a_credit_just_beside_the_period_is_told_only_where_hours_are_missing() -> None:
    late = make_credit(10, title="Too late", date=date(2026, 7, 3))
    after = date(2026, 8, 1)
    assert kinds(make_rule(), make_standing(make_credit(20), late, as_of=after)) == [("short", "fails"), ("outside", "fails")]
    assert found(make_rule(), make_standing(whole(), late, as_of=after)) == ()
    early = replace(late, date=date(2024, 6, 30))
    assert kinds(make_rule(), make_standing(make_credit(20), early)) == [("short", "fails"), ("outside", "advice")]
    ancient = replace(late, date=date(2019, 1, 1))
    assert kinds(make_rule(), make_standing(make_credit(20), ancient)) == [("short", "fails")]


def test_a_credit_of_a_day_to_come_does_not_count_yet() -> None:
    coming = make_credit(2, title="To come", date=date(2026, 6, 20))
    assert kinds(make_rule(), make_standing(whole(), coming, as_of=date(2026, 6, 1))) == [("future", "check")]


def test_a_missing_certificate_is_a_cause_only_where_the_rest_is_not_enough() -> None:
    extra = make_credit(2, title="Extra")
    assert kinds(make_rule(), make_standing(whole(), extra), bare=[extra]) == [("no_proof", "check")]
    credit = whole()
    assert kinds(make_rule(), make_standing(credit), bare=[credit]) == [("no_proof", "fails")]


def test_more_hours_in_a_topic_than_in_all_are_told() -> None:
    odd = make_credit(2, title="Odd", topics={"ethics": 4})
    (one,) = found(make_rule(), make_standing(whole(), odd))
    assert (one.kind, one.because) == ("topic_hours", "4 CE hours in ethics, but 2 CE hours in all.")


def test_a_limit_that_is_passed_is_advice() -> None:
    rule = make_rule(limits={"home": {"name": "Self-study", "formats": ["self_study"], "at_most": [figure(10)]}})
    standing = make_standing(whole(), make_credit(12, title="At home", format="self_study"))
    assert kinds(rule, standing) == [("over_limit", "advice")]
    assert found(rule, standing)[0].line == "home"


def test_the_worked_example_of_the_algorithm() -> None:
    rule = make_rule(requirements=ETHICS, approvals={"accepted": ["APA"], "exclusive": True, "source": "code"})
    one = make_credit(20, title="A", topics={"ethics": 3})
    two = make_credit(6, title="B", date=date(2025, 4, 2))
    three = make_credit(5, title="C", date=date(2025, 5, 9))
    again = replace(three, id="again")
    told = found(rule, make_standing(one, two, three, again), [three], {two.id: [DatedApproval("APA", None, date(2025, 4, 1))]})
    assert [(f.kind, f.severity, f.credit) for f in told] == [
        ("short", "fails", None),
        ("lapsed", "fails", two.id),
        ("duplicate", "fails", three.id),
    ]
    assert "25 of 30 CE hours count. 5 missing." in told[0].because


def test_what_is_not_known_for_want_of_an_answer_is_found() -> None:
    rule = make_rule(requirements={"total": {"at_least": [figure(1)]}, "law": {"at_least": [figure(3)], "applies_to": ["supervisor"]}})
    credit = make_credit(1)
    for unanswered, found in ((frozenset({"supervisor"}), ["law"]), (frozenset[str](), [])):
        seen = findings(rule, make_standing(credit, unanswered=unanswered), {credit.id: True})
        assert [one.line for one in seen if one.kind == "missing_topic"] == found
        assert all(one.severity == "check" and "Not known until you answer" in one.because for one in seen)
