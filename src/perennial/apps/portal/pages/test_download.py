"""The download belongs to the person who is signed in."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license

pytestmark = pytest.mark.django_db


def test_it_needs_signing_in(client: Client) -> None:
    assert client.get(reverse("portal:download")).status_code == 302


def test_one_gets_ones_own_record_as_a_file(client: Client) -> None:
    mine, _ = make_license(number="MINE-1"), make_license(number="THEIRS-1")
    client.force_login(mine.person)
    answer = client.get(reverse("portal:download"))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="perennial-record-')
    assert answer["Cache-Control"] == "no-store"
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    archive = zipfile.ZipFile(io.BytesIO(content))
    record = json.loads(archive.read("record.json"))
    assert [row["number"] for row in record["licenses"]] == ["MINE-1"]
    assert b"THEIRS-1" not in b"".join(archive.read(name) for name in archive.namelist())


def test_an_empty_account_gets_its_record_too(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(reverse("portal:download")).status_code == 200
