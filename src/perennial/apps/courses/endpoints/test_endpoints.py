"""A course from catalog to certificate through the API."""

import json
from typing import Any

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.queries import attempts_of
from perennial.apps.courses.builders import make_course, make_enrolment, opinions, right_answers
from perennial.apps.courses.queries import enrolment_for, purpose_of
from perennial.apps.licenses.builders import make_license

pytestmark = pytest.mark.django_db


def send(client: Client, method: str, path: str, data: object = None) -> tuple[int, Any]:
    reply = client.generic(method, f"/api/v1{path}", json.dumps(data), content_type="application/json")
    return reply.status_code, reply.json()


def test_the_catalog_and_a_course_are_open_to_all(client: Client) -> None:
    course = make_course()
    status, listed = send(client, "GET", "/courses")
    assert (status, [entry["slug"] for entry in listed]) == (200, [course.slug])
    status, found = send(client, "GET", f"/courses/{course.slug}")
    assert (status, found["minutes"], found["topics"], found["approvals"]) == (200, 60, {"ethics": 30}, [])
    assert "why." not in json.dumps(found)
    assert "<h2" in send(client, "GET", f"/courses/{course.slug}/sections/01-part")[1]["html"]
    assert send(client, "GET", f"/courses/{course.slug}/progress")[0] == 401


def test_a_course_is_completed_through_the_api(client: Client) -> None:
    course, person = make_course(), make_person()
    client.force_login(person)
    base = f"/courses/{course.slug}"
    assert send(client, "GET", f"{base}/progress")[0] == 404
    assert send(client, "POST", f"{base}/enrolments")[1]["occurrence"] == 1
    assert send(client, "POST", f"{base}/attempts")[0] == 409
    for stem in ("01-part", "02-part"):
        told = send(client, "PUT", f"{base}/sections/{stem}/progress", {"place": "at-a-heading", "read": True})[1]
    assert (told["last_section"], told["place"], [part["read"] for part in told["sections"]]) == ("02-part", "at-a-heading", [True, True])
    started = send(client, "POST", f"{base}/attempts")[1]
    assert send(client, "POST", f"{base}/attempts")[1] == started
    enrolment = enrolment_for(person, course.slug)
    assert enrolment
    (attempt,) = attempts_of(person, purpose_of(enrolment))
    for item, keys in right_answers(attempt).items():
        assert send(client, "PUT", f"/assessments/attempts/{attempt.pk}/answers/{item}", {"chosen": keys})[0] == 200
    assert send(client, "POST", f"/assessments/attempts/{attempt.pk}/submission")[1]["passed"] is True
    names = {question["name"] for question in send(client, "GET", f"{base}/evaluation")[1]}
    said = opinions(enrolment)
    assert names == said.keys()
    assert send(client, "POST", f"{base}/evaluation", {"answers": {"minutes": "0"}})[0] == 422
    status, done = send(client, "POST", f"{base}/evaluation", {"answers": said})
    assert (status, bool(done["completed_at"]), bool(done["certificate_number"])) == (200, True, True)
    assert send(client, "POST", f"{base}/evaluation", {"answers": said})[1] == done


def test_a_note_is_saved_with_its_revision(client: Client) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    path = f"/courses/{enrolment.slug}/sections/01-part/note"
    assert send(client, "GET", path) == (200, {"text": "", "revision": 0, "saved_at": None})
    assert send(client, "PUT", path, {"text": "one", "revision": 0})[1]["revision"] == 1
    assert send(client, "GET", path)[1]["text"] == "one"
    assert send(client, "PUT", path, {"text": "two", "revision": 0})[1]["text"] == "one\n\ntwo"
    assert send(client, "PUT", path, {"text": "x" * 20_001, "revision": 2})[0] == 409


def test_a_note_is_its_writers_alone(client: Client) -> None:
    mine, theirs = make_enrolment(), make_enrolment()
    path = f"/courses/{mine.slug}/sections/01-part/note"
    client.force_login(mine.person)
    send(client, "PUT", path, {"text": "mine", "revision": 0})
    client.force_login(theirs.person)
    assert send(client, "GET", path)[0] == 404
    send(client, "POST", f"/courses/{mine.slug}/enrolments")
    assert send(client, "GET", path)[1]["text"] == ""


def test_odd_input_is_answered_and_never_a_fault_of_ours(client: Client) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    assert send(client, "GET", "/courses?q=%00&topic=%00&hours=x")[0] == 200
    assert send(client, "GET", "/courses?topic=nothing")[1] == []
    assert send(client, "GET", "/courses/a%00b")[0] == 404
    path = f"/courses/{enrolment.slug}/sections/01-part"
    assert send(client, "PUT", f"{path}/progress", {"place": "x" * 1000})[0] == 200
    assert send(client, "PUT", f"{path}/progress", {"place": "x\x00"})[0] == 400
    assert send(client, "PUT", f"{path}/note", {"text": "a\x00b", "revision": 0})[0] == 400
    assert send(client, "PUT", f"{path}/note", {"text": "a", "revision": "x"})[0] == 422
    assert send(client, "PUT", f"/courses/{enrolment.slug}/sections/nothing/note", {"text": "a"})[0] == 404


def test_whether_a_course_counts_is_told_for_ones_own_licenses(client: Client) -> None:
    course, license = make_course(), make_license()
    make_license(jurisdiction="TX")
    path = f"/courses/{course.slug}/would-count"
    assert send(client, "GET", path)[0] == 401
    client.force_login(license.person)
    status, found = send(client, "GET", path)
    assert (status, found["title"]) == (200, course.title)
    (one,) = found["licenses"]
    assert (one["license"], one["of"], one["verdict"], one["as_read"]) == (license.pk, 1, "not_known", "yes")
    assert send(client, "GET", "/courses/nothing/would-count")[0] == 404
