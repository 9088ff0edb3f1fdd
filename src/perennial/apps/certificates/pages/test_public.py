"""What programs of others read: public keys and status lists."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.certificates.builders import AT, make_certificate
from perennial.apps.certificates.issuers import open_issuer
from perennial.apps.certificates.queries import status_file
from perennial.apps.certificates.services import revoke_certificate
from perennial.apps.certificates.signing import list_address, signer
from perennial.core.badges.proofs import prover_of
from perennial.core.badges.status import Place, bit_of

pytestmark = pytest.mark.django_db


def test_a_revocation_is_in_the_list_at_once(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, other = make_certificate(), make_certificate()
    signer(AT)
    revoke_certificate(certificate=one, reason="Issued in error", at=AT)
    with django_assert_num_queries(2):  # keys, bits
        answer = client.get(f"/credentials/status/{one.place.number}")
    listed = json.loads(answer.content)
    assert prover_of(listed) == signer(AT).keys.did
    assert [bit_of(Place(list_address(1), made.place.index), listed) for made in (one, other)] == [True, False]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_list_that_was_never_begun_is_not_there(client: Client) -> None:
    assert status_file(2, at=AT) is None
    assert [client.get(f"/credentials/status/{number}").status_code for number in ("1", "2", "9" * 30)] == [200, 404, 404]


def test_anyone_reads_the_public_keys(client: Client) -> None:
    found = client.get("/credentials/issuer.json")
    assert open_issuer(found.content).dids[-1].name == signer(AT).keys.did
    assert b"PRIVATE" not in found.content
