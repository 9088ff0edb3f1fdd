"""Keeping outside courses and plans."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from perennial.apps.accounts.builders import make_person
from perennial.apps.plans.builders import AT, make_candidate, make_facts
from perennial.apps.plans.facts import ToldApproval, facts_of
from perennial.apps.plans.models import OutsideCourse
from perennial.apps.plans.queries import courses_kept, courses_removed, export_of, plans_kept
from perennial.apps.plans.services import (
    Taken,
    change_course,
    keep_catalog,
    keep_course,
    keep_plan,
    put_plan_away,
    remove_course,
    restore_course,
)
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
PLAN: dict[str, Any] = {"wishes": {"minimize": "cost"}, "result": {"items": []}, "basis": {"credits": {}}}


def test_what_is_kept_is_what_was_told() -> None:
    facts = make_facts(approvals=(ToldApproval("APA", "12", date(2026, 1, 1), date(2027, 12, 31)),), minutes_per_hour=50)
    kept = facts_of(OutsideCourse.objects.get(pk=keep_course(person=make_person(), facts=facts, at=AT).pk))
    assert kept == replace(facts, ends_on=facts.starts_on, takes_minutes=facts.minutes)


def test_keeping_the_same_course_twice_keeps_it_once() -> None:
    person = make_person()
    assert keep_course(person=person, facts=make_facts(), at=AT) == keep_course(person=person, facts=make_facts(), at=AT)
    assert len(courses_kept(person)) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"minutes": 0}, "hours"),
        ({"minutes_per_hour": 45}, "60, 55 or 50"),
        ({"topics": {"ethics": 361}}, "inside"),
        ({"price_cents": -1}, "price"),
        ({"starts_on": None, "ends_on": date(2027, 1, 1)}, "first day"),
        ({"ends_on": date(2027, 1, 1)}, "before the first"),
        ({"approvals": (ToldApproval("APA", "", date(2027, 1, 2), date(2027, 1, 1)),)}, "ends before"),
        ({"url": "javascript:alert(1)"}, "https"),
        ({"title": " "}, "title"),
        ({"starts_on": date(1999, 1, 1)}, "year"),
    ],
)
def test_facts_that_cannot_be_are_refused_with_a_reason(changes: dict[str, Any], says: str) -> None:
    person = make_person()
    with pytest.raises(Refusal, match=says):
        keep_course(person=person, facts=make_facts(**changes), at=AT)
    assert not courses_kept(person)


def test_the_table_refuses_what_the_services_refuse() -> None:
    course = make_candidate()
    for change in ({"minutes": 0}, {"minutes_per_hour": 45}, {"ends_on": date(2026, 1, 1)}, {"takes_minutes": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutsideCourse.objects.filter(pk=course.pk).update(**change)


def test_a_removed_course_can_be_brought_back() -> None:
    course = make_candidate()
    remove_course(course=course, at=AT)
    remove_course(course=course, at=AT)
    assert not courses_kept(course.owner)
    assert courses_removed(course.owner) == [course]
    restore_course(course=course)
    assert courses_kept(course.owner) == [course]


def test_changing_a_course_keeps_its_name_in_the_catalog() -> None:
    person = make_person()
    keep_catalog(person=person, courses=[make_facts(catalog_key="a1")], at=AT)
    (course,) = courses_kept(person)
    change_course(course=course, facts=make_facts(price_cents=100), at=AT)
    (changed,) = courses_kept(person)
    assert (changed.catalog_key, changed.price_cents) == ("a1", 100)


def test_a_catalog_loaded_again_changes_what_differs_and_adds_nothing_twice() -> None:
    person = make_person()
    first = [make_facts(catalog_key="a"), make_facts(catalog_key="b"), make_facts(title="No name of its own")]
    assert keep_catalog(person=person, courses=first, at=AT) == Taken(3, 0, 0)
    again = [make_facts(catalog_key="a", price_cents=1), *first[1:], make_facts(catalog_key="c")]
    assert keep_catalog(person=person, courses=again, at=AT) == Taken(1, 1, 2)
    assert {course.price_cents for course in courses_kept(person) if course.catalog_key == "a"} == {1}


def test_a_catalog_with_one_impossible_course_keeps_nothing() -> None:
    person = make_person()
    with pytest.raises(Refusal):
        keep_catalog(person=person, courses=[make_facts(), make_facts(minutes=0)], at=AT)
    assert not courses_kept(person)


def test_a_removed_course_of_a_catalog_does_not_come_back_over_a_newer_one() -> None:
    person = make_person()
    keep_catalog(person=person, courses=[make_facts(catalog_key="a")], at=AT)
    (old,) = courses_kept(person)
    remove_course(course=old, at=AT)
    keep_catalog(person=person, courses=[make_facts(catalog_key="a", title="Newer")], at=AT)
    with pytest.raises(Refusal, match="newer"):
        restore_course(course=old)


def test_keeping_a_plan_twice_keeps_it_once_and_putting_it_away_keeps_it() -> None:
    person = make_person()
    plan = keep_plan(person=person, at=AT, **PLAN)
    assert keep_plan(person=person, at=AT, **PLAN) == plan
    put_plan_away(plan=plan, at=AT)
    assert not plans_kept(person)
    assert [row["id"] for row in export_of(person)["plans"]] == [plan.pk]
