"""Tests of access for programs."""

import re

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.models import AccessToken

pytestmark = pytest.mark.django_db


def fresh_token(client: Client, name: str = "spreadsheet") -> str:
    page = client.post("/account/tokens/", {"name": name}).content.decode()
    found = re.search(r"<code>(pt_[\w-]+)</code>", page)
    assert found
    return found[1]


def test_a_token_acts_as_its_owner_and_is_shown_once(client: Client) -> None:
    person = make_person(name="Sam Sample")
    client.force_login(person)
    secret = fresh_token(client)
    assert secret not in client.get("/account/tokens/").content.decode()
    answer = Client().get("/api/v1/account/me", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json() == {"email": person.email, "name": "Sam Sample"}
    assert AccessToken.objects.get().used_on is not None


def test_the_secret_itself_is_kept_nowhere(client: Client) -> None:
    client.force_login(make_person())
    secret = fresh_token(client)
    assert secret not in str(AccessToken.objects.values_list().get())


def test_a_revoked_token_opens_nothing(client: Client) -> None:
    client.force_login(make_person())
    secret = fresh_token(client)
    client.post(f"/account/tokens/{AccessToken.objects.get().pk}/revoke")
    assert Client().get("/api/v1/account/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_no_one_revokes_the_token_of_another(client: Client) -> None:
    client.force_login(make_person())
    fresh_token(client)
    client.force_login(make_person())
    assert client.post(f"/account/tokens/{AccessToken.objects.get().pk}/revoke").status_code == 404
    assert AccessToken.objects.exists()


def test_a_wrong_token_and_no_token_are_401() -> None:
    assert Client().get("/api/v1/account/me", headers={"Authorization": "Bearer pt_wrong"}).status_code == 401
    assert Client().get("/api/v1/account/me").status_code == 401


def test_a_session_opens_the_api_too(client: Client) -> None:
    client.force_login(make_person(name="Sam Sample"))
    assert client.get("/api/v1/account/me").json()["name"] == "Sam Sample"
