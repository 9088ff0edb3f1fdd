"""Questions before reading: optional, uncounted, and beside the result afterwards."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.assessments.queries import PRETEST, attempts_of, paper_of
from perennial.apps.courses.builders import make_content, make_course, make_enrolment, pass_test
from perennial.apps.courses.models import Enrolment
from perennial.apps.courses.services import start_test

pytestmark = pytest.mark.django_db


def begun() -> Enrolment:
    """An enrolment in a course that asks its last question before reading."""
    content = make_content()
    items = (*content.items[:-1], replace(content.items[-1], pretest=True))
    return make_enrolment(course=make_course(replace(content, items=items)))


def test_it_is_answered_once_and_stands_beside_the_result(client: Client) -> None:
    enrolment = begun()
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/pretest/"
    assert "0 of 1 answered" in client.get(address).content.decode()
    (attempt,) = attempts_of(enrolment.person, f"{PRETEST}{enrolment.pk}")
    (question,) = paper_of(attempt).questions
    wrong = next(choice.key for choice in question.choices if not choice.correct)
    client.post(address, {f"q-{question.item_id}": wrong, "hand_in": "1"})
    page = client.get(address).content.decode()
    assert "0 of 1 right" in page
    assert "why." not in page
    number = pass_test(enrolment).number
    assert question.item_id not in attempts_of(enrolment.person, f"enrolment:{enrolment.pk}")[0].drawn
    result = client.get(f"/courses/{enrolment.slug}/test/{number}/results/").content.decode()
    assert "Before you read and now" in result
    assert "0 of 1" in result


def test_nothing_waits_for_it_and_a_course_without_says_so(client: Client) -> None:
    enrolment = begun()
    assert start_test(enrolment=enrolment, at=timezone.now()).number == 1
    other = make_enrolment()
    client.force_login(other.person)
    assert "asks nothing before reading" in client.get(f"/courses/{other.slug}/pretest/", follow=True).content.decode()
    assert client.get(f"/courses/{enrolment.slug}/pretest/").status_code == 404
