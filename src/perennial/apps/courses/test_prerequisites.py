"""Courses that build on one another in a circle: nobody could begin, so the one that would close it is refused."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from perennial.apps.courses.builders import make_content
from perennial.apps.courses.queries import current_course, way_back
from perennial.apps.courses.services import offer_course_again, publish_course, withdraw_course
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def publish(slug: str, *asked: str, version: int = 1) -> None:
    publish_course(content=replace(make_content(slug=slug, version=version), prerequisites=asked), provider="house", listed=True)


def test_a_circle_is_refused_with_the_way_round_and_what_was_offered_stays(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    publish("first")
    publish("second", "first")
    publish("third", "second", "not-there")
    with pytest.raises(Refusal, match="“first” builds on third, which builds on second, which builds on first: nobody could begin"):
        publish("first", "third", version=2)
    kept = current_course("first")
    assert kept is not None
    assert kept.version == 1
    with django_assert_num_queries(2):
        assert way_back("first", ["third"]) == ("third", "second", "first")
    assert way_back("fourth", ["third", "second"]) == ()


def test_a_course_that_is_offered_again_closes_no_circle_either() -> None:
    publish("first", "second")
    withdraw_course(slug="first", provider="house")
    publish("second", "first")
    with pytest.raises(Refusal, match="“first” builds on second, which builds on first"):
        offer_course_again(slug="first", provider="house")
