"""Certificates for programs."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.certificates.builders import AT, make_certificate
from perennial.apps.certificates.facts import digest
from perennial.apps.certificates.services import revoke_certificate

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/certificates"


def test_the_owner_lists_and_reads_certificates(client: Client) -> None:
    certificate = make_certificate()
    make_certificate()
    client.force_login(certificate.person)
    (found,) = client.get(ROOT).json()
    assert found == client.get(f"{ROOT}/{certificate.number}").json()
    assert found["sha256"] == digest(found["facts"])
    assert found["verify"].endswith(f"/verify/{certificate.token}")


def test_the_owner_gets_the_pdf(client: Client) -> None:
    certificate = make_certificate()
    client.force_login(certificate.person)
    answer = client.get(f"{ROOT}/{certificate.number}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("address", ["{}", "{}.pdf"])
def test_the_certificate_of_another_is_not_there(client: Client, address: str) -> None:
    client.force_login(make_person())
    assert client.get(f"{ROOT}/{address.format(make_certificate().number)}").status_code == 404


def test_strangers_are_turned_away(client: Client) -> None:
    assert client.get(ROOT).status_code == 401
    assert client.get(f"{ROOT}/{make_certificate().number}").status_code == 401


def test_anyone_with_the_address_verifies_with_masked_numbers(client: Client) -> None:
    certificate = make_certificate()
    answer = client.get(f"{ROOT}/verify/{certificate.token}")
    found = answer.json()
    assert found["valid"] is True
    assert found["licenses"] == ["LPC, Texas, no. •••345"]
    assert "00012345" not in answer.content.decode()
    assert "noindex" in answer.headers["X-Robots-Tag"]
    revoke_certificate(certificate=certificate, reason="Issued in error", at=AT)
    assert client.get(f"{ROOT}/verify/{certificate.token}").json()["valid"] is False


def test_an_unknown_address_is_not_there(client: Client) -> None:
    assert client.get(f"{ROOT}/verify/nothing").status_code == 404
