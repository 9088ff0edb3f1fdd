"""The map of practice as a list."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.loading import load

pytestmark = pytest.mark.django_db
MAP = "/practices/"


def signed_in(client: Client) -> Person:
    """A person who is signed in."""
    person = make_person()
    client.force_login(person)
    return person


def slugs_on(client: Client, **asked: str) -> list[str]:
    """The short names on the page, in its order."""
    return [row.slug for group in client.get(MAP, asked).context["page"].groups for row in group.rows]


@pytest.mark.parametrize("count", [3, 30])
def test_the_number_of_queries_does_not_grow_with_practices(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_practice()
    signed_in(client)
    client.get(MAP, {"q": "sample"})  # the vocabulary is made once
    with django_assert_num_queries(5):
        assert len(slugs_on(client, q="sample")) == count
    with django_assert_num_queries(4):
        assert len(slugs_on(client)) == count


def test_a_search_knows_other_words_and_says_by_which_it_found(client: Client) -> None:
    load(lambda _: None)
    page = client.get(MAP, {"q": "anorexia nervosa"}).context["page"]
    assert [(row.slug, row.found_by) for row in page.groups[0].rows] == [("eating-disorders", "anorexia nervosa")]
    assert slugs_on(client, q="ptsd", kind="condition")[0] == "posttraumatic-stress"
    assert "Nothing fits" in client.get(MAP, {"q": "zzzz"}).content.decode()


def test_the_whole_map_stands_under_its_four_kinds(client: Client) -> None:
    load(lambda _: None)
    page = client.get(MAP).context["page"]
    assert [group.key for group in page.groups] == ["modality", "condition", "population", "topic"]
    assert page.count == page.total
    assert set(slugs_on(client, kind="topic")) < set(slugs_on(client))


def test_an_empty_map_says_how_to_load_it(client: Client) -> None:
    assert "perennial load" in client.get(MAP).content.decode()


def test_only_what_one_follows_is_shown_where_that_is_asked(client: Client) -> None:
    practice = make_practice()
    make_practice()
    signed_in(client)
    assert "You follow nothing yet" in client.get(MAP, {"mine": "1"}).content.decode()
    client.post(reverse("practices:follow", args=[practice.slug]))
    assert slugs_on(client, mine="1") == [practice.slug]


def test_a_stranger_sees_the_whole_map_whatever_is_asked(client: Client) -> None:
    practice = make_practice()
    assert slugs_on(client, mine="1") == [practice.slug]
