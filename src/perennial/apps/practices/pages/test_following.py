"""Following a practice, stopping, and the way back."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.queries import followed_by

pytestmark = pytest.mark.django_db
MAP = "/practices/"


def signed_in(client: Client) -> Person:
    """A person who is signed in."""
    person = make_person()
    client.force_login(person)
    return person


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


@pytest.mark.parametrize("door", ["follow", "unfollow"])
def test_what_is_not_on_the_map_is_not_there(client: Client, door: str) -> None:
    signed_in(client)
    assert client.post(reverse(f"practices:{door}", args=["nowhere"])).status_code == 404
    hidden = make_practice(is_listed=False)
    assert client.post(reverse(f"practices:{door}", args=[hidden.slug])).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    practice = make_practice()
    assert "/login/" in client.post(reverse("practices:follow", args=[practice.slug])).headers["Location"]
