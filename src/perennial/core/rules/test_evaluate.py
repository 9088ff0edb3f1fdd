"""What a license needs: each shape of rule on a small invented one."""

from datetime import date
from decimal import Decimal

import pytest

from perennial.core.rules import evaluate
from perennial.core.rules.answer import Answer
from perennial.core.rules.builders import figure, make_credit, make_license, make_rule, make_standing
from perennial.core.rules.facts import Done


def total(hours: float = 30) -> dict[str, object]:
    return {"at_least": [figure(hours)]}


def topic(hours: float | None, slug: str = "ethics", **more: object) -> dict[str, object]:
    return {"topics": [slug], "at_least": [figure(hours)], **more}


def missing(answer: Answer) -> dict[str, Decimal | None]:
    return dict(answer.missing)


def test_enough_hours_are_compliant_and_certain() -> None:
    answer = evaluate(make_rule(), make_standing(make_credit(30)))
    assert (answer.compliant, answer.certain, answer.counted_hours) == (True, True, Decimal(30))
    assert answer.due == date(2026, 6, 30)
    assert answer.start == date(2024, 7, 1)


def test_hours_before_the_window_and_after_the_day_asked_do_not_count_and_say_so() -> None:
    early, late = make_credit(10, date=date(2024, 6, 30)), make_credit(10, date=date(2026, 6, 29))
    answer = evaluate(make_rule(), make_standing(early, late, as_of=date(2026, 6, 1)))
    assert answer.counted_hours == 0
    assert [n.because.split(",")[0] for n in answer.not_counted] == [
        "Completed after 1 June 2026",
        "Completed before 1 July 2024",
    ]


def test_the_same_certificate_entered_twice_counts_once() -> None:
    twice = make_credit(20, id="a")
    assert evaluate(make_rule(), make_standing(twice, twice)).counted_hours == 20


def test_a_first_period_begins_when_the_license_was_issued() -> None:
    license = make_license(issued=date(2025, 2, 1), renewal_number=1)
    before = make_credit(30, date=date(2025, 1, 31))
    assert missing(evaluate(make_rule(), make_standing(before, license=license))) == {"total": 30}


def test_a_topic_from_the_file_may_be_met_by_either_of_two() -> None:
    rule = make_rule(requirements={"total": total(), "ethics": {"topics": ["ethics", "law"], "at_least": [figure(3)]}})
    answer = evaluate(rule, make_standing(make_credit(27), make_credit(3, topics={"law": 3})))
    assert answer.compliant


def test_a_topic_tied_to_a_format_is_missing_under_the_topic() -> None:
    rule = make_rule(requirements={"total": total(), "ethics": topic(3, formats=["live_in_person"])})
    answer = evaluate(rule, make_standing(make_credit(30, topics={"ethics": 3}, format="asynchronous")))
    assert missing(answer) == {"ethics": 3}


def test_a_yearly_minimum_is_not_met_by_hours_of_the_other_year() -> None:
    rule = make_rule(requirements={"total": total(), "ethics": {"topics": ["ethics"], "each_year": [figure(1)]}})
    first = make_credit(30, date=date(2024, 9, 1), topics={"ethics": 2})
    assert missing(evaluate(rule, make_standing(first))) == {"ethics": 1}


@pytest.mark.parametrize(("number", "due"), [(3, True), (4, False), (6, True)])
def test_every_third_renewal_is_the_third_and_the_sixth(number: int, due: bool) -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(2, due={"renewals": 3, "from": "nth"})})
    answer = evaluate(rule, make_standing(license=make_license(renewal_number=number)))
    assert ("ethics" in answer.missing) is due


@pytest.mark.parametrize(("taken", "due"), [(date(2020, 6, 30), True), (date(2020, 7, 1), False)])
def test_six_years_count_from_the_last_completion(taken: date, due: bool) -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(2, due={"years": 6, "from": "last"})})
    answer = evaluate(rule, make_standing(make_credit(2, date=taken, topics={"ethics": 2})))
    assert ("ethics" in answer.missing) is due


