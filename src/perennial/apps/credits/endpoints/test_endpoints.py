"""The record for programs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.models import Entry

pytestmark = pytest.mark.django_db
SENT = {
    "key": "import-2026-1",
    "title": "Ethics",
    "provider_name": "Sample Seminar",
    "completed_on": "2026-09-20",
    "hours": "1.5",
    "format": "live_online",
    "topics": {"ethics": "0.5"},
    "approvals": ["ACEP"],
}
JSON = "application/json"


def send(client: Client, **changes: Any) -> Any:
    return client.post("/api/v1/record", {**SENT, **changes}, content_type=JSON)


def test_a_credit_is_entered_once_and_read_back(client: Client) -> None:
    client.force_login(make_person())
    first, again = send(client), send(client)
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    (credit,) = client.get("/api/v1/record").json()
    assert (credit["hours"], credit["topics"], credit["approvals"]) == ("1.5", {"ethics": "0.5"}, ["NBCC_ACEP"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"hours": "0"}, 422),
        ({"hours": "-1"}, 422),
        ({"hours": "1e9"}, 422),
        ({"hours": "abc"}, 422),
        ({"completed_on": "2026-02-30"}, 422),
        ({"completed_on": (timezone.now() + timedelta(days=1)).date().isoformat()}, 409),
        ({"format": "hologram"}, 409),
        ({"topics": {"alchemy": "1"}}, 409),
        ({"topics": {"ethics": "2"}}, 409),
        ({"title": " "}, 409),
        ({"title": "a\x00b"}, 400),
        ({"title": "a\ud800b"}, 400),
        ({"key": "a\x00bcdefgh"}, 400),
        ({"topics": {"ethics": "1e30"}}, 422),
        ({"topics": {"ethics": "-1"}}, 422),
        ({"completed_on": "0001-01-01"}, 409),
        ({"category": "III"}, 409),
        ({"approvals": [f"body {number}" for number in range(41)]}, 409),
        ({"course_key": "x" * 201}, 409),
        ({"category": "x" * 21}, 409),
        ({"approvals": ["x" * 201]}, 409),
        ({"approvals": ["a\x00b"]}, 400),
    ],
)
def test_what_cannot_be_is_refused(client: Client, changes: dict[str, Any], status: int) -> None:
    client.force_login(make_person())
    answer = send(client, **changes)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert not Entry.objects.exists()


def test_a_credit_is_corrected_withdrawn_and_brought_back(client: Client) -> None:
    client.force_login(make_person())
    pk = send(client).json()["id"]
    pk = client.put(f"/api/v1/record/{pk}", {**SENT, "hours": "2"}, content_type=JSON).json()["id"]
    assert client.post(f"/api/v1/record/{pk}/withdraw", {"reason": "Twice"}, content_type=JSON).json()["withdrawn"]
    assert client.get("/api/v1/record").json() == []
    assert client.get("/api/v1/record?withdrawn=true").json()[0]["minutes"] == 120
    assert not client.post(f"/api/v1/record/{pk}/restore").json()["withdrawn"]


def test_a_file_is_added_and_a_wrong_one_refused(client: Client) -> None:
    entry = make_credit()
    client.force_login(entry.person)
    address = f"/api/v1/record/{entry.pk}/proofs"
    assert client.post(address, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}).status_code == 201
    assert client.post(address, {"file": SimpleUploadedFile("a.pdf", b"text")}).status_code == 409


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", "/restore"), ("post", "/withdraw")])
def test_the_credit_of_another_is_not_there(client: Client, method: str, path: str) -> None:
    entry = make_credit()
    client.force_login(make_person())
    answer = getattr(client, method)(f"/api/v1/record/{entry.pk}{path}", {"reason": "x"}, content_type=JSON)
    assert answer.status_code == 404


def test_strangers_are_turned_away(client: Client) -> None:
    assert client.get("/api/v1/record").status_code == 401


def test_a_key_used_before_takes_no_other_credit_in_its_place(client: Client) -> None:
    client.force_login(make_person())
    send(client)
    answer = send(client, title="Another course")
    assert answer.status_code == 409
    assert "“Ethics”" in answer.json()["detail"]
    assert Entry.objects.count() == 1
