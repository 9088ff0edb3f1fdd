"""The list of trial databases."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.builders import make_dataset

pytestmark = pytest.mark.django_db


def test_the_list_shows_the_sites_and_ones_own(client: Client) -> None:
    assert "No trial database yet" in client.get(reverse("trials:datasets")).content.decode()
    person = make_person()
    make_dataset(title="The site's trials")
    make_dataset(owner=person, title="My trials")
    assert "My trials" not in client.get(reverse("trials:datasets")).content.decode()
    client.force_login(person)
    text = client.get(reverse("trials:datasets")).content.decode()
    assert "My trials" in text
    assert "Yours alone" in text
