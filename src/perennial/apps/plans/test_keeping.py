"""A kept plan beside what holds today."""

from datetime import date

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import License
from perennial.apps.licenses.services import record_duty
from perennial.apps.plans.builders import AT, make_candidate, make_kept_plan
from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.keeping import Kept, basis_for, kept_today
from perennial.apps.plans.making import case_for, made
from perennial.apps.plans.queries import KeptPlan
from perennial.apps.plans.services import keep_plan, remove_course
from perennial.apps.plans.wishes import Wishes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ACE = (ToldApproval("ASWB_ACE"),)


def today(person: Person, plan: KeptPlan) -> Kept:
    return kept_today(person, plan, day=TODAY)


def test_nothing_has_changed_on_the_day_itself() -> None:
    person = make_person()
    kept = today(person, make_kept_plan(person=person))
    assert (kept.count, kept.changes, kept.gone) == (0, (), ())


def test_a_course_that_came_into_the_record_is_done() -> None:
    person = make_person()
    plan = make_kept_plan(person=person)
    make_credit(person=person, title="Ethics across state lines")
    kept = today(person, plan)
    assert kept.count == 1
    assert kept.changes == ("New in your record: “Ethics across state lines”.",)


def test_a_credit_that_was_there_before_does_nothing() -> None:
    person = make_person()
    make_credit(person=person, title="Ethics across state lines")
    assert today(person, make_kept_plan(person=person)).count == 0


def test_a_license_that_is_new_or_was_changed_is_said() -> None:
    person = make_person()
    plan = make_kept_plan(person=person)
    make_license(person=person, jurisdiction="TX", number="9")
    assert today(person, plan).changes == ("Texas LCSW is new among your licenses.",)


def test_a_rule_that_was_changed_is_said() -> None:
    person = make_person()
    plan = make_kept_plan(person=person)
    for license in plan.basis["licenses"].values():
        license["rule"] = "another"
    assert today(person, plan).changes == ("The rule of California LCSW was changed.",)


def test_a_course_that_is_gone_is_said_and_the_plan_holds_no_longer() -> None:
    person = make_person()
    plan = make_kept_plan(person=person)
    remove_course(course=make_candidate(person=person), at=AT)
    kept = today(person, plan)
    assert kept.gone == ("Ethics across state lines",)
    assert not kept.holds


def kept_with_a_duty(person: Person) -> tuple[License, KeptPlan]:
    """A plan for the last hours of a license that also asks for two duties that no course fulfills."""
    license = make_license(person=person, jurisdiction="CO", expires_on=date(2027, 8, 31), issued_on=date(2019, 9, 1))
    make_credit(person=person, minutes=2100, completed_on=date(2026, 3, 1), approvals=["ASWB_ACE"], topics={})
    make_candidate(person=person, title="The rest", price_cents=5_000, starts_on=None, topics={}, approvals=ACE)
    result = made(case_for(person, Wishes(), day=TODAY)).as_row()
    return license, keep_plan(person=person, wishes=Wishes().as_row(), result=result, basis=basis_for(person, day=TODAY), at=AT)


def test_a_plan_kept_beside_a_duty_holds_and_still_tells_the_duty() -> None:
    person = make_person()
    license, plan = kept_with_a_duty(person)
    kept = today(person, plan)
    assert kept.holds
    assert [judged.once for judged in kept.judged] == [("Written learning plan", "Reflective self-assessment")]
    record_duty(person=person, license=license, what="other_learning_plan", on=TODAY)
    assert [judged.once for judged in today(person, plan).judged] == [("Reflective self-assessment",)]


def test_a_plan_made_before_a_question_was_answered_holds() -> None:
    person = make_person()
    make_license(person=person, jurisdiction="TX", profession="counselor", expires_on=date(2027, 3, 31), issued_on=date(2019, 3, 1))
    make_candidate(
        person=person,
        title="All in one",
        minutes=1800,
        price_cents=5_000,
        starts_on=None,
        topics={"ethics": 360, "cultural_competence": 180, "supervision": 360},
        approvals=(ToldApproval("NBCC_ACEP"),),
    )
    found = made(case_for(person, Wishes(), day=TODAY))
    assert found.state == "planned"
    plan = keep_plan(person=person, wishes=Wishes().as_row(), result=found.as_row(), basis=basis_for(person, day=TODAY), at=AT)
    assert today(person, plan).holds
