"""Licenses through the API: the same services, the same borders between people."""

import json
from typing import Any

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import licenses_of
from perennial.apps.licenses.services import record_duty

pytestmark = pytest.mark.django_db
BASE = "/api/v1/licenses"


def send(client: Client, method: str, path: str, **body: Any) -> Any:
    return client.generic(method, f"{BASE}{path}", json.dumps(body), content_type="application/json")


def test_a_license_is_added_read_changed_removed_and_brought_back(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    made = send(client, "POST", "", jurisdiction="CA", profession="clinical_social_worker", credential="LCSW", expires_on="2027-06-30")
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert made.json()["name"] == "California LCSW"
    assert send(client, "PATCH", f"/{pk}", number="77").json()["number"] == "77"
    assert [row["id"] for row in client.get(BASE).json()] == [pk]
    assert send(client, "DELETE", f"/{pk}").status_code == 204
    assert client.get(f"{BASE}/{pk}").status_code == 404
    assert send(client, "POST", f"/{pk}/restore").status_code == 200


def test_what_cannot_be_is_answered_with_a_sentence(client: Client) -> None:
    client.force_login(make_person())
    found = send(client, "POST", "", jurisdiction="ZZ", profession="counselor", expires_on="2027-06-30")
    assert found.status_code == 409
    assert "ZZ" in found.json()["detail"]
    assert send(client, "POST", "", jurisdiction="CA", profession="counselor", expires_on="2026-02-30").status_code == 422


def test_another_person_finds_nothing(client: Client) -> None:
    license = make_license()
    duty = record_duty(person=license.person, license=license, what="jurisprudence_exam", on=license.expires_on)
    client.force_login(make_person())
    assert client.get(f"{BASE}/{license.pk}").status_code == 404
    assert send(client, "PATCH", f"/{license.pk}", number="1").status_code == 404
    assert send(client, "DELETE", f"/{license.pk}").status_code == 404
    assert send(client, "POST", f"/{license.pk}/restore").status_code == 404
    assert send(client, "POST", "/duties", what="x", on="2026-01-05", license=license.pk).status_code == 404
    assert send(client, "DELETE", f"/duties/{duty.pk}").status_code == 404
    assert client.get(BASE).json() == []
    assert licenses_of(license.person).exists()


def test_without_signing_in_nothing_is_told(client: Client) -> None:
    assert client.get(BASE).status_code == 401


def test_attributes_and_duties_are_kept(client: Client) -> None:
    client.force_login(make_person())
    assert send(client, "PUT", "/attributes", attributes=["supervisor"]).json() == {"attributes": ["supervisor"]}
    assert client.get(f"{BASE}/attributes").json() == {"attributes": ["supervisor"]}
    made = send(client, "POST", "/duties", what="jurisprudence_exam", on="2026-01-05")
    assert made.status_code == 201
    assert send(client, "DELETE", f"/duties/{made.json()['id']}").status_code == 204
    assert client.get(f"{BASE}/duties").json() == []


def test_the_last_day_cannot_be_taken_away(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    answer = send(client, "PATCH", f"/{license.pk}", expires_on=None)
    assert answer.status_code == 409
    assert "missing" in answer.json()["detail"]


def test_questions_are_answered_with_yes_no_or_not_sure(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    assert [(row["attribute"], row["answer"]) for row in client.get(f"{BASE}/questions").json()] == [
        ("began_graduate_study_before_2004", None),
        ("supervisor", None),
    ]
    answers = {"supervisor": True, "began_graduate_study_before_2004": False}
    rows = send(client, "PATCH", "/questions", answers=answers).json()
    assert {row["attribute"]: row["answer"] for row in rows} == answers
    assert rows[0]["why"][0]["source"]
    assert client.get(f"{BASE}/attributes").json() == {"attributes": ["supervisor"]}
    rows = send(client, "PATCH", "/questions", answers={"supervisor": None}).json()
    assert {row["attribute"]: row["answer"] for row in rows} == {**answers, "supervisor": None}
    assert send(client, "PATCH", "/questions", answers={"levitates": False}).status_code == 409
    client.force_login(make_person())
    assert client.get(f"{BASE}/questions").json() == []
