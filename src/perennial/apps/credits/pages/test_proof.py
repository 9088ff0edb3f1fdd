"""Proof files go to their owner alone."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.models import Proof

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n<script>alert(1)</script>"


def make_proof() -> Proof:
    make_credit(proof_file=ContentFile(PDF, name="Zoë's.pdf"))
    return Proof.objects.get()


def test_the_owner_gets_the_file_to_keep(client: Client) -> None:
    proof = make_proof()
    client.force_login(proof.entry.person)
    answer = client.get(f"/record/proofs/{proof.pk}")
    assert answer.getvalue() == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Zo%C3%AB")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/record/proofs/{}", "/api/v1/record/proofs/{}"])
def test_no_one_else_gets_it(client: Client, address: str) -> None:
    proof = make_proof()
    client.force_login(make_person(is_staff=True))
    assert client.get(address.format(proof.pk)).status_code == 404


def test_the_file_has_no_address_of_its_own(client: Client) -> None:
    proof = make_proof()
    client.force_login(proof.entry.person)
    assert client.get(f"/files/{proof.file.name}").status_code == 404
    assert client.get(f"/{proof.file.name}").status_code == 404
