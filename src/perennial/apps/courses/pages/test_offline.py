"""What a device is told to keep of a course, to whom, and what the pages say of their person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.queries import paper_of
from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.courses.models import Highlight, Note
from perennial.apps.courses.services import keep_course, start_test

pytestmark = pytest.mark.django_db


def test_the_pages_of_ones_own_version_are_listed_and_all_of_them_answer(client: Client) -> None:
    content = make_content(parts=3)
    enrolment = make_enrolment(course=make_course(content))
    keep_course(content=make_content(slug=content.slug, version=2, parts=9))
    start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    told = client.get(f"/courses/{enrolment.slug}/offline.json").json()
    assert (told["version"], told["digest"]) == (1, content.digest)
    assert len(told["pages"]) == 1 + 3 + 1 + 1
    assert {client.get(page).status_code for page in told["pages"]} == {200}


def test_no_one_is_told_of_a_course_not_begun(client: Client) -> None:
    enrolment = make_enrolment()
    assert client.get(f"/courses/{enrolment.slug}/offline.json").status_code == 302
    client.force_login(make_person())
    assert client.get(f"/courses/{enrolment.slug}/offline.json").status_code == 404


def test_an_answer_that_waited_does_not_replace_one_given_later(client: Client) -> None:
    enrolment = make_enrolment()
    attempt = start_test(enrolment=enrolment, at=timezone.now() - timedelta(hours=2))
    question = next(one for one in paper_of(attempt).questions if not one.several)
    client.force_login(enrolment.person)
    address = f"/api/v1/assessments/attempts/{attempt.pk}/answers/{question.item_id}"
    given = (("a", 3600), ("b", 1800), ("a", 2400), ("b", 10**9))
    statuses = [
        client.put(address, {"chosen": [key], "seconds_ago": ago}, content_type="application/json").status_code for key, ago in given
    ]
    assert statuses == [200, 200, 200, 422]
    kept = attempt.answers.get()
    assert paper_of(attempt).saved[question.item_id] == ["b"]
    assert timedelta(minutes=29) < timezone.now() - kept.saved_at < timedelta(minutes=31)


def test_an_answer_that_comes_after_the_end_of_the_test_is_refused_whenever_it_was_given(client: Client) -> None:
    enrolment = make_enrolment(course=make_course(make_content(minutes=30)))
    attempt = start_test(enrolment=enrolment, at=timezone.now() - timedelta(minutes=31))
    client.force_login(enrolment.person)
    address = f"/api/v1/assessments/attempts/{attempt.pk}/answers/{attempt.drawn[0]}"
    reply = client.put(address, {"chosen": ["a"], "seconds_ago": 600}, content_type="application/json")
    assert reply.status_code == 409
    assert not attempt.answers.exists()


def test_reading_that_waited_is_united_and_keeps_the_place(client: Client) -> None:
    enrolment = make_enrolment(read=False)
    client.force_login(enrolment.person)
    address = f"/api/v1/courses/{enrolment.slug}/sections/01-part/progress"
    client.put(address, {"place": "at-a-heading"}, content_type="application/json")
    told = client.put(address, {"read": True, "seconds_ago": 500}, content_type="application/json").json()
    assert told["place"] == "at-a-heading"
    assert [part["read"] for part in told["sections"]] == [True, False]


def test_a_page_says_whose_it_is_without_a_name_and_signing_out_clears_the_device(client: Client) -> None:
    person, other = make_person(), make_person()
    marks = []
    assert "Perennial-Person" not in client.get("/courses/").headers
    for one in (person, other):
        client.force_login(one)
        reply = client.get("/courses/")
        marks.append(reply.headers["Perennial-Person"])
        assert f'data-person="{marks[-1]}"' in reply.content.decode()
    assert marks[0] != marks[1]
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"storage"'


def test_a_note_and_a_highlight_of_a_page_left_open_are_not_kept_for_who_signed_in_meanwhile(client: Client) -> None:
    mine = make_enrolment()
    other = make_enrolment(course=mine.course)
    client.force_login(mine.person)
    page = {"Perennial-Person": client.get("/courses/").headers["Perennial-Person"]}
    client.force_login(other.person)
    place = f"/api/v1/courses/{mine.slug}/sections/01-part"
    body = {"text": "Mine.", "revision": 0}
    mark = f"{place}/highlights/{uuid4()}"
    assert client.put(f"{place}/note", body, content_type="application/json", headers=page).status_code == 401
    assert client.put(mark, {"quote": "Words"}, content_type="application/json", headers=page).status_code == 401
    assert not Note.objects.exists()
    assert not Highlight.objects.exists()
    client.force_login(mine.person)
    assert client.put(f"{place}/note", body, content_type="application/json", headers=page).status_code == 200
    assert Note.objects.get().person == mine.person
