"""Reading: open to all, the place and the note kept, a constant number of queries."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.courses.models import Note

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


@pytest.mark.parametrize("parts", [2, 12])
def test_reading_takes_the_same_queries_for_any_number_of_parts(
    client: Client, parts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enrolment = make_enrolment(course=make_course(make_content(parts=parts)))
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/read/01-part/"
    text_of(client, address)
    with django_assert_num_queries(10):
        text_of(client, address)


def test_anyone_may_read_and_is_told_what_an_account_is_for(client: Client) -> None:
    course = make_course()
    page = text_of(client, f"/courses/{course.slug}/read/01-part/")
    assert "Keep your place" in page
    assert "data-autosave" not in page
    assert "counts only where your board asks for none" in text_of(client, f"/courses/{course.slug}/")


def test_reading_to_the_end_leads_to_the_test(client: Client) -> None:
    enrolment = make_enrolment(read=False)
    client.force_login(enrolment.person)
    assert client.post(f"/courses/{enrolment.slug}/read/01-part/done/")["Location"].endswith("/read/02-part/")
    assert "Read these first" in text_of(client, f"/courses/{enrolment.slug}/test/")
    assert client.post(f"/courses/{enrolment.slug}/read/02-part/done/")["Location"].endswith("/test/")
    assert "Ready when you are" in text_of(client, f"/courses/{enrolment.slug}/test/")


def test_a_note_is_saved_without_script_and_shown_to_no_one_else(client: Client) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    client.post(f"/courses/{enrolment.slug}/read/01-part/note/", {"text": "mine alone", "revision": "0"})
    assert Note.objects.get().text == "mine alone"
    assert "mine alone" in text_of(client, f"/courses/{enrolment.slug}/")
    other = make_enrolment(course=enrolment.course)
    client.force_login(other.person)
    assert "mine alone" not in text_of(client, f"/courses/{enrolment.slug}/read/01-part/")


def test_who_had_to_sign_in_first_comes_back_to_the_note(client: Client) -> None:
    enrolment = make_enrolment()
    address = f"/courses/{enrolment.slug}/read/01-part/note/"
    assert "next=" in client.post(address, {"text": "x"})["Location"]
    client.force_login(enrolment.person)
    assert client.get(address)["Location"] == f"/courses/{enrolment.slug}/read/01-part/#note"


def test_the_button_for_keys_is_one_for_a_keyboard_alone(client: Client) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    page = text_of(client, f"/courses/{enrolment.slug}/read/01-part/")
    assert "data-open-keys data-keyboard" in page
    assert "[data-keyboard] { display: none; }" in Path(str(finders.find("ui/reading-tools.css"))).read_text("utf-8")


@pytest.mark.parametrize("free", [True, False])
def test_a_visitor_is_told_that_a_course_is_free_only_where_it_is(client: Client, *, free: bool) -> None:
    course = make_course(replace(make_content(), free=free))
    assert ("It is free." in text_of(client, f"/courses/{course.slug}/read/01-part/")) is free
