"""The page of a course: where to begin, where to go on, who may see what."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.courses.services import keep_course

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def test_starting_leads_into_the_first_part_and_back_to_where_one_was(client: Client) -> None:
    course = make_course()
    client.force_login(make_person())
    first = client.post(f"/courses/{course.slug}/start/")
    assert first["Location"].endswith("/read/01-part/")
    client.get(f"/courses/{course.slug}/read/02-part/")
    assert client.post(f"/courses/{course.slug}/start/")["Location"].endswith("/read/02-part/")
    assert "/read/02-part/" in text_of(client, f"/courses/{course.slug}/")


def test_a_newer_text_is_named_to_who_began_on_the_older(client: Client) -> None:
    enrolment = make_enrolment()
    keep_course(content=make_content(slug=enrolment.slug, version=2))
    client.force_login(enrolment.person)
    assert "There is a newer text" in text_of(client, f"/courses/{enrolment.slug}/")


def test_what_does_not_exist_is_404(client: Client) -> None:
    course = make_course()
    client.force_login(make_person())
    for address in (
        "nothing/",
        f"{course.slug}/read/nothing/",
        f"{course.slug}/test/",
        f"{course.slug}/complete/",
        f"{course.slug}/evaluation/",
    ):
        assert client.get(f"/courses/{address}").status_code == 404, address


def test_every_page_for_a_reader_asks_a_stranger_to_sign_in(client: Client) -> None:
    course = make_course()
    for address in ("test/", "test/1/results/", "evaluation/", "complete/"):
        assert "/account/login/" in client.get(f"/courses/{course.slug}/{address}")["Location"]
    for address in ("start/", "test/start/", "test/1/", "read/01-part/done/", "read/01-part/note/"):
        assert "/account/login/" in client.post(f"/courses/{course.slug}/{address}")["Location"]
