"""The owner's page and PDF."""

import io

import pypdf
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.certificates.builders import AT, SAMPLE_NOTE, make_certificate
from perennial.apps.certificates.services import revoke_certificate

pytestmark = pytest.mark.django_db
ADDRESSES = ("/certificates/{}", "/certificates/{}.pdf")


def test_the_owner_sees_everything(client: Client) -> None:
    certificate = make_certificate()
    client.force_login(certificate.person)
    page = client.get(f"/certificates/{certificate.number}").content.decode()
    for words in ("Žofia O&#x27;Brien", "no. 00012345", "passed with 87%", "Suicide prevention 1.5 h", certificate.token):
        assert words in page


def test_a_sample_and_a_revoked_one_say_so(client: Client) -> None:
    certificate = make_certificate(approvals=[SAMPLE_NOTE])
    revoke_certificate(certificate=certificate, reason="Issued in error", at=AT)
    client.force_login(certificate.person)
    page = client.get(f"/certificates/{certificate.number}").content.decode()
    assert "SAMPLE, not real" in page
    assert "Revoked on 25 November 2026" in page
    assert "Issued in error" in page


def test_the_pdf_leads_to_the_public_page_of_this_site(client: Client) -> None:
    certificate = make_certificate()
    client.force_login(certificate.person)
    answer = client.get(f"/certificates/{certificate.number}.pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{certificate.number}.pdf"'
    text = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert f"http://testserver/verify/{certificate.token}" in "".join(text.split())


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_certificate_of_another_is_not_there(client: Client, address: str) -> None:
    client.force_login(make_person(is_staff=True))
    assert client.get(address.format(make_certificate().number)).status_code == 404


@pytest.mark.parametrize("number", ["%00", "..%2F..", "x" * 200, "PER-2026-999999"])
def test_a_number_that_was_never_given_is_not_there(client: Client, number: str) -> None:
    client.force_login(make_person())
    assert client.get(f"/certificates/{number}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_are_sent_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address.format(make_certificate().number)).status_code == 302


def test_one_query_reads_it(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    certificate = make_certificate()
    client.force_login(certificate.person)
    with django_assert_num_queries(3):  # session, person, certificate
        client.get(f"/certificates/{certificate.number}")
