"""Taking a folder into the desk."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.archive import pack
from perennial.apps.desk.builders import make_desk, whole_folder
from perennial.apps.desk.queries import drafts_of

pytestmark = pytest.mark.django_db


def sent(files: dict[str, bytes]) -> dict[str, BytesIO]:
    """A ZIP of these files, as a form sends it."""
    upload = BytesIO(pack("any", files))
    upload.name = "any.zip"
    return {"file": upload}


def test_a_folder_is_taken_with_a_report_and_a_broken_one_changes_nothing(client: Client) -> None:
    person = make_person()
    provider = make_desk(person)
    client.force_login(person)
    place = reverse("desk:folder", args=[provider.slug])
    broken = client.post(place, sent({**whole_folder(), "items.toml": b"[["}))
    assert broken.status_code == 400
    assert "Not taken in" in broken.content.decode()
    assert not drafts_of(provider)
    page = client.post(place, sent({**whole_folder(), "odd.exe": b"MZ"})).content.decode()
    assert "is taken in" in page
    assert "odd.exe" in page
    assert [draft.slug for draft in drafts_of(provider)] == ["grief-in-practice"]


def test_what_is_no_zip_is_refused_at_the_field(client: Client) -> None:
    person = make_person()
    provider = make_desk(person)
    client.force_login(person)
    upload = BytesIO(b"no zip")
    upload.name = "x.zip"
    page = client.post(reverse("desk:folder", args=[provider.slug]), {"file": upload})
    assert page.status_code == 400
    assert "cannot be read" in page.content.decode()
