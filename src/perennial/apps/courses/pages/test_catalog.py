"""The catalog finds courses, and asks the database a constant number of questions."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_content, make_course, make_enrolment

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def test_the_catalog_finds_by_word_topic_and_length(client: Client) -> None:
    course = make_course(make_content(title="Of rivers"))
    for query in ("", "?q=rivers", "?topic=ethics", "?hours=short", "?free=1", "?q=RIVERS&topic=ethics"):
        assert course.title in text_of(client, f"/courses/{query}"), query
    for query in ("?q=mountains", "?hours=long"):
        page = text_of(client, f"/courses/{query}")
        assert course.title not in page
        assert "No course fits" in page
    assert course.title in text_of(client, "/courses/?topic=nothing&hours=9&q=%00")


def test_an_empty_catalog_says_what_to_do(client: Client) -> None:
    assert "No courses yet" in text_of(client, "/courses/")


@pytest.mark.parametrize("count", [1, 7])
def test_the_catalog_takes_the_same_queries_for_any_number_of_courses(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(person := make_person())
    for _ in range(count):
        make_enrolment(person=person, read=False)
    text_of(client, "/courses/")
    with django_assert_num_queries(5):  # session, person, topics, enrolments, courses
        text_of(client, "/courses/")
