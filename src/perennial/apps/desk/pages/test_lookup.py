"""Adding a work by its DOI."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft
from perennial.apps.desk.queries import parts_of

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
