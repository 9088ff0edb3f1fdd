"""Tests of what a person wants to be told."""

import re

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices.queries import Choice, choice_of, feed_token_of

pytestmark = pytest.mark.django_db


def test_a_choice_is_kept_and_none_at_all_is_one_too(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    client.post("/notices/preferences/", {"steps": ["90", "7"], "by_mail": "on"})
    assert choice_of(person) == Choice((90, 7), by_mail=True)
    client.post("/notices/preferences/", {})
    assert choice_of(person) == Choice((), by_mail=False)


def test_a_step_that_is_not_offered_is_turned_down(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    answer = client.post("/notices/preferences/", {"steps": ["45"]})
    assert answer.status_code == 400
    assert choice_of(person) == Choice()


def test_a_calendar_address_is_made_shown_made_anew_and_closed(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    assert "standing/calendar/" not in client.get("/notices/preferences/").content.decode()
    client.post("/notices/preferences/calendar/")
    first = feed_token_of(person)
    page = client.get("/notices/preferences/")
    assert page["Cache-Control"] == "no-store"
    assert re.search(rf'value="http://localhost:\d+/standing/calendar/{first}.ics"', page.content.decode())
    assert f"webcal://localhost:8000/standing/calendar/{first}.ics" in page.content.decode()
    client.post("/notices/preferences/calendar/")
    assert feed_token_of(person) not in ("", first)
    client.post("/notices/preferences/calendar/close/")
    assert feed_token_of(person) == ""


def test_strangers_are_asked_to_sign_in() -> None:
    assert Client().get("/notices/preferences/").status_code == 302
    assert Client().post("/notices/preferences/calendar/").status_code == 302
