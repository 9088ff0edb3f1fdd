"""Plans made for a person: what is chosen, what is proved, what stands in the way."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.courses.builders import completed, make_course
from perennial.apps.courses.shelf import shelf_now
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.services import answer_questions
from perennial.apps.plans.builders import make_candidate
from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.making import case_for, made
from perennial.apps.plans.outcome import Outcome
from perennial.apps.plans.wishes import Wishes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ACE = (ToldApproval("ASWB_ACE"),)


def nearly_done(**license: Any) -> Person:
    """Somebody whose California license lacks six hours of law and ethics and nothing else, and who has candidates for it."""
    person = make_person()
    make_license(person=person, **license)
    earned: tuple[dict[str, int], ...] = ({"telehealth": 180, "law_ethics": 180}, {"suicide_prevention": 360}, {})
    for number, topics in enumerate(earned):
        make_credit(
            person=person, title=f"Earned {number}", minutes=600, completed_on=date(2026, 3, 1), approvals=["ASWB_ACE"], topics=topics
        )
    return person


def candidate(person: Person, title: str, price_cents: int | None, **changes: Any) -> str:
    """A candidate of six hours of law and ethics on any day; gives its name in a plan."""
    facts = {"title": title, "price_cents": price_cents, "starts_on": None, "topics": {"law_ethics": 360}, "approvals": ACE}
    return f"own:{make_candidate(person=person, **{**facts, **changes}).pk}"


def planned(person: Person, wishes: Wishes | None = None) -> Outcome:
    return made(case_for(person, wishes or Wishes(), day=TODAY))


def chosen(outcome: Outcome) -> list[str]:
    return [item.id for item in outcome.items]


def test_the_cheaper_of_two_courses_is_chosen_with_proof() -> None:
    person = nearly_done()
    candidate(person, "Dear", 20_000)
    cheap = candidate(person, "Cheap", 5_000)
    found = planned(person)
    assert (found.state, chosen(found), found.cost_cents) == ("planned", [cheap], 5_000)
    assert (found.optimal, found.bound, found.compared) == (True, "5000", 2)
    assert [judged.compliant for judged in found.judged] == [True]
    (item,) = found.items
    assert TODAY <= date.fromisoformat(item.on) <= date(2027, 6, 30)
    assert ("Law and ethics", "3") in item.serves[0].lines or ("Law and ethics", "6") in item.serves[0].lines


def test_without_the_chosen_course_the_next_best_is_taken() -> None:
    person = nearly_done()
    dear, cheap = candidate(person, "Dear", 20_000), candidate(person, "Cheap", 5_000)
    assert chosen(planned(person, Wishes(without=(cheap,)))) == [dear]


def test_a_course_without_a_price_is_left_out_and_counted() -> None:
    person = nearly_done()
    candidate(person, "Unpriced", None)
    priced = candidate(person, "Priced", 5_000)
    found = planned(person)
    assert (chosen(found), found.unpriced) == ([priced], 1)


def test_a_budget_too_small_says_what_would_mend_it() -> None:
    person = nearly_done()
    candidate(person, "Dear", 20_000)
    found = planned(person, Wishes(budget_cents=10_000))
    assert found.state == "infeasible"
    assert found.unmet
    assert all(unmet.what and unmet.mend for unmet in found.unmet)
    assert any("$200" in unmet.mend for unmet in found.unmet)


def test_with_nothing_to_choose_from_each_missing_line_is_named() -> None:
    found = planned(nearly_done())
    assert found.state == "infeasible"
    assert any("California" in unmet.name for unmet in found.unmet)
    assert [judged.compliant for judged in found.judged] == [False]


def test_too_little_time_says_how_much_it_takes() -> None:
    person = nearly_done()
    candidate(person, "Only", 5_000)
    found = planned(person, Wishes(minutes=60))
    assert found.state == "infeasible"
    assert "6 hours" in found.unmet[0].what


def test_the_cheapest_within_the_time_is_taken_where_the_cheapest_takes_too_long() -> None:
    person = nearly_done()
    candidate(person, "Cheap and slow", 1_000, takes_minutes=1200)
    quick = candidate(person, "Quick enough", 5_000)
    candidate(person, "Quickest", 9_000, takes_minutes=300)
    found = planned(person, Wishes(minutes=600))
    assert (chosen(found), found.optimal, found.bound) == ([quick], True, "5000")


def test_a_license_that_needs_nothing_or_cannot_be_judged_is_told_apart() -> None:
    person = nearly_done()
    candidate(person, "Cheap", 5_000)
    make_license(person=person, jurisdiction="NJ", profession="other", credential="associate", number="7")
    found = planned(person)
    assert [(one.name, one.settled) for one in found.skipped] == [("New Jersey associate", False)]


def test_hours_a_month_set_the_day_and_too_few_are_said() -> None:
    person = nearly_done()
    candidate(person, "Six hours", 5_000)
    (item,) = planned(person, Wishes(minutes_a_month=120)).items
    assert date.fromisoformat(item.on) == date(2027, 2, 24)
    slow = planned(person, Wishes(minutes_a_month=10))
    assert any("hours a month" in remark for remark in slow.remarks)
    assert [judged.compliant for judged in slow.judged] == [True]


def test_a_duty_that_no_course_fulfills_is_told_beside_the_plan_for_the_hours() -> None:
    person = make_person()
    make_license(person=person, jurisdiction="CO", expires_on=date(2027, 8, 31), issued_on=date(2019, 9, 1))
    make_credit(person=person, minutes=2100, completed_on=date(2026, 3, 1), approvals=["ASWB_ACE"], topics={})
    course = candidate(person, "The rest", 5_000, topics={})
    found = planned(person)
    assert (found.state, chosen(found)) == ("planned", [course])
    assert [judged.once for judged in found.judged] == [("Written learning plan", "Reflective self-assessment")]


def test_someone_without_a_license_gets_no_plan() -> None:
    assert planned(make_person()).state == "no_license"


def test_a_course_of_the_library_already_completed_is_not_offered() -> None:
    person = nearly_done()
    course = make_course()
    assert planned(person).compared == 1
    completed(person=person, course=course)
    assert planned(person).compared == 0


def test_planning_takes_as_many_queries_for_many_candidates_as_for_few() -> None:
    person = nearly_done()
    candidate(person, "First", 5_000)
    shelf_now()  # what is offered is read once, not for each plan
    with CaptureQueriesContext(connection) as few:
        planned(person)
    for number in range(6):
        candidate(person, f"Course {number}", 6_000 + number)
    make_license(person=person, jurisdiction="TX", number="9")
    with CaptureQueriesContext(connection) as many:
        planned(person)
    assert len(many) == len(few)


def test_a_question_that_is_not_answered_is_taken_as_yes_and_said_so() -> None:
    person = nearly_done()
    make_license(person=person, jurisdiction="TX", number="777", expires_on=date(2027, 12, 31), renewal_number=3)
    candidate(person, "Law and ethics", 5_000)
    remarks = planned(person).remarks
    assert [remark.split(":")[0] for remark in remarks] == ["You have not answered"] * len(remarks)
    assert any("Do you supervise" in remark for remark in remarks)
    answer_questions(person=person, answers={"supervisor": False, "began_graduate_study_before_2004": False})
    assert planned(person).remarks == ()
