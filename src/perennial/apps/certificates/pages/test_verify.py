"""The public page of a certificate."""

import pytest
from django.test import Client

from perennial.apps.certificates.builders import AT, SAMPLE_NOTE, make_certificate
from perennial.apps.certificates.papers import masked
from perennial.apps.certificates.services import revoke_certificate

pytestmark = pytest.mark.django_db


def test_anyone_with_the_address_reads_that_it_is_valid(client: Client) -> None:
    certificate = make_certificate()
    page = client.get(f"/verify/{certificate.token}").content.decode()
    for words in (
        "Valid: issued by this site and not revoked.",
        "Žofia O&#x27;Brien",
        "Suicide risk assessment",
        "25 November 2026",
        "1.5",
    ):
        assert words in page


def test_license_numbers_are_masked_and_the_score_is_not_told(client: Client) -> None:
    page = client.get(f"/verify/{make_certificate().token}").content.decode()
    assert "•••345" in page
    assert "00012345" not in page
    assert "87%" not in page


@pytest.mark.parametrize(("number", "shown"), [("00012345", "•••345"), ("123456", "•••56"), ("1234", "•••4"), ("12", "•••"), ("9", "•••")])
def test_a_mask_never_shows_a_whole_number(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_a_revoked_one_says_when_and_why(client: Client) -> None:
    certificate = make_certificate()
    revoke_certificate(certificate=certificate, reason="Issued in error", at=AT)
    page = client.get(f"/verify/{certificate.token}").content.decode()
    assert "Revoked on 25 November 2026: this certificate is not valid." in page
    assert "Issued in error" in page
    assert "Valid:" not in page


def test_a_sample_is_never_called_valid(client: Client) -> None:
    page = client.get(f"/verify/{make_certificate(approvals=[SAMPLE_NOTE]).token}").content.decode()
    assert "A sample, not real" in page
    assert "Valid:" not in page


def test_one_that_was_replaced_names_its_follower(client: Client) -> None:
    old = make_certificate()
    new = make_certificate(person=old.person, supersedes=old)
    assert f"Certificate {new.number} takes the place" in client.get(f"/verify/{old.token}").content.decode()


def test_no_search_engine_keeps_it(client: Client) -> None:
    answer = client.get(f"/verify/{make_certificate().token}")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("token", ["nothing", "PER-2026-000001", "a" * 300, "%00", "..%2F"])
def test_an_unknown_address_is_told_clearly(client: Client, token: str) -> None:
    make_certificate()
    answer = client.get(f"/verify/{token}")
    assert answer.status_code == 404
    if token == "nothing":
        assert "No certificate has this address" in answer.content.decode()
        assert "noindex" in answer.headers["X-Robots-Tag"]
