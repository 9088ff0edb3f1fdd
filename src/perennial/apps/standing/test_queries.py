"""Licenses judged through the ledger, with a number of queries that does not grow."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.services import withdraw_entry
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import License
from perennial.apps.licenses.services import answer_questions, record_duty, set_attributes
from perennial.apps.standing.queries import credit_effects, standing_of, standing_of_license, standings_of_all
from perennial.core.rules import Answer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


def test_credits_of_the_ledger_count_for_the_license() -> None:
    license = make_license()
    make_credit(person=license.person, minutes=180, topics={"law_ethics": 120})
    (found,) = standing_of(license.person, day=DAY)
    assert found.answer is not None
    assert found.answer.counted_hours == 3
    assert found.answer.missing["law_ethics"] == 4


def test_a_withdrawn_credit_no_longer_counts() -> None:
    license = make_license()
    entry = make_credit(person=license.person)
    withdraw_entry(entry=entry, reason="Entered twice", at=entry.entered_at)
    (found,) = standing_of(license.person, day=DAY)
    assert found.answer is not None
    assert found.answer.counted_hours == 0


def test_a_credit_from_before_the_period_is_shown_with_its_reason() -> None:
    license = make_license()
    entry = make_credit(person=license.person, completed_on=date(2019, 3, 1))
    (effect,) = credit_effects(license.person, [entry.pk], day=DAY)[entry.pk]
    assert effect.counted == 0
    assert effect.lost == 3
    assert effect.because


def test_what_a_credit_did_names_the_lines_it_serves() -> None:
    license = make_license()
    entry = make_credit(person=license.person, minutes=180, topics={"law_ethics": 120})
    (effect,) = credit_effects(license.person, [entry.pk], day=DAY)[entry.pk]
    assert (effect.counted, effect.because) == (Decimal(3), "")
    assert effect.lines == (("Law and ethics", Decimal(2)),)


def test_attributes_and_duties_reach_the_rule() -> None:
    license = make_license()
    set_attributes(person=license.person, attributes=["supervisor"])
    record_duty(person=license.person, license=None, what="suicide_prevention", on=date(2026, 1, 5))
    found = standing_of_license(license, day=DAY)
    assert found.facts.attributes == {"supervisor"}
    assert [duty.what for duty in found.duties] == ["suicide_prevention"]


def test_a_duty_for_one_license_does_not_serve_another() -> None:
    license = make_license()
    other = make_license(person=license.person, jurisdiction="TX")
    record_duty(person=license.person, license=other, what="suicide_prevention", on=date(2026, 1, 5))
    assert not standing_of_license(license, day=DAY).duties


def test_an_own_list_is_counted_like_a_rule() -> None:
    own = [{"name": "Hours in all", "hours": "10"}, {"name": "Ethics", "hours": "2", "topic": "ethics"}]
    license = make_license(profession="other", credential="LMSW", own_requirements=own)
    make_credit(person=license.person, minutes=180, topics={"ethics": 60})
    found = standing_of_license(license, day=DAY)
    assert found.own
    assert found.answer is not None
    assert dict(found.answer.missing) == {"total": 7, "ethics": 1}
    assert found.answer.certain


def test_a_license_without_rule_or_list_has_no_answer() -> None:
    found = standing_of_license(make_license(profession="other", credential="LMSW"), day=DAY)
    assert (found.rule, found.answer) == (None, None)


@pytest.mark.parametrize(("licenses", "credits"), [(1, 1), (5, 1), (1, 60), (5, 60)])
def test_the_number_of_queries_is_constant(licenses: int, credits: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    for number in range(licenses):
        make_license(person=person, number=str(number))
    for _ in range(credits):
        make_credit(person=person)
    with django_assert_num_queries(5):
        assert len(standing_of(person, day=DAY)) == licenses


def test_a_question_that_is_not_answered_keeps_the_verdict_open_until_it_is() -> None:
    license = make_license(jurisdiction="TX", renewal_number=3)
    for topics in ({"ethics": 360}, {"cultural_competence": 360}, {}):
        make_credit(person=license.person, minutes=900, topics=topics, approvals=["ASWB_ACE"], format="live_in_person")
    found = judged(license)
    assert (found.compliant, found.unanswered) == (None, ("supervisor",))
    answer_questions(person=license.person, answers={"supervisor": False})
    assert judged(license).compliant is True
    answer_questions(person=license.person, answers={"supervisor": True})
    assert judged(license).compliant is False


def judged(license: License) -> Answer:
    answer = standing_of_license(license, day=DAY).answer
    assert answer is not None
    assert [one.answer for one in standings_of_all([license], day=DAY)] == [answer]
    return answer
