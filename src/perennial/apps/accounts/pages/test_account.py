"""Tests of the account page."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/account/").headers["Location"] == "/account/login/?next=/account/"


def test_a_person_changes_the_name_on_certificates(client: Client) -> None:
    person = make_person(name="Sam Sample")
    client.force_login(person)
    client.post("/account/", {"name": "  Sam   Q. Sample "})
    assert Person.objects.get(pk=person.pk).name == "Sam Q. Sample"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_that_cannot_stand_on_a_certificate_is_asked_again(client: Client, name: str) -> None:
    person = make_person(name="Sam Sample")
    client.force_login(person)
    page = client.post("/account/", {"name": name})
    assert page.status_code == 400
    assert 'aria-invalid="true"' in page.content.decode()
    assert Person.objects.get(pk=person.pk).name == "Sam Sample"
