"""Who one is to the API: by token, by session, or no one."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import tokens_of
from perennial.apps.accounts.services import make_token, revoke_token

pytestmark = pytest.mark.django_db
ME = "/api/v1/account/me"
CHANGE = "/api/v1/licenses/attributes"


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_token_acts_as_its_owner_until_it_is_revoked(client: Client) -> None:
    person, _ = make_person(), make_person()
    secret = make_token(person=person, name="backup", at=timezone.now())
    assert client.get(ME, headers=bearer(secret)).json()["email"] == person.email
    (token,) = tokens_of(person)
    assert isinstance(token.used_on, date)
    assert secret not in token.digest
    revoke_token(token=token)
    assert client.get(ME, headers=bearer(secret)).status_code == 401


def test_a_token_opens_no_page_and_makes_no_token(client: Client) -> None:
    secret = make_token(person=make_person(), name="backup", at=timezone.now())
    assert client.get("/account/tokens/", headers=bearer(secret)).status_code == 302
    assert client.get("/dashboard/", headers=bearer(secret)).status_code == 302


def test_a_person_who_may_not_sign_in_has_no_token_either(client: Client) -> None:
    person = make_person()
    secret = make_token(person=person, name="backup", at=timezone.now())
    person.is_active = False
    person.save()
    assert client.get(ME, headers=bearer(secret)).status_code == 401


def test_a_token_needs_no_form_token_and_a_wrong_one_is_told_as_such() -> None:
    client = Client(enforce_csrf_checks=True)
    secret = make_token(person=make_person(), name="backup", at=timezone.now())
    body: dict[str, list[str]] = {"attributes": []}
    assert client.put(CHANGE, body, content_type="application/json", headers=bearer(secret)).status_code == 200
    assert client.put(CHANGE, body, content_type="application/json", headers=bearer("pt_wrong")).status_code == 401
    assert client.put(CHANGE, body, content_type="application/json").status_code == 401


def test_a_session_without_the_form_token_is_told_to_load_the_page_again() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())
    answer = client.put(CHANGE, {"attributes": []}, content_type="application/json")
    assert answer.status_code == 403
    assert "Load it again" in answer.json()["detail"]
