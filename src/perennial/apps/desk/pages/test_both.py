"""Two texts of one part."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft
from perennial.apps.desk.queries import parts_of
from perennial.apps.desk.services import save_part

pytestmark = pytest.mark.django_db


def test_both_show_and_either_may_stand(client: Client) -> None:
    person, now = make_person(), timezone.now()
    draft = make_draft(person=person)
    part = parts_of(draft).single["declarations"]
    for says in ("Theirs", "Mine"):
        save_part(part=part, data={"disclosures": says}, base=1, person=person, at=now)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug, "declarations"]
    page = client.get(reverse("desk:both", args=names), {"late": "3"}).content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    assert "Mine" in client.get(reverse("desk:part", args=names), {"from": "3"}).content.decode()
    client.post(reverse("desk:restore", args=names), {"number": "3"})
    assert parts_of(draft).single["declarations"].data["disclosures"] == "Mine"


def test_without_a_number_it_leads_to_the_part(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    assert client.get(reverse("desk:both", args=[draft.provider.slug, draft.slug, "about"])).status_code == 302
