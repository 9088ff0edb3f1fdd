"""Opening a desk."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk
from perennial.apps.providers.queries import memberships_of

pytestmark = pytest.mark.django_db


def test_whoever_opens_a_desk_is_its_administrator_and_finds_it_in_the_navigation(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    before = client.get(reverse("desk:home")).content.decode()
    assert "No desk yet" in before
    assert 'aria-current="page">Desk' not in before.split("<main")[0]
    page = client.post(reverse("desk:home"), {"name": "Harbor Institute", "address": "1 Harbor Street"}, follow=True)
    assert page.redirect_chain[0][0] == reverse("desk:desk", args=["harbor-institute"])
    (membership,) = memberships_of(person)
    assert membership.role == "administrator"
    assert reverse("desk:home") in page.content.decode().split("<main")[0]


def test_a_second_provider_of_the_same_name_gets_an_address_of_its_own() -> None:
    assert make_desk().slug == "harbor-institute"
    assert make_desk().slug == "harbor-institute-2"


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("desk:home")).headers["Location"].startswith(reverse(settings.LOGIN_URL))
