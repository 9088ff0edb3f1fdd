"""The application packet: what is in the ZIP, and that it says what the course says."""

import csv
import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft, make_whole_draft

pytestmark = pytest.mark.django_db


def words_of(pdf: bytes) -> str:
    """The text of a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_packet_holds_all_that_a_body_asks_to_see(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    reply = client.get(reverse("desk:packet", args=[draft.provider.slug, draft.slug, "NBCC_ACEP"]))
    assert "nbcc-acep-application" in reply.headers["Content-Disposition"]
    packet = zipfile.ZipFile(io.BytesIO(reply.content))
    files = {name.partition("/")[2]: packet.read(name) for name in packet.namelist()}
    wanted = {"application.pdf", "evaluation.pdf", "answer-key.pdf", "sample-certificate.pdf", "matrix.csv", "application.json"}
    assert wanted | {"course/course.toml", "course/items.toml", "course/01-part.md"} <= set(files)
    application = words_of(files["application.pdf"])
    for told in ("List tasks of grieving", "Part 1", "3,202 words", "Invented for tests.",
                 "Sample, A. (2020)", "Mergener formula", "no approval of this body is on record"):  # fmt: skip
        assert told in " ".join(application.split())
    assert "RIGHT: Yes" in words_of(files["answer-key.pdf"])
    assert "free of commercial and other bias" in words_of(files["evaluation.pdf"])
    assert "SAMPLE" in words_of(files["sample-certificate.pdf"])
    rows = list(csv.DictReader(io.StringIO(files["matrix.csv"].decode("utf-8-sig"))))
    assert [row["sections"] for row in rows] == ["Part 1", "Part 2"]
    data = json.loads(files["application.json"])
    assert data["hours"]["claimed"] == 0.5
    assert data["matrix"][0]["questions"]


def test_a_draft_that_is_no_course_yet_has_no_packet(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug]
    assert "Not readable yet" in client.get(reverse("desk:application", args=names)).content.decode()
    assert client.get(reverse("desk:packet", args=[*names, "APA"])).status_code == 302
    assert client.get(reverse("desk:packet", args=[*names, "NOBODY"])).status_code == 404


def test_each_body_says_how_much_its_check_finds(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    lines = client.get(reverse("desk:application", args=[draft.provider.slug, draft.slug])).context["page"].lines
    assert len(lines) == 10
    assert all(line.blocks for line in lines)
