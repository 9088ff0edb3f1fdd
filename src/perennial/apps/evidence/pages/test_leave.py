"""Ending the digest by mail without signing in."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.evidence.queries import digest_token, wishes_of
from perennial.apps.notices.queries import choice_of

pytestmark = pytest.mark.django_db


def test_one_press_in_a_mail_program_ends_the_digest_and_nothing_else() -> None:
    person, client = make_person(), Client(enforce_csrf_checks=True)
    address = f"/evidence/digest/mail/{digest_token(person.pk)}/"
    assert "comes by mail." in client.get(address).content.decode()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert wishes_of([person.pk]) == {person.pk: False}
    assert choice_of(person).by_mail
    assert "Undo" in client.post(address, {"mail": "off"}).content.decode()
    client.post(address, {"mail": "on"})
    assert wishes_of([person.pk]) == {person.pk: True}


def test_a_token_of_nobody_opens_nothing(client: Client) -> None:
    assert client.get("/evidence/digest/mail/1~x/").status_code == 404
