"""Files of a draft."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft
from perennial.apps.desk.queries import files_of, parts_of

pytestmark = pytest.mark.django_db


def drawn() -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (4, 4), "green").save(made, "PNG")
    return made.getvalue()


PNG = drawn()


def test_a_file_is_kept_described_shown_and_removed(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug]
    client.post(reverse("desk:upload", args=names), {"files": [SimpleUploadedFile("Tree of Loss.PNG", PNG)]})
    assert [(entry.name, entry.size) for entry in files_of(draft)] == [("tree-of-loss.png", len(PNG))]
    assert parts_of(draft).single["media"].data["media"][0]["kind"] == "image"
    shown = client.get(reverse("desk:file", args=[*names, "tree-of-loss.png"]))
    assert b"".join(shown) == PNG
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    client.post(reverse("desk:remove_file", args=[*names, "tree-of-loss.png"]))
    assert not files_of(draft)
    assert parts_of(draft).single["media"].data["media"] == []
    assert "Removed files (1)" in client.get(reverse("desk:part", args=[*names, "media"])).content.decode()
    client.post(reverse("desk:back_file", args=[*names, "tree-of-loss.png"]))
    assert [entry.name for entry in files_of(draft)] == ["tree-of-loss.png"]
    assert parts_of(draft).single["media"].data["media"][0]["kind"] == "image"


def test_a_file_sent_again_takes_the_place_of_the_old_one(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = reverse("desk:upload", args=[draft.provider.slug, draft.slug])
    client.post(place, {"files": [SimpleUploadedFile("sheet.txt", b"one")]})
    before = str(files_of(draft)[0].file.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(place, {"files": [SimpleUploadedFile("sheet.txt", b"two")]})
    (entry,) = files_of(draft)
    assert entry.file.read() == b"two"
    assert not default_storage.exists(before)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.svg", b"<svg onload='x()'/>", "can hold programs"),
        ("a.png", b"<svg><script>x()</script></svg>", "can hold programs"),
        ("a.png", b"<html>", "cannot be opened as a picture"),
        ("a.exe", b"MZ", "that we take"),
        ("a.vtt", b"Hello", "cannot be read as WebVTT"),
    ],
)
def test_what_harms_is_refused_with_the_reason(client: Client, name: str, content: bytes, says: str) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    sent = {"files": BytesIO(content)}
    sent["files"].name = name
    told = client.post(reverse("desk:upload", args=[draft.provider.slug, draft.slug]), sent, headers={"Accept": "application/json"})
    assert says in told.json()["detail"]
    assert not files_of(draft)
