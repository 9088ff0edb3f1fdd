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
    unknown = client.get(reverse("collections:add"), {"asked": "99999"}, follow=True)
    assert "No work here has the DOI" in unknown.content.decode()
    assert "Look it up" in client.get(reverse("collections:add"), {"asked": "10.1000/none"}).content.decode()
    assert client.get(reverse("collections:add"), {"work": "999999"}).status_code == 404


def test_whoever_came_from_the_search_is_back_there_at_the_work(client: Client) -> None:
    work = make_work()
    client.force_login(make_person())
    address = reverse("collections:add")
    page = client.get(address, {"work": work.pk}, headers={"Referer": "http://testserver/evidence/?q=sample&kept=3"})
    assert 'name="back" value="/evidence/?q=sample&amp;kept=3"' in page.content.decode()
    done = client.post(address, {"work": work.pk, "back": "/evidence/?q=sample&kept=3"})
    assert done.headers["Location"] == f"/evidence/?q=sample&kept={work.pk}#work-{work.pk}"
    for elsewhere in ("https://example.org/evidence/?q=sample", "http://testserver/courses/", ""):
        page = client.get(address, {"work": work.pk}, headers={"Referer": elsewhere})
        assert 'name="back" value=""' in page.content.decode()
    for back in ("https://example.org/evidence/", "//example.org/evidence/", ""):
        assert client.post(address, {"work": work.pk, "back": back}).headers["Location"].startswith("/my-library/works/")
