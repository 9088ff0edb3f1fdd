"""What is one person's is not there for another."""

import pytest
from django.http import Http404

from perennial.apps.accounts.builders import make_person
from perennial.apps.plans.access import course_of, plan_of, removed_course_of
from perennial.apps.plans.builders import AT, make_candidate
from perennial.apps.plans.services import keep_plan, remove_course

pytestmark = pytest.mark.django_db


def test_a_course_is_there_for_its_owner_alone() -> None:
    course = make_candidate()
    assert course_of(course.owner, course.pk) == course
    for find in (course_of, removed_course_of):
        with pytest.raises(Http404):
            find(make_person(), course.pk)


def test_a_removed_course_is_there_to_be_brought_back_and_for_nothing_else() -> None:
    course = make_candidate()
    remove_course(course=course, at=AT)
    assert removed_course_of(course.owner, course.pk) == course
    with pytest.raises(Http404):
        course_of(course.owner, course.pk)


def test_a_plan_is_there_for_its_owner_alone() -> None:
    person = make_person()
    plan = keep_plan(person=person, wishes={}, result={}, basis={}, at=AT)
    assert plan_of(person, plan.pk) == plan
    with pytest.raises(Http404):
        plan_of(make_person(), plan.pk)
