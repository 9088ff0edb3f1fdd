"""The catalog finds courses, and asks the database a constant number of questions."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.licenses.builders import make_license

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
    make_license(person=person)
    text_of(client, "/courses/")
    with django_assert_num_queries(9):  # session, person, offer, licenses, ledger, answers, duties, approvals, enrolments
        text_of(client, "/courses/")


def test_a_misspelled_word_is_forgiven_and_the_page_says_which_was_taken(client: Client) -> None:
    make_course(make_content(title="Of rivers"))
    page = text_of(client, "/courses/?q=rievrs")
    assert "Of rivers" in page
    assert "Did you mean “rivers”?" in page


def test_results_come_in_pages_whose_addresses_keep_what_is_asked(client: Client) -> None:
    for number in range(21):
        make_course(make_content(title=f"Course {number:02}"))
    first = text_of(client, "/courses/?q=course&free=1&page=x")
    assert "21 courses" in first
    assert 'href="/courses/?q=course&amp;free=1&amp;page=2#results"' in first
    second = text_of(client, "/courses/?q=course&free=1&page=2")
    assert "21 to 21 of 21" in second
    assert 'href="/courses/?q=course&amp;free=1#results"' in second


def test_what_counts_is_asked_only_by_who_holds_a_license(client: Client) -> None:
    make_course(make_content(title="Of rivers"))
    assert "For my licenses" not in text_of(client, "/courses/?counts=yes")
    client.force_login(make_license(jurisdiction="CA").person)
    assert "California LCSW: not known" in text_of(client, "/courses/?counts=may")
    assert "No course fits" in text_of(client, "/courses/?counts=yes")
