"""The result: reasons for every option, and a retake with other questions."""

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.assessments.queries import attempts_of, paper_of
from perennial.apps.courses.builders import make_enrolment
from perennial.apps.courses.queries import purpose_of
from perennial.apps.courses.services import hand_in, start_test

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def test_every_option_has_its_reason_and_its_part(client: Client) -> None:
    enrolment = make_enrolment()
    attempt = hand_in(attempt=start_test(enrolment=enrolment, at=timezone.now()), given={}, at=timezone.now())
    client.force_login(enrolment.person)
    page = text_of(client, f"/courses/{enrolment.slug}/test/1/results/")
    assert "Not yet: 0 of 3" in page
    assert page.count("Not answered") == 3
    assert f"/courses/{enrolment.slug}/read/01-part/" in page
    for question in paper_of(attempt).questions:
        for choice in question.choices:
            assert choice.rationale in page


def test_a_failed_test_is_tried_again_with_other_questions(client: Client) -> None:
    enrolment = make_enrolment()
    first = hand_in(attempt=start_test(enrolment=enrolment, at=timezone.now()), given={}, at=timezone.now())
    client.force_login(enrolment.person)
    assert client.post(f"/courses/{enrolment.slug}/test/start/")["Location"].endswith("/test/")
    assert client.get(f"/courses/{enrolment.slug}/test/2/results/")["Location"].endswith("/test/")
    second = attempts_of(enrolment.person, purpose_of(enrolment))[1]
    assert not set(first.drawn) & set(second.drawn)
