"""Tests of the API as a whole."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.services import MOST_TOKENS

pytestmark = pytest.mark.django_db


def test_the_api_describes_itself(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert "/api/v1/account/me" in document["paths"]


def test_what_changes_something_wants_a_session_with_its_form_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())
    assert client.post("/api/v1/account/me").status_code in (403, 405)


def test_a_no_to_a_person_is_409_with_what_to_do(client: Client) -> None:
    client.force_login(make_person())
    for number in range(MOST_TOKENS):
        assert client.post("/account/tokens/", {"name": f"token {number}"}).status_code == 200
    answer = client.post("/account/tokens/", {"name": "one more"})
    assert answer.status_code == 409
    assert "Revoke one" in answer.content.decode()


@pytest.mark.parametrize("text", ["a\\u0000b", "a\\\\\\u0000b", "a\\ud800b"])
def test_a_text_that_no_table_can_hold_is_told_and_nothing_is_kept(client: Client, text: str) -> None:
    client.force_login(make_person())
    body = '{"jurisdiction": "CA", "profession": "counselor", "expires_on": "2027-06-30", "number": "TEXT"}'.replace("TEXT", text)
    answer = client.post("/api/v1/licenses", body, content_type="application/json")
    assert answer.status_code == 400
    assert "cannot be kept" in answer.json()["detail"]
    assert client.get("/api/v1/licenses").json() == []


def test_words_that_only_look_like_such_a_character_are_kept(client: Client) -> None:
    client.force_login(make_person())
    body = '{"jurisdiction": "CA", "profession": "counselor", "expires_on": "2027-06-30", "number": "a\\\\u0000b"}'
    assert client.post("/api/v1/licenses", body, content_type="application/json").status_code == 201


def test_a_body_that_is_not_json_or_too_large_is_turned_away(client: Client) -> None:
    client.force_login(make_person())
    assert client.post("/api/v1/licenses", "{", content_type="application/json").status_code == 400
    assert client.post("/api/v1/licenses", '"' + "x" * 3_000_000 + '"', content_type="application/json").status_code == 413