def test_a_training_recorded_as_done_counts_like_one_with_hours() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(2, due={"years": 6, "from": "last"})})
    license = make_license(issued=date(2012, 1, 1), renewal_number=3)
    long_ago, lately = Done("ethics", date(2019, 1, 1)), Done("ethics", date(2021, 1, 1))
    assert missing(evaluate(rule, make_standing(license=license, done=(long_ago,)))) == {"ethics": 2}
    assert evaluate(rule, make_standing(license=license, done=(lately,))).compliant


@pytest.mark.parametrize(("expires", "due"), [(date(2026, 12, 31), True), (date(2025, 12, 31), False)])
def test_a_fixed_block_of_years_is_due_when_it_ends(expires: date, due: bool) -> None:
    recurrence = {"years": 6, "from": "block", "base": date(2015, 1, 1)}
    rule = make_rule(requirements={"total": total(0), "ethics": topic(6, due=recurrence)})
    standing = make_standing(license=make_license(expires=expires), as_of=expires)
    assert ("ethics" in evaluate(rule, standing).missing) is due


def test_a_topic_once_in_any_three_periods_is_due_in_the_third_at_the_latest() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(1, due={"renewals": 3, "from": "within"})})
    taken = make_credit(1, date=date(2021, 1, 1), topics={"ethics": 1})
    assert missing(evaluate(rule, make_standing())) == {"ethics": 1}
    assert evaluate(rule, make_standing(taken)).compliant
    assert evaluate(rule, make_standing(license=make_license(renewal_number=2))).compliant


def test_a_topic_asked_once_is_not_asked_again_unless_it_began_while_the_license_was_held() -> None:
    old = make_rule(requirements={"total": total(0), "ethics": topic(2, due="once")})
    new = make_rule(
        requirements={
            "total": total(0),
            "ethics": {"topics": ["ethics"], "due": "once", "at_least": [figure(2, **{"from": date(2023, 7, 1)})]},
        }
    )
    assert evaluate(old, make_standing()).compliant
    assert missing(evaluate(new, make_standing())) == {"ethics": 2}
    assert evaluate(new, make_standing(license=make_license(issued=date(2023, 8, 1)))).compliant


def test_a_deadline_after_licensure_is_due_in_the_period_in_which_it_falls() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(3, due="once", first_due={"months": 36})})
    falls_here = make_license(issued=date(2022, 3, 1), renewal_number=2)
    assert missing(evaluate(rule, make_standing(license=falls_here))) == {"ethics": 3}
    assert evaluate(rule, make_standing()).compliant


def test_the_figure_in_force_on_the_last_day_applies_or_on_the_first_where_the_rule_says_so() -> None:
    figures = [figure(6), figure(3, **{"from": date(2025, 7, 1)})]
    at_end = make_rule(requirements={"total": total(0), "ethics": {"topics": ["ethics"], "at_least": figures}})
    at_start = make_rule(
        requirements={
            "total": total(0),
            "ethics": {"topics": ["ethics"], "at_least": figures, "judged_by": "period_start"},
        }
    )
    assert missing(evaluate(at_end, make_standing())) == {"ethics": 3}
    assert missing(evaluate(at_start, make_standing())) == {"ethics": 6}


def test_only_people_with_the_attribute_owe_a_topic_that_only_some_owe() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(3, applies_to=["supervisor"])})
    assert evaluate(rule, make_standing()).compliant
    assert missing(evaluate(rule, make_standing(attributes=frozenset({"supervisor"})))) == {"ethics": 3}


def test_a_completion_without_hours_is_missing_as_nothing_and_met_by_a_duty_done() -> None:
    rule = make_rule(requirements={"total": total(0), "human_trafficking": {"topics": ["law"], "at_least": [figure(None)]}})
    assert missing(evaluate(rule, make_standing())) == {"human_trafficking": None}
    done = (Done("human_trafficking", date(2025, 1, 1)),)
    assert evaluate(rule, make_standing(done=done)).compliant


