"""Attempts as other programs see them: one's own only, nothing told too early."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.builders import make_attempt
from perennial.apps.assessments.models import Attempt
from perennial.apps.assessments.queries import paper_of
from perennial.apps.assessments.services import submit_attempt

pytestmark = pytest.mark.django_db


def put(client: Client, attempt: Attempt, item_id: str, chosen: list[str]) -> tuple[int, dict[str, object]]:
    address = f"/api/v1/assessments/attempts/{attempt.pk}/answers/{item_id}"
    reply = client.put(address, json.dumps({"chosen": chosen}), content_type="application/json")
    return reply.status_code, reply.json()


def test_an_accepted_answer_is_saved_and_counted(client: Client) -> None:
    attempt = make_attempt()
    client.force_login(attempt.person)
    status, said = put(client, attempt, attempt.drawn[0], ["a"])
    assert (status, said["answered"], said["asked"]) == (200, 1, 3)
    assert paper_of(attempt).saved == {attempt.drawn[0]: ["a"]}


def test_another_persons_attempt_is_404(client: Client) -> None:
    attempt = make_attempt()
    client.force_login(make_person())
    assert put(client, attempt, attempt.drawn[0], ["a"])[0] == 404
    assert client.get(f"/api/v1/assessments/attempts/{attempt.pk}").status_code == 404
    assert client.post(f"/api/v1/assessments/attempts/{attempt.pk}/submission").status_code == 404
    assert paper_of(attempt).saved == {}


def test_what_is_right_is_told_after_handing_in_only(client: Client) -> None:
    attempt = make_attempt()
    client.force_login(attempt.person)
    before = client.get(f"/api/v1/assessments/attempts/{attempt.pk}").json()["questions"][0]
    assert (before["right"], {option["correct"] for option in before["options"]}) == (None, {None})
    after = client.post(f"/api/v1/assessments/attempts/{attempt.pk}/submission").json()
    assert after["score_percent"] == 0
    assert all(option["rationale"] for option in after["questions"][0]["options"])


def test_an_answer_after_handing_in_is_a_clear_no(client: Client) -> None:
    attempt = submit_attempt(attempt=make_attempt(), at=timezone.now())
    client.force_login(attempt.person)
    status, said = put(client, attempt, attempt.drawn[0], ["a"])
    assert status == 409
    assert "handed in" in str(said["detail"])


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert put(client, make_attempt(), "i01", ["a"])[0] == 401
