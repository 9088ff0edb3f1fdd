"""The whole record in one file, and nothing of anyone else in it."""

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.builders import make_certificate
from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.queries import history_of
from perennial.apps.credits.services import add_proof, correct_entry
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.services import record_duty, set_attributes
from perennial.apps.portal.services import write_record

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def record(person: Person) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    target = io.BytesIO()
    write_record(person=person, at=AT, site="https://ce.example.org", target=target)
    archive = zipfile.ZipFile(target)
    assert archive.testzip() is None
    return archive, json.loads(archive.read("record.json"))


def rich_person(name: str) -> Person:
    person = make_person(name=name)
    license = make_license(person=person, number=f"number of {name}")
    set_attributes(person=person, attributes=["supervisor"])
    record_duty(person=person, license=license, what="suicide_prevention", on=AT.date())
    entry = make_credit(person=person, title=f"credit of {name}")
    add_proof(entry=entry, upload=ContentFile(PDF + name.encode(), name=f"../{name}.pdf"), at=AT)
    make_certificate(person=person)
    return person


def test_the_record_holds_what_every_area_keeps() -> None:
    person = rich_person("Ada Example")
    archive, found = record(person)
    assert found["account"]["email"] == person.email
    assert found["licenses"][0]["number"] == "number of Ada Example"
    assert found["attributes"] == ["supervisor"]
    assert found["duties"][0]["what"] == "suicide_prevention"
    assert found["credits"][0]["entries"][0]["title"] == "credit of Ada Example"
    assert found["standing"][0]["answer"]["counted_hours"] == 3
    assert {"enrolments", "notes", "attempts", "evaluations", "certificates"} <= found.keys()
    number = found["certificates"][0]["number"]
    assert archive.read(f"certificates/{number}.pdf").startswith(b"%PDF")
    (proof,) = [name for name in archive.namelist() if name.startswith("proofs/")]
    assert archive.read(proof) == PDF + b"Ada Example"
    assert "Ada Example" in archive.read("README.txt").decode()


def test_nothing_of_another_person_is_in_it() -> None:
    person = rich_person("Ada Example")
    other = rich_person("Zoe Other")
    archive, found = record(person)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Zoe Other" not in everything
    assert other.email.encode() not in everything
    assert len(found["credits"]) == 1


def test_the_history_of_a_corrected_credit_is_whole() -> None:
    person = make_person()
    entry = make_credit(person=person, minutes=180)
    correct_entry(
        entry=entry,
        at=AT,
        title=entry.title,
        provider_name=entry.provider_name,
        completed_on=entry.completed_on,
        minutes=120,
        format=entry.format,
        topics={},
    )
    _, found = record(person)
    assert [row["minutes"] for row in found["credits"][0]["entries"]] == [180, 120]


def test_a_file_name_cannot_leave_the_folder() -> None:
    archive, _ = record(rich_person("Ada Example"))
    assert all(".." not in name.split("/") and name.count("/") <= 1 for name in archive.namelist())


def test_a_lost_proof_is_said_and_spoils_nothing() -> None:
    person = rich_person("Ada Example")
    default_storage.delete(history_of(person)[0].current.proofs[0].path)
    archive, found = record(person)
    assert len(found["files_missing"]) == 1
    assert "Not found on the disk" in archive.read("README.txt").decode()


def test_an_empty_account_has_a_record_too() -> None:
    archive, found = record(make_person())
    assert found["licenses"] == []
    assert sorted(archive.namelist()) == ["README.txt", "record.json"]
