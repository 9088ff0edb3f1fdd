"""`openbadgeslib` (LGPL, in tests alone) takes what this site issues, sees a revocation, and refuses what was changed."""

import json
from typing import Any

import pytest
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier, resolve_did, verify_data_integrity_proof

from perennial.apps.certificates.builders import AT, SAMPLE_NOTE, make_certificate
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.queries import credential_file, credential_token, status_file
from perennial.apps.certificates.services import revoke_certificate

pytestmark = pytest.mark.django_db
SITE = "https://ce.example.org"


@pytest.fixture
def made() -> Certificate:
    return make_certificate(approvals=[SAMPLE_NOTE])


def credential(made: Certificate) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(credential_file(made, site=SITE, at=AT))
    return found


def verifier_for(document: dict[str, Any]) -> Any:
    """Theirs, for the issuer that the credential names."""
    return OB3LdpVerifier.for_issuer_did(document["issuer"]["id"])


def listed(address: str, *args: Any, **more: Any) -> bytes:
    """The status list, as the other's download would give it; its proof is checked apart, for there it takes tokens alone."""
    return status_file(int(address.rpartition("/")[2]), at=AT) or b""


def test_it_takes_the_credential_and_its_status(made: Certificate) -> None:
    document = credential(made)
    verifier = verifier_for(document)
    taken = verifier.verify(json.dumps(document), check_status=True, download=listed, verify_status_list=False)
    assert taken.achievement.name == made.facts["course_title"]
    assert taken.identifiers[0].identity_hash == made.facts["holder_name"]


def test_it_takes_the_proof_of_the_status_list(made: Certificate) -> None:
    key = resolve_did(credential(made)["issuer"]["id"])
    verify_data_integrity_proof(json.loads(listed("1")), pubkey_pem=key)


def test_it_takes_the_token(made: Certificate) -> None:
    verifier = OB3Verifier.for_issuer_did(credential(made)["issuer"]["id"])
    assert made.number in str(verifier.verify(credential_token(made, site=SITE, at=AT).decode()).name)


def test_it_sees_a_revocation(made: Certificate) -> None:
    revoke_certificate(certificate=made, reason="Issued in error", at=AT)
    document = credential(made)
    with pytest.raises(OB3VerificationError, match="is set"):
        verifier_for(document).verify(document, check_status=True, download=listed, verify_status_list=False)


def test_it_refuses_a_changed_one(made: Certificate) -> None:
    document = credential(made)
    document["credentialSubject"]["achievement"]["name"] = "Another course"
    with pytest.raises(OB3VerificationError, match="mismatch"):
        verifier_for(document).verify(document)