def test_surplus_carries_up_to_the_most_and_only_into_the_next_period() -> None:
    rule = make_rule(carry_over={"at_most": [figure(10)]})
    before = make_credit(44, date=date(2023, 9, 1))
    answer = evaluate(rule, make_standing(before, make_credit(20)))
    assert (answer.compliant, answer.counted_hours, answer.carried_hours) == (True, Decimal(30), Decimal(10))
    older = make_credit(44, date=date(2021, 9, 1))
    assert evaluate(rule, make_standing(older, make_credit(20))).counted_hours == 20


def test_a_share_is_of_the_hours_asked_also_when_those_are_reduced() -> None:
    rule = make_rule(
        limits={"asynchronous": {"formats": ["asynchronous"], "at_most": [{"percent": 50, "source": "code", "says": "half"}]}},
        first_renewal={"steps": [{"issued_within_months": 12, "asks": {"total": 10}}], "says": "Ten."},
    )
    license = make_license(issued=date(2025, 9, 1), renewal_number=1)
    recorded = make_credit(10, format="asynchronous", date=date(2025, 10, 1))
    assert evaluate(rule, make_standing(recorded, license=license)).counted_hours == 5


def test_hours_on_top_serve_their_topic_and_never_the_total() -> None:
    rule = make_rule(requirements={"total": total(), "ethics": topic(3, counts_toward_total=False)})
    answer = evaluate(rule, make_standing(make_credit(30, topics={"ethics": 3})))
    assert missing(answer) == {"total": 3}


def test_a_credit_under_a_limit_says_what_cut_it() -> None:
    rule = make_rule(limits={"self_study": {"formats": ["self_study"], "at_most": [figure(10)]}})
    answer = evaluate(rule, make_standing(make_credit(14, format="self_study")))
    (cut,) = answer.not_counted
    assert (cut.lost, cut.because) == (Decimal(4), "Over the limit on self_study (at most 10 CE hours).")


def test_an_exclusive_list_refuses_another_approver() -> None:
    rule = make_rule(approvals={"accepted": ["APA"], "exclusive": True, "source": "code"})
    answer = evaluate(rule, make_standing(make_credit(30, approvals=("NBCC",))))
    assert (answer.compliant, answer.counted_hours) == (False, Decimal(0))
    assert "not approved by a body" in answer.not_counted[0].because


def test_an_approver_spelled_otherwise_is_the_same_approver() -> None:
    rule = make_rule(approvals={"accepted": ["NBCC_ACEP"], "exclusive": True, "source": "code"})
    assert evaluate(rule, make_standing(make_credit(30, approvals=("nbcc",)))).compliant


def test_a_year_between_two_reporting_years_owes_nothing_yet() -> None:
    rule = make_rule(window={"reports": "odd", "says": "Odd years."}, period={"months": 24, "ends": "other", "says": "x"})
    answer = evaluate(rule, make_standing(make_credit(6)))
    assert (answer.compliant, answer.owed, answer.due, missing(answer)) == (True, False, date(2027, 6, 30), {})


def test_without_the_number_that_decides_the_year_nothing_is_judged() -> None:
    rule = make_rule(window={"reports": "license_number", "says": "By number."})
    answer = evaluate(rule, make_standing(license=make_license(number=None)))
    assert (answer.compliant, answer.certain, answer.needs) == (None, False, ("number",))


@pytest.mark.parametrize(("repeats", "hours"), [("once_per_period", 20), ("not_consecutive", 0), (None, 30)])
def test_repeats_of_a_course(repeats: str | None, hours: int) -> None:
    rule = make_rule(counting={"repeats": repeats} if repeats else {})
    before = make_credit(5, date=date(2023, 9, 1), course="x")
    now = [make_credit(20, course="x"), make_credit(10, course="x", date=date(2025, 8, 1))]
    assert evaluate(rule, make_standing(before, *now)).counted_hours == hours


def test_steps_and_least_lengths_round_down() -> None:
    rule = make_rule(counting={"step_hours": 0.5, "step_after_hours": 1, "least_hours": 1})
    credits = [make_credit(1.75), make_credit(0.75), make_credit(1)]
    assert evaluate(rule, make_standing(*credits)).counted_hours == Decimal("2.5")


