"""The map of practice as a list, and following from it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.loading import load
from perennial.apps.practices.queries import followed_by

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


def test_following_comes_back_to_the_list_and_offers_to_undo_it(client: Client) -> None:
    person, practice = signed_in(client), make_practice()
    came = f"{MAP}?q=sample&now=other"
    answer = client.post(reverse("practices:follow", args=[practice.slug]), {"next": came})
    assert answer.headers["Location"] == f"{MAP}?q=sample&now={practice.slug}"
    assert [one.slug for one in followed_by(person)] == [practice.slug]
    page = client.get(answer.headers["Location"])
    assert f"You follow “{practice.name}” now." in page.content.decode()
    client.post(reverse("practices:unfollow", args=[practice.slug]), {"next": answer.headers["Location"]})
    assert followed_by(person) == []
    assert f"You no longer follow “{practice.name}”." in client.get(answer.headers["Location"]).content.decode()


def test_a_way_back_to_another_site_is_not_taken(client: Client) -> None:
    signed_in(client)
    practice = make_practice()
    answer = client.post(reverse("practices:follow", args=[practice.slug]), {"next": "https://example.org/"})
    assert answer.headers["Location"] == f"{MAP}{practice.slug}/?now={practice.slug}"


def test_reading_the_address_follows_nothing(client: Client) -> None:
    person, practice = signed_in(client), make_practice()
    assert client.get(reverse("practices:follow", args=[practice.slug])).headers["Location"] == f"{MAP}{practice.slug}/"
    assert followed_by(person) == []


def test_a_stranger_is_asked_to_sign_in_and_sees_no_one_elses_follows(client: Client) -> None:
    practice = make_practice()
    assert "/login/" in client.post(reverse("practices:follow", args=[practice.slug])).headers["Location"]
    assert slugs_on(client, mine="1") == [practice.slug]


def test_only_what_one_follows_is_shown_where_that_is_asked(client: Client) -> None:
    practice = make_practice()
    make_practice()
    signed_in(client)
    assert "You follow nothing yet" in client.get(MAP, {"mine": "1"}).content.decode()
    client.post(reverse("practices:follow", args=[practice.slug]))
    assert slugs_on(client, mine="1") == [practice.slug]


@pytest.mark.parametrize("door", ["follow", "unfollow"])
def test_what_is_not_on_the_map_is_not_there(client: Client, door: str) -> None:
    signed_in(client)
    assert client.post(reverse(f"practices:{door}", args=["nowhere"])).status_code == 404
    hidden = make_practice(is_listed=False)
    assert client.post(reverse(f"practices:{door}", args=[hidden.slug])).status_code == 404
