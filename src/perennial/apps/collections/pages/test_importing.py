"""A file of a reference manager, taken over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person

pytestmark = pytest.mark.django_db
LIBRARY = "collections:library"


def test_a_file_is_taken_over_and_another_kind_is_refused(client: Client) -> None:
    client.force_login(make_person())
    file = SimpleUploadedFile("zotero.bib", b"@book{a, title={Samples at work}, author={Example, Ben}, year={2003}}")
    answer = client.post(reverse("collections:import"), {"file": file, "into": "Books"})
    assert "1 work imported" in answer.content.decode()
    nothing = client.post(reverse("collections:import"), {"file": SimpleUploadedFile("a.bib", bytes(range(256)) * 40)})
    assert (nothing.status_code, "No entry was found in the file" in nothing.content.decode()) == (400, True)
    bad = client.post(reverse("collections:import"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")})
    assert (bad.status_code, "RIS, BibTeX or CSL-JSON" in bad.content.decode()) == (400, True)
