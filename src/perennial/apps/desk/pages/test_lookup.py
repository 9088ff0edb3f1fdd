"""Adding a work by its DOI."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft
from perennial.apps.desk.looking import add_work
from perennial.apps.desk.queries import parts_of
from perennial.apps.desk.services import save_part

pytestmark = pytest.mark.django_db


def test_a_doi_becomes_a_row_once(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = reverse("desk:look_up", args=[draft.provider.slug, draft.slug])
    client.post(place, {"doi": "https://doi.org/10.1000/XYZ.1"})
    assert client.post(place, {"doi": "10.1000/xyz.1"}).status_code == 409
    assert client.post(place, {"doi": "nonsense"}).status_code == 409
    assert [row["doi"] for row in parts_of(draft).single["references"].data["references"]] == ["10.1000/XYZ.1"]


def test_a_row_that_is_said_to_be_added_stands_there_though_somebody_saved_meanwhile() -> None:
    person = make_person()
    draft = make_draft(person=person)
    seen = parts_of(draft).single["references"]
    row = {"id": "work1", "text": "Of a colleague.", "doi": "10.1000/other", "url": ""}
    save_part(part=seen, data={"references": [row]}, base=seen.revision, person=make_person(), at=timezone.now())
    says, _ = add_work(part=seen, doi="10.1000/mine", person=person, at=timezone.now())
    assert "10.1000/mine is added as work2" in says
    assert [row["doi"] for row in parts_of(draft).single["references"].data["references"]] == ["10.1000/other", "10.1000/mine"]