def test_a_daily_limit_cuts_each_day_by_itself() -> None:
    rule = make_rule(limits={"day": {"at_most": [figure(12)], "each": "day"}})
    assert evaluate(rule, make_standing(make_credit(16), make_credit(16, date=date(2025, 3, 2)))).counted_hours == 24


def test_an_exam_that_earns_an_ethics_hour_gives_it() -> None:
    grant = {"what": "jurisprudence_exam", "hours": 1, "topics": {"ethics": 1}, "source": "code", "says": "One hour."}
    rule = make_rule(requirements={"total": total(1), "ethics": topic(1)}, grants=[grant])
    assert evaluate(rule, make_standing(done=(Done("jurisprudence_exam", date(2025, 5, 5)),))).compliant


@pytest.mark.parametrize(("at_first", "on", "certain"), [(False, None, False), (False, date(2025, 5, 5), True), (True, None, True)])
def test_hours_of_an_exam_are_certain_only_where_its_day_is_told_or_makes_no_difference(
    at_first: bool, on: date | None, certain: bool
) -> None:
    grant = {"what": "exam", "hours": 1, "topics": {"ethics": 1}, "first_renewal": at_first, "source": "code", "says": "One hour."}
    rule = make_rule(requirements={"total": total(1), "ethics": topic(1)}, grants=[grant])
    license = make_license(issued=date(2024, 7, 1), renewal_number=1)
    answer = evaluate(rule, make_standing(done=(Done("exam", on),), license=license))
    assert (answer.compliant, answer.certain) == (True, certain)


def test_a_number_of_kinds_is_asked_besides_hours() -> None:
    classes = {
        "courses": {"name": "Courses", "says": "Live.", "any": [{"formats": ["live_in_person"]}]},
        "reading": {"name": "Reading", "says": "Read.", "any": [{"formats": ["reading"]}]},
    }
    kinds = {"at_least": 2, "of": ["courses", "reading"], "source": "code", "says": "Two of them."}
    rule = make_rule(classes=classes, requirements={"total": total(30), "kinds_used": {"kinds": kinds}})
    assert missing(evaluate(rule, make_standing(make_credit(30)))) == {"kinds_used": 1}
    assert evaluate(rule, make_standing(make_credit(29), make_credit(1, format="reading"))).compliant


def test_a_class_told_by_its_title_is_told_for_each_credit() -> None:
    classes = {"family": {"name": "Family", "says": "By title.", "any": [{"title_words": ["family"]}]}}
    rule = make_rule(classes=classes, requirements={"total": total(0), "family": {"classes": ["family"], "at_least": [figure(4)]}})
    answer = evaluate(rule, make_standing(make_credit(2, title="Grief"), make_credit(3, title="Family work")))
    assert missing(answer) == {"family": 1}


def test_hours_on_top_that_a_board_approved_count_in_the_total_after_all() -> None:
    suicide = topic(6, "suicide_prevention", counts_toward_total=False, counts_where=[{"approvals": ["APA"]}])
    rule = make_rule(requirements={"total": total(15), "suicide_prevention": suicide})
    nine = make_credit(9)
    approved, other = (make_credit(6, topics={"suicide_prevention": 6}, approvals=(a,)) for a in ("APA", "NBCC_ACEP"))
    assert evaluate(rule, make_standing(nine, approved)).compliant
    assert missing(evaluate(rule, make_standing(nine, other))) == {"total": 6}


def test_a_topic_on_top_that_others_owe_does_not_take_hours_from_those_who_do_not() -> None:
    rule = make_rule(requirements={"total": total(6), "ethics": topic(3, counts_toward_total=False, applies_to=["supervisor"])})
    six = make_credit(6, topics={"ethics": 6})
    assert evaluate(rule, make_standing(six)).compliant
    assert missing(evaluate(rule, make_standing(six, attributes=frozenset({"supervisor"})))) == {"total": 6}


def test_a_figure_for_some_people_takes_the_place_of_the_others() -> None:
    figures = [figure(40), figure(60, applies_to=["supervisor"])]
    rule = make_rule(requirements={"total": {"at_least": figures}})
    assert missing(evaluate(rule, make_standing(make_credit(40)))) == {}
    assert missing(evaluate(rule, make_standing(make_credit(40), attributes=frozenset({"supervisor"})))) == {"total": 20}


