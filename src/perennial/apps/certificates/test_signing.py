"""Keys of the site, places in status lists, and what is signed with them."""

import json
import stat
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from perennial.apps.certificates.builders import AT, make_certificate
from perennial.apps.certificates.issuers import FOLDER, OWN, open_issuer
from perennial.apps.certificates.models import IssuerKey, StatusPlace
from perennial.apps.certificates.queries import credential_file, issuer_profile, pdf_of
from perennial.apps.certificates.services import correct_certificate, revoke_certificate
from perennial.apps.certificates.signing import issuer_file, new_issuer_keys, signer
from perennial.apps.credits.builders import make_award
from perennial.apps.credits.queries import ledger_of
from perennial.core.badges.proofs import prover_of
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
SITE = "https://ce.example.org"
LATER = AT + timedelta(days=400)


def test_a_site_that_has_not_signed_anything_has_no_file_of_keys() -> None:
    assert issuer_file() is None


def test_keys_are_made_once_for_their_owner_alone_and_told_in_the_tables() -> None:
    first, again = signer(AT), signer(LATER)
    assert first == again
    assert stat.S_IMODE(settings.ISSUER_KEYS.stat().st_mode) == 0o600
    assert "PRIVATE" not in repr(first) + repr(first.keys) + "".join(IssuerKey.objects.values_list("pem", flat=True))
    assert IssuerKey.objects.count() == 2
    told = open_issuer((settings.DATA / FOLDER / OWN).read_bytes())
    assert told.did(first.keys.did) is not None
    assert told == issuer_profile(LATER)


def test_new_keys_take_over_and_the_old_public_ones_stay() -> None:
    before = signer(AT).keys.did
    after = new_issuer_keys(LATER).keys.did
    profile = issuer_profile(LATER)
    assert [key.name for key in profile.dids] == [before, after]
    assert (profile.dids[0].until, profile.dids[1].until) == (LATER + timedelta(seconds=1), None)
    assert prover_of(json.loads(credential_file(make_certificate(), site=SITE, at=LATER))) == after


@pytest.mark.parametrize("table", ["issuerkey", "statusplace"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_keeps_keys_and_places(table: str, statement: str) -> None:
    make_certificate()
    signer(AT)
    with pytest.raises(DatabaseError, match="kept for good"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(f"certificates_{table}"))


def test_each_certificate_has_a_place_of_its_own() -> None:
    places = {(place.number, place.index) for place in (make_certificate().place for _ in range(5))}
    assert len(places) == StatusPlace.objects.count() == 5
    with pytest.raises(TypeError, match="never changed"):
        StatusPlace.objects.all()[0].save()


def test_the_same_facts_give_the_same_signed_file() -> None:
    certificate = make_certificate()
    assert pdf_of(certificate, site=SITE) == pdf_of(certificate, site=SITE)


def test_a_correction_takes_the_place_of_the_old_one_with_its_credit() -> None:
    old = make_certificate(holder_name="Sam Sampel")
    make_award(person=old.person, number=old.number)
    new = correct_certificate(certificate=old, holder_name="  Sam   Sample ", at=AT)
    assert correct_certificate(certificate=old, holder_name="Else", at=AT) == new
    old.refresh_from_db()
    assert (new.facts["holder_name"], new.supersedes) == ("Sam Sample", old)
    assert {name for name in new.facts if new.facts[name] != old.facts[name]} == {"holder_name", "number"}
    assert new.number in old.revocation_reason
    assert [credit.certificate_number for credit in ledger_of(old.person)] == [new.number]


def test_what_is_revoked_or_right_already_is_not_corrected() -> None:
    certificate = make_certificate()
    with pytest.raises(Refusal, match="another name"):
        correct_certificate(certificate=certificate, holder_name=certificate.facts["holder_name"], at=AT)
    revoke_certificate(certificate=certificate, reason="Issued in error", at=AT)
    with pytest.raises(Refusal, match="not revoked"):
        correct_certificate(certificate=certificate, holder_name="Sam", at=AT)
