"""What a first renewal asks: nothing, less, by months held, or something of its own."""

from datetime import date
from decimal import Decimal

from perennial.core.rules import evaluate
from perennial.core.rules.builders import figure, make_credit, make_license, make_rule, make_standing
from perennial.core.rules.facts import Done
from perennial.core.rules.test_evaluate import missing, topic, total


def test_years_of_a_short_first_period_are_the_license_years() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": {"topics": ["ethics"], "each_year": [figure(1)]}})
    license = make_license(issued=date(2024, 9, 15), expires=date(2026, 3, 31), renewal_number=1)
    each = [make_credit(1, date=day, topics={"ethics": 1}) for day in (date(2024, 11, 10), date(2025, 5, 10))]
    assert evaluate(rule, make_standing(*each, license=license)).compliant
    assert missing(evaluate(rule, make_standing(each[0], license=license))) == {"ethics": 1}


def test_the_first_reported_renewal_is_the_first() -> None:
    rule = make_rule(
        window={"reports": "even", "says": "Even years."},
        first_renewal={"steps": [{"asks": {"total": 0}, "others": "none"}], "says": "Exempt."},
    )
    license = make_license(issued=date(2024, 10, 1), expires=date(2026, 6, 30), renewal_number=2)
    assert evaluate(rule, make_standing(license=license)).compliant
    assert not evaluate(rule, make_standing(license=make_license(renewal_number=2, issued=date(2023, 1, 1)))).compliant


def test_an_examination_before_licensure_counts_at_the_first_renewal_and_only_there() -> None:
    grant = {"what": "laws_exam", "hours": 30, "first_renewal": True, "source": "code", "says": "Stands for all."}
    rule = make_rule(grants=[grant])
    done = (Done("laws_exam", date(2024, 1, 5)),)
    first = make_license(issued=date(2024, 7, 15), renewal_number=1)
    assert evaluate(rule, make_standing(license=first, done=done)).compliant
    assert not evaluate(rule, make_standing(done=done)).compliant


def test_a_first_step_may_hold_for_periods_up_to_a_day_and_for_those_who_held_it_less_long() -> None:
    steps = [{"until": date(2023, 7, 1), "asks": {"total": 18}}, {"held_less_than_months": 18, "asks": {"total": 20}}]
    rule = make_rule(first_renewal={"steps": steps, "says": "Steps."})

    def asked(issued: date, expires: date) -> Decimal | None:
        license = make_license(issued=issued, expires=expires, renewal_number=1)
        return evaluate(rule, make_standing(license=license)).asked_hours

    assert asked(date(2021, 8, 1), date(2023, 6, 30)) == 18
    assert asked(date(2025, 1, 1), date(2026, 6, 30)) == 30
    assert asked(date(2025, 1, 2), date(2026, 6, 30)) == 20


def test_surplus_of_an_exempt_first_period_is_what_lies_above_the_full_hours() -> None:
    rule = make_rule(
        carry_over={"at_most": [figure(20)]},
        first_renewal={"steps": [{"asks": {"total": 0}, "others": "none"}], "says": "Exempt."},
    )
    second = make_license(issued=date(2022, 7, 1), renewal_number=2)
    assert evaluate(rule, make_standing(make_credit(34, date=date(2023, 1, 1)), license=second)).carried_hours == 4


def test_a_first_window_a_day_longer_than_the_period_has_no_third_year() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": {"topics": ["ethics"], "each_year": [figure(1)]}})
    license = make_license(issued=date(2024, 3, 31), expires=date(2026, 3, 31), renewal_number=1)
    each = [make_credit(1, date=day, topics={"ethics": 1}) for day in (date(2024, 11, 10), date(2025, 5, 10))]
    assert evaluate(rule, make_standing(*each, license=license)).compliant


def test_a_first_renewal_may_ask_a_topic_in_one_format_only() -> None:
    rule = make_rule(requirements={"total": total(0), "ethics": topic(3, first_only={"formats": ["live_in_person"]})})
    read = make_credit(3, topics={"ethics": 3}, format="self_study")
    first = make_license(issued=date(2024, 7, 1), renewal_number=1)
    assert missing(evaluate(rule, make_standing(read, license=first))) == {"ethics": 3}
    assert evaluate(rule, make_standing(read)).compliant


def test_a_topic_prorated_by_half_years_is_asked_whole_where_the_day_of_issue_is_not_told() -> None:
    steps = [{"prorate": {"hours_per_month": "30/24", "months": "whole", "per_six_months": {"ethics": 1}}}]
    rule = make_rule(
        requirements={"total": total(), "ethics": topic(4)},
        first_renewal={"steps": steps, "source": "code", "says": "By whole months, and an hour on ethics for each six."},
    )
    answer = evaluate(rule, make_standing(make_credit(30), license=make_license(issued=None, renewal_number=1)))
    assert missing(answer) == {"ethics": 4}
    assert (answer.certain, answer.needs) == (False, ("issued",))
