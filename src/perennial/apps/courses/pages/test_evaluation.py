"""The evaluation: gaps are named, nothing is stored in half, it counts once."""

import re
import tomllib

import pytest
from django.conf import settings
from django.test import Client

from perennial.apps.courses.builders import make_enrolment, opinions, pass_test
from perennial.apps.courses.queries import enrolment_for, progress_of

pytestmark = pytest.mark.django_db
COURSES = settings.LIBRARY / "courses"
WHICH_CLIENT = re.compile(r"\b(which|what) (\w+ )?clients?\b|to whom", re.IGNORECASE)


def test_an_evaluation_with_gaps_keeps_what_was_said_and_stores_nothing(client: Client) -> None:
    enrolment = make_enrolment()
    pass_test(enrolment)
    client.force_login(enrolment.person)
    reply = client.post(f"/courses/{enrolment.slug}/evaluation/", {**opinions(enrolment), "minutes": "abc", "comment": "Kept words"})
    page = reply.content.decode()
    assert reply.status_code == 400
    assert "Write a whole number from 1 to 6000" in page
    assert "Kept words" in page
    assert not progress_of(enrolment.course, enrolment).evaluated


def test_the_evaluation_completes_the_course_once_however_often_it_comes(client: Client) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    assert client.get(f"/courses/{enrolment.slug}/evaluation/")["Location"].endswith("/test/")
    pass_test(enrolment)
    for _ in range(2):
        reply = client.post(f"/courses/{enrolment.slug}/evaluation/", opinions(enrolment), follow=True)
    found = enrolment_for(enrolment.person, enrolment.slug)
    assert found
    assert found.certificate_number in reply.content.decode()
    assert "handed in before" in reply.content.decode()


def test_no_course_of_the_library_asks_for_a_client_whom_the_hint_asks_not_to_name() -> None:
    asked = {path.parent.name: tomllib.loads(path.read_text("utf-8")).get("evaluation", []) for path in COURSES.glob("*/course.toml")}
    assert asked
    for course, questions in asked.items():
        for question in questions:
            assert not WHICH_CLIENT.search(question["text"]), (course, question["text"])
