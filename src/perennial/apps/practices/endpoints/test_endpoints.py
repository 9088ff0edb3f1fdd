"""The map of practice for programs."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.loading import load
from perennial.apps.practices.queries import followed_by

pytestmark = pytest.mark.django_db
MAP = "/api/v1/practices"


def test_anyone_reads_the_map_and_searches_it(client: Client) -> None:
    load(lambda _: None)
    every = client.get(MAP).json()
    assert len(every) >= 60
    assert client.get(MAP, {"q": "ptsd", "kind": "condition"}).json()[0]["slug"] == "posttraumatic-stress"
    one = client.get(f"{MAP}/depression").json()
    assert one["references"][0]["doi"].startswith("10.")
    assert client.get(f"{MAP}/nowhere").status_code == 404


def test_each_follows_for_themselves_and_repeating_changes_nothing(client: Client) -> None:
    person, practice = make_person(), make_practice()
    assert client.put(f"{MAP}/{practice.slug}/follow").status_code == 401
    assert client.get(f"{MAP}/followed").status_code == 401
    client.force_login(person)
    for _ in range(2):
        assert client.put(f"{MAP}/{practice.slug}/follow").json() == {"practice": practice.slug, "following": True}
    assert [one["slug"] for one in client.get(f"{MAP}/followed").json()] == [practice.slug]
    for _ in range(2):
        assert client.delete(f"{MAP}/{practice.slug}/follow").json() == {"practice": practice.slug, "following": False}
    assert followed_by(person) == []
    assert client.put(f"{MAP}/nowhere/follow").status_code == 404


def test_a_null_in_a_search_is_no_fault(client: Client) -> None:
    make_practice()
    assert client.get(MAP, {"q": "a\x00b"}).json() == []
