"""Makes keys and documents for tests."""

from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from perennial.core.badges.keys import did_of
from perennial.core.badges.linked import CREDENTIALS
from perennial.core.badges.proofs import proven

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
DID = did_of(KEY.public_key())
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
LIST = "https://ce.example.org/credentials/status/1"


def make_document(**changes: Any) -> dict[str, Any]:
    """A small credential without a proof."""
    return {
        "@context": [CREDENTIALS],
        "id": "https://ce.example.org/verify/abc",
        "type": ["VerifiableCredential"],
        "name": "A certificate",
        "issuer": DID,
        "validFrom": "2026-11-25T16:08:00Z",
        "credentialSubject": {"id": "https://ce.example.org/verify/abc#holder", "name": "Sam Sample"},
        **changes,
    }


def make_proven(key: Ed25519PrivateKey = KEY, **changes: Any) -> dict[str, Any]:
    """The same with a proof."""
    return proven(make_document(**changes), key, created=AT)
