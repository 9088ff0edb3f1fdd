"""Tests of ending mail without signing in."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices.queries import Choice, choice_of, unsubscribe_token

pytestmark = pytest.mark.django_db


def address(pk: int) -> str:
    return f"/notices/unsubscribe/{unsubscribe_token(pk)}/"


def test_one_press_in_a_mail_program_ends_mail_without_a_session_or_form_token() -> None:
    person = make_person()
    program = Client(enforce_csrf_checks=True)
    answer = program.post(address(person.pk), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert choice_of(person) == Choice(by_mail=False)


def test_looking_at_the_page_changes_nothing_and_hides_most_of_the_address() -> None:
    person = make_person(email="dana.long@example.org")
    page = Client().get(address(person.pk))
    assert "d…@example.org" in page.content.decode()
    assert "dana.long" not in page.content.decode()
    assert choice_of(person) == Choice()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_other_days_can_be_chosen() -> None:
    person = make_person()
    page = Client().post(address(person.pk), {"steps": ["30"], "by_mail": "on"})
    assert "Your choice is kept." in page.content.decode()
    assert choice_of(person) == Choice((30,), by_mail=True)


def test_a_made_up_address_is_not_found() -> None:
    make_person()
    assert Client().get("/notices/unsubscribe/1~abc/").status_code == 404
    assert Client().post("/notices/unsubscribe/1~abc/", {"none": "yes"}).status_code == 404


def test_a_wrong_step_is_told_and_nothing_is_kept() -> None:
    person = make_person()
    assert Client().post(address(person.pk), {"steps": ["1"]}).status_code == 400
    assert choice_of(person) == Choice()