def test_hours_of_a_format_may_serve_a_topic_that_they_do_not_name() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(3, also=[{"formats": ["reading"]}])})
    assert evaluate(rule, make_standing(make_credit(1, topics={"ethics": 1}), make_credit(2, format="reading"))).compliant


def test_a_title_word_is_found_beside_any_mark() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(3, title_words=["ethic"])})
    for title in ("Law/Ethics", "(Ethics) today", "Tele-ethics"):
        assert evaluate(rule, make_standing(make_credit(3, title=title, topics={"ethics": 3}))).compliant
    assert not evaluate(rule, make_standing(make_credit(3, title="Law", topics={"ethics": 3}))).compliant


def test_the_year_first_licensed_decides_in_which_years_hours_are_reported() -> None:
    rule = make_rule(window={"reports": "issue_year", "says": "By year of licensure."})
    even, odd = (make_license(issued=date(year, 5, 1)) for year in (2018, 2019))
    assert evaluate(rule, make_standing(license=even)).owed
    assert evaluate(rule, make_standing(license=odd)).due == date(2027, 6, 30)


def test_a_cycle_from_the_year_of_licensure_closes_in_its_own_years() -> None:
    window = {"closes": {"month": 10, "day": 31}, "reports": "issue_year", "says": "November to October."}
    rule = make_rule(window=window)

    def due(issued: date, expires: date) -> date:
        return evaluate(rule, make_standing(license=make_license(issued=issued, expires=expires))).due

    assert due(date(2021, 5, 10), date(2026, 1, 1)) == date(2025, 10, 31)
    assert due(date(2021, 5, 10), date(2024, 12, 31)) == date(2025, 10, 31)
    assert due(date(2023, 3, 10), date(2023, 12, 31)) == date(2025, 10, 31)


def test_a_topic_may_look_back_beyond_the_period_at_every_renewal() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(2, lookback_months=36)})
    inside, before = (make_credit(2, date=day, topics={"ethics": 2}) for day in (date(2023, 7, 1), date(2023, 6, 30)))
    assert evaluate(rule, make_standing(inside)).compliant
    assert missing(evaluate(rule, make_standing(before))) == {"ethics": 2}


def test_a_doubt_about_one_topic_leaves_the_hours_in_another() -> None:
    ethics = topic(2, unsure=[{"topics": ["law"]}], unsure_read="out")
    rule = make_rule(requirements={"total": total(0), "ethics": ethics})
    assert evaluate(rule, make_standing(make_credit(3, topics={"ethics": 2, "law": 1}))).compliant
    assert missing(evaluate(rule, make_standing(make_credit(3, topics={"ethics": 1, "law": 2})))) == {"ethics": 1}


def test_a_format_named_like_a_limit_or_class_of_this_board_belongs_to_it() -> None:
    rule = make_rule(
        classes={"formal": {"name": "Formal", "says": "Approved.", "any": [{"approvals": ["APA"]}]}},
        requirements={"total": total(0), "other_formal": {"classes": ["formal"], "at_least": [figure(4)]}},
        limits={"other_related_hours": {"formats": ["reading"], "at_most": [figure(15)]}},
    )
    related = make_credit(18, format="other_related_hours", approvals=())
    assert evaluate(rule, make_standing(related)).counted_hours == 15
    assert "other_formal" not in evaluate(rule, make_standing(make_credit(4, format="other_formal", approvals=()))).missing


def test_a_duty_said_to_be_done_on_a_day_to_come_proves_nothing_yet() -> None:
    rule = make_rule(requirements={"total": total(), "telehealth": topic(3, "telehealth")})
    standing = make_standing(make_credit(30), as_of=date(2026, 6, 1), done=(Done("telehealth", date(2026, 6, 2)),))
    assert missing(evaluate(rule, standing)) == {"telehealth": 3}
    assert evaluate(rule, make_standing(make_credit(30), as_of=date(2026, 6, 2), done=standing.done)).compliant
