"""The test without script: saving, handing in, twice, too late, and by someone else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.assessments.queries import Attempt, attempts_of, paper_of
from perennial.apps.courses.builders import make_content, make_course, make_enrolment, right_answers
from perennial.apps.courses.models import Enrolment
from perennial.apps.courses.queries import purpose_of
from perennial.apps.courses.services import start_test

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def tries_of(enrolment: Enrolment) -> list[Attempt]:
    return attempts_of(enrolment.person, purpose_of(enrolment))


def form_of(attempt: Attempt, given: dict[str, list[str]], **more: str) -> dict[str, object]:
    return {**{f"q-{item}": keys for item, keys in given.items()}, **more}


def test_a_form_without_script_saves_and_stays_then_hands_in(client: Client) -> None:
    enrolment = make_enrolment()
    attempt = start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    address, given = f"/courses/{enrolment.slug}/test/1/", right_answers(attempt)
    first = attempt.drawn[0]
    assert client.post(address, form_of(attempt, {first: given[first]}))["Location"].endswith("/test/")
    assert paper_of(attempt).saved == {first: given[first]}
    assert re.search(r'value="\w" checked', text_of(client, f"/courses/{enrolment.slug}/test/"))
    assert client.post(address, form_of(attempt, given, hand_in="1"))["Location"].endswith("/test/1/results/")
    page = text_of(client, f"/courses/{enrolment.slug}/test/1/results/")
    assert "Passed: 3 of 3" in page
    for question in paper_of(attempt).questions:
        for choice in question.choices:
            assert choice.rationale in page


def test_a_test_handed_in_twice_says_so_and_changes_nothing(client: Client) -> None:
    enrolment = make_enrolment()
    attempt = start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/test/1/"
    client.post(address, {"hand_in": "1"})
    again = client.post(address, form_of(attempt, right_answers(attempt), hand_in="1"), follow=True)
    assert "handed in before" in again.content.decode()
    assert [(entry.number, entry.score_percent) for entry in tries_of(enrolment)] == [(1, 0)]


def test_a_test_after_its_time_is_handed_in_as_it_was_and_says_so(client: Client) -> None:
    enrolment = make_enrolment(course=make_course(make_content(minutes=30)))
    attempt = start_test(enrolment=enrolment, at=timezone.now() - timedelta(hours=1))
    client.force_login(enrolment.person)
    reply = client.post(f"/courses/{enrolment.slug}/test/1/", form_of(attempt, right_answers(attempt), hand_in="1"), follow=True)
    assert "time for this test was over" in reply.content.decode()
    start_test(enrolment=enrolment, at=timezone.now() - timedelta(hours=1))
    assert "time for this test was over" in client.get(f"/courses/{enrolment.slug}/test/", follow=True).content.decode()
    assert [entry.score_percent for entry in tries_of(enrolment)] == [0, 0]


def test_another_persons_attempt_is_404(client: Client) -> None:
    theirs, mine = make_enrolment(), make_enrolment()
    attempt = start_test(enrolment=theirs, at=timezone.now())
    client.force_login(mine.person)
    assert client.get(f"/courses/{theirs.slug}/test/1/results/").status_code == 404
    assert client.post(f"/courses/{theirs.slug}/test/1/", form_of(attempt, right_answers(attempt), hand_in="1")).status_code == 404
    assert client.post(f"/courses/{mine.slug}/test/1/", {"hand_in": "1"}).status_code == 404
    assert paper_of(attempt).saved == {}


def test_nothing_of_what_is_right_stands_on_the_paper(client: Client) -> None:
    enrolment = make_enrolment()
    start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    page = text_of(client, f"/courses/{enrolment.slug}/test/")
    assert "why." not in page
    assert "correct" not in page.lower()


def test_who_had_to_sign_in_first_comes_back_to_the_paper(client: Client) -> None:
    enrolment = make_enrolment()
    start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    assert client.get(f"/courses/{enrolment.slug}/test/1/")["Location"] == f"/courses/{enrolment.slug}/test/"
