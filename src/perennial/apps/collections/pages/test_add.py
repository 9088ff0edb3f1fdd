"""Keeping a work by its DOI."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.collections.models import Kept
from perennial.apps.works.builders import make_work

pytestmark = pytest.mark.django_db
LIBRARY = "collections:library"


def test_a_work_is_found_by_its_doi_and_kept_by_a_button(client: Client) -> None:
    work = make_work()
    client.force_login(make_person())
    asked = client.get(reverse("collections:add"), {"asked": f"https://doi.org/{work.doi}"})
    assert work.title in asked.content.decode()
    assert not Kept.objects.exists()
    client.post(reverse("collections:add"), {"work": work.pk})
    assert work.title in client.get(reverse(LIBRARY), {"q": "sample"}).content.decode()
    unknown = client.get(reverse("collections:add"), {"asked": "10.1/none"}, follow=True)
    assert "No work here has the DOI" in unknown.content.decode()
    assert client.get(reverse("collections:add"), {"work": "999999"}).status_code == 404
