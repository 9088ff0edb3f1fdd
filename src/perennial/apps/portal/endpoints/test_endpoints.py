"""Rules for anyone, and one's own record for oneself alone, through the API."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.services import make_token
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import rule_base

pytestmark = pytest.mark.django_db


def test_anyone_sees_which_rules_there_are(client: Client) -> None:
    listed = client.get("/api/v1/requirements").json()
    assert len(listed) == len(rule_base().rules)
    assert {"jurisdiction", "profession", "confidence", "open_points"} <= listed[0].keys()


def test_anyone_reads_a_rule_line_by_line_with_its_sources(client: Client) -> None:
    found = client.get("/api/v1/requirements/ca/clinical_social_worker?on=2026-11-25").json()
    total = next(line for line in found["lines"] if line["requirement"] == "total")
    assert total["source"]
    assert found["on"] == "2026-11-25"
    assert client.get("/api/v1/requirements/zz/counselor").status_code == 404
    assert client.get("/api/v1/requirements/ca/wizard").status_code == 404


def test_the_whole_record_comes_by_token_and_holds_its_owner_alone(client: Client) -> None:
    mine, _ = make_license(number="MINE-1"), make_license(number="THEIRS-1")
    assert client.get("/api/v1/download").status_code == 401
    secret = make_token(person=mine.person, name="backup", at=timezone.now())
    answer = client.get("/api/v1/download", headers={"Authorization": f"Bearer {secret}"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a streamed answer
    assert [row["number"] for row in json.loads(archive.read("record.json"))["licenses"]] == ["MINE-1"]
