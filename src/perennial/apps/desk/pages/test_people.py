"""Who works at a desk."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk
from perennial.apps.providers.queries import members_of

pytestmark = pytest.mark.django_db


def test_somebody_with_an_account_is_added_and_removed(client: Client) -> None:
    person, other = make_person(), make_person()
    provider = make_desk(person)
    client.force_login(person)
    place = reverse("desk:people", args=[provider.slug])
    client.post(place, {"email": other.email, "role": "author"})
    assert [one.role for one in members_of(provider)] == ["administrator", "author"]
    client.post(reverse("desk:remove_member", args=[provider.slug, other.pk]))
    assert len(members_of(provider)) == 1
    assert client.post(reverse("desk:remove_member", args=[provider.slug, person.pk])).status_code == 409
    assert "Nobody here signs in" in client.post(place, {"email": "no@example.org", "role": "author"}).content.decode()


def test_a_link_makes_one_person_a_member_once(client: Client) -> None:
    person = make_person()
    provider = make_desk(person)
    client.force_login(person)
    page = client.post(reverse("desk:people", args=[provider.slug]), {"email": "", "role": "author"}).content.decode()
    link = re.search(r'value="http://testserver(/desk/invitations/[^"]+)"', page)
    assert link is not None
    client.force_login(make_person())
    assert "makes you an author" in client.get(link[1]).content.decode()
    assert len(members_of(provider)) == 1
    assert client.post(link[1]).headers["Location"] == reverse("desk:desk", args=[provider.slug])
    assert len(members_of(provider)) == 2
    client.force_login(make_person())
    assert client.post(link[1]).status_code == 404


def test_an_author_does_not_find_the_page(client: Client) -> None:
    provider, author = make_desk(), make_person()
    client.force_login(author)
    assert client.get(reverse("desk:people", args=[provider.slug])).status_code == 404
