"""A credit's page, withdrawing and bringing back, files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import AT, FACTS, make_award, make_credit
from perennial.apps.credits.models import Entry
from perennial.apps.credits.queries import history_of, ledger_of
from perennial.apps.credits.services import correct_entry, withdraw_entry

pytestmark = pytest.mark.django_db


def test_the_history_shows_what_a_correction_changed(client: Client) -> None:
    entry = make_credit()
    later = correct_entry(entry=entry, at=AT, **{**FACTS, "minutes": 240})
    client.force_login(entry.person)
    for pk in (entry.pk, later.pk):
        page = client.get(f"/record/{pk}").content.decode()
        assert "3 h (180 minutes)" in page
        assert "4 h (240 minutes)" in page


def test_a_credit_is_withdrawn_with_a_reason_and_brought_back(client: Client) -> None:
    entry = make_credit()
    client.force_login(entry.person)
    page = client.post(f"/record/{entry.pk}/withdraw", {"reason": "Entered twice"}, follow=True).content.decode()
    assert "Withdrawn: Entered twice" in page
    assert ledger_of(entry.person) == []
    page = client.post(f"/record/{entry.pk}/restore", follow=True).content.decode()
    assert "Brought back" in page
    assert len(ledger_of(entry.person)) == 1


def test_a_withdrawal_without_a_reason_is_told(client: Client) -> None:
    entry = make_credit()
    client.force_login(entry.person)
    answer = client.post(f"/record/{entry.pk}/withdraw", {"reason": " "})
    assert answer.status_code == 400
    assert "in a few words why" in answer.content.decode()
    assert Entry.objects.count() == 1


def test_a_revoked_credit_offers_no_way_back(client: Client) -> None:
    entry = make_award()
    gone = withdraw_entry(entry=entry, reason="Revoked", at=AT, final=True)
    client.force_login(entry.person)
    assert "Bring it back" not in client.get(f"/record/{gone.pk}").content.decode()
    assert client.post(f"/record/{gone.pk}/restore").status_code == 409


def test_a_file_is_added_later(client: Client) -> None:
    entry = make_credit()
    client.force_login(entry.person)
    client.post(f"/record/{entry.pk}/proofs", {"proof_file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n_")})
    assert history_of(entry.person)[0].current.proofs[0].media_type == "image/png"


@pytest.mark.parametrize("files", [{}, {"proof_file": SimpleUploadedFile("a.pdf", b"text")}])
def test_a_missing_or_wrong_file_is_told(client: Client, files: dict[str, SimpleUploadedFile]) -> None:
    entry = make_credit()
    client.force_login(entry.person)
    assert client.post(f"/record/{entry.pk}/proofs", files).status_code == 400


@pytest.mark.parametrize(
    ("method", "path"), [("get", ""), ("post", "/withdraw"), ("post", "/restore"), ("post", "/proofs"), ("get", "/correct")]
)
def test_the_credit_of_another_is_not_there(client: Client, method: str, path: str) -> None:
    entry = make_credit()
    client.force_login(make_person())
    assert getattr(client, method)(f"/record/{entry.pk}{path}").status_code == 404
    assert Entry.objects.count() == 1
