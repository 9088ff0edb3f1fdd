"""A kept plan beside what holds today."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.builders import AT, make_candidate, make_outcome
from perennial.apps.plans.keeping import Kept, basis_for, kept_today
from perennial.apps.plans.queries import KeptPlan
from perennial.apps.plans.services import keep_plan, remove_course

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def kept_of(person: Person, day: date = TODAY, **changes: Any) -> KeptPlan:
    """A kept plan of one outside course for one license."""
    license, course = make_license(person=person), make_candidate(person=person)
    plan = make_outcome(**changes)
    item = replace(plan.items[0], id=f"own:{course.pk}", ref=str(course.pk))
    judged = replace(plan.judged[0], license=str(license.pk))
    row = replace(plan, items=(item,), judged=(judged,)).as_row()
    return keep_plan(person=person, wishes={}, result=row, basis=basis_for(person, day=day), at=AT)


def today(person: Person, plan: KeptPlan) -> Kept:
    return kept_today(person, plan, day=TODAY)


def test_nothing_has_changed_on_the_day_itself() -> None:
    person = make_person()
    kept = today(person, kept_of(person))
    assert (kept.count, kept.changes, kept.gone) == (0, (), ())


def test_a_course_that_came_into_the_record_is_done() -> None:
    person = make_person()
    plan = kept_of(person)
    make_credit(person=person, title="Ethics across state lines")
    kept = today(person, plan)
    assert kept.count == 1
    assert kept.changes == ("New in your record: “Ethics across state lines”.",)


def test_a_credit_that_was_there_before_does_nothing() -> None:
    person = make_person()
    make_credit(person=person, title="Ethics across state lines")
    assert today(person, kept_of(person)).count == 0


def test_a_license_that_is_new_or_was_changed_is_said() -> None:
    person = make_person()
    plan = kept_of(person)
    make_license(person=person, jurisdiction="TX", number="9")
    assert today(person, plan).changes == ("Texas LCSW is new among your licenses.",)


def test_a_rule_that_was_changed_is_said() -> None:
    person = make_person()
    plan = kept_of(person)
    for license in plan.basis["licenses"].values():
        license["rule"] = "another"
    assert today(person, plan).changes == ("The rule of California LCSW was changed.",)


def test_a_course_that_is_gone_is_said_and_the_plan_holds_no_longer() -> None:
    person = make_person()
    plan = kept_of(person)
    remove_course(course=make_candidate(person=person), at=AT)
    kept = today(person, plan)
    assert kept.gone == ("Ethics across state lines",)
    assert not kept.holds
