"""A kept plan beside what holds today."""

from datetime import date

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.builders import AT, make_candidate, make_kept_plan
from perennial.apps.plans.keeping import Kept, kept_today
from perennial.apps.plans.queries import KeptPlan
from perennial.apps.plans.services import remove_course

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


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
