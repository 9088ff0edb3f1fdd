"""The pages of one's own library."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.collections.builders import make_kept
from perennial.apps.collections.models import Collection, Kept
from perennial.apps.works.builders import make_work

pytestmark = pytest.mark.django_db
LIBRARY = "collections:library"


def test_an_empty_library_says_what_to_do(client: Client) -> None:
    client.force_login(make_person())
    assert "Take over a file" in client.get(reverse(LIBRARY)).content.decode()


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


def test_collections_are_made_renamed_filtered_and_deleted(client: Client) -> None:
    kept = make_kept()
    client.force_login(kept.person)
    client.post(reverse("collections:collect"), {"name": "Trauma"})
    made = Collection.objects.get()
    client.post(reverse("collections:change", args=[made.pk]), {"name": "Trauma work"})
    client.post(reverse("collections:kept", args=[kept.pk]), {"note": "Read again", "collection": [made.pk]})
    text = client.get(reverse(LIBRARY), {"collection": made.pk}).content.decode()
    assert "1 work in Trauma work" in text
    assert "Read again" in text
    client.post(reverse("collections:change", args=[made.pk]), {"do": "delete"})
    assert not Collection.objects.exists()


def test_queries_do_not_grow_with_works(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    for _ in range(8):
        make_kept(person=person)
    client.force_login(person)
    with django_assert_max_num_queries(9):
        client.get(reverse(LIBRARY))


def test_files_go_in_and_out(client: Client) -> None:
    client.force_login(make_person())
    file = SimpleUploadedFile("zotero.bib", b"@book{a, title={Samples at work}, author={Example, Ben}, year={2003}}")
    answer = client.post(reverse("collections:import"), {"file": file, "into": "Books"})
    assert "1 work taken over" in answer.content.decode()
    bad = client.post(reverse("collections:import"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")})
    assert (bad.status_code, "RIS, BibTeX or CSL-JSON" in bad.content.decode()) == (400, True)
    assert b"Samples at work" in client.get(reverse("collections:export", args=["csl"])).content
    assert client.get(reverse("collections:export", args=["word"])).status_code == 404
    for manner, text in (("apa", "Example, B. (2003)"), ("vancouver", "Example B.")):
        assert text in client.get(reverse("collections:references"), {"manner": manner}).content.decode()
