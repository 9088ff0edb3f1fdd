"""The library as a file, and as formatted references."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.collections.builders import make_kept

pytestmark = pytest.mark.django_db
LIBRARY = "collections:library"


def test_the_library_comes_out_as_a_file_and_as_references(client: Client) -> None:
    kept = make_kept()
    client.force_login(kept.person)
    assert kept.title.encode() in client.get(reverse("collections:export", args=["csl"])).content
    assert client.get(reverse("collections:export", args=["word"])).status_code == 404
    for manner, text in (("apa", "Sample, A. M., &amp; Example, B. (2020)"), ("vancouver", "Sample AM, Example B.")):
        assert text in client.get(reverse("collections:references"), {"manner": manner}).content.decode()
