"""A provider's year: counted once, in the year in which it happened, and asked for with a constant number of queries."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.courses.builders import completed, make_course
from perennial.apps.courses.models import Enrolment
from perennial.apps.courses.queries import years_of

pytestmark = pytest.mark.django_db


def test_a_year_tells_who_finished_and_what_they_said(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course = make_course()
    completed(course=course)
    second = completed(course=course)
    year = timezone.localdate().year
    with django_assert_num_queries(4):
        (found,) = years_of(course.provider, year)
    assert (found.begun, found.completed, found.evaluations) == (2, 2, 2)
    assert found.versions
    assert all(1 <= answered.mean <= 5 and answered.answers == 2 for answered in found.means)
    assert len(found.means) == len({answered.question for answered in found.means}) > 7
    Enrolment.objects.filter(pk=second.pk).update(started_at=timezone.now() - timedelta(days=900))
    assert years_of(course.provider, year)[0].begun == 1
    assert years_of(course.provider, year - 1)[0].completed == 0
