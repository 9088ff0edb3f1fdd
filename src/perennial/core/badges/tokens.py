"""A credential as a signed token (VC-JWT of Open Badges 3.0): for wallets that read no other kind."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from perennial.core.badges.keys import did_of, key_of, method_of
from perennial.core.badges.proofs import Document, Unproven
from perennial.core.badges.strict import read_strictly

ALGORITHM = "EdDSA"
LONGEST = 2 * 1024 * 1024
LATEST = 2**35
CLAIMS = ("iss", "jti", "sub", "nbf")


class NoToken(Unproven):
    """Bytes that are no token at all: a clause that says why."""


class OneAlgorithm(JWSRegistry):
    """Knows one algorithm, by the name that badge verifiers read today; RFC 9864 has since called it Ed25519."""

    def get_alg(self, name: str) -> Any:
        """The algorithm, or a refusal for any other."""
        if name != ALGORITHM:
            raise UnsupportedAlgorithmError(f"Algorithm of '{name}' is not supported")
        return self.algorithms[ALGORITHM]


REGISTRY = OneAlgorithm()


def token_of(document: Document, key: Ed25519PrivateKey, *, not_before: int) -> str:
    """The document, which has no proof of its own, as a token signed by this key; `not_before` in seconds since 1970."""
    did = did_of(key.public_key())
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": method_of(did)}
    claims = {**document, "iss": did, "jti": document["id"], "sub": document["credentialSubject"]["id"], "nbf": not_before}
    said = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, said, OKPKey.import_key(key), registry=REGISTRY)


def is_token(data: bytes) -> bool:
    """Whether this looks like a token: three parts with points between."""
    return data.startswith(b"ey") and data.strip().count(b".") == 2


def document_in(data: bytes) -> tuple[Document, str, datetime]:
    """The document of a token, the did whose key signed it, and the moment that it names for that; raises Unproven with a clause.

    NoToken where it cannot even be taken apart.
    """
    if len(data) > LONGEST:
        raise NoToken("the token is larger than 2 MB")
    try:
        parts = jws.extract_compact(data.strip())
        header = parts.headers()
    except (JoseError, ValueError, TypeError, RecursionError):
        raise NoToken("the token cannot be read") from None
    if header.get("alg") != ALGORITHM:
        raise Unproven(f"the token is signed by {str(header.get('alg'))[:20]!r}, and only {ALGORITHM} is taken")
    if set(header) != {"alg", "typ", "kid"} or header["typ"] != "JWT":
        raise Unproven("the token's head has parts that are not known here, or lacks some")
    did = str(header["kid"]).partition("#")[0]
    try:
        key = key_of(did)
        if method_of(did) != header["kid"]:
            raise ValueError("names its key in a way that is not known here")
        claims = read_strictly(jws.deserialize_compact(data.strip(), OKPKey.import_key(key), registry=REGISTRY).payload)
    except JoseError:
        raise Unproven("the signature does not fit: something was changed after it was signed") from None
    except ValueError as fault:
        raise Unproven(f"the token {fault}") from None
    return _document(claims, did), did, _signed_at(claims)


def _signed_at(claims: Mapping[str, Any]) -> datetime:
    seconds = claims.get("nbf")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds < LATEST:
        raise Unproven("the token does not say when it was signed")
    return datetime.fromtimestamp(seconds, UTC)


def _document(claims: Any, did: str) -> Document:
    """The credential among the claims, after a look that the others say the same."""
    if not isinstance(claims, Mapping):
        raise Unproven("the token holds no credential")
    document = {name: value for name, value in claims.items() if name not in CLAIMS}
    subject = document.get("credentialSubject")
    about = subject.get("id") if isinstance(subject, Mapping) else None
    if (claims.get("iss"), claims.get("jti"), claims.get("sub")) != (did, document.get("id"), about) or "proof" in document:
        raise Unproven("the token says one thing in its claims and another in its credential")
    return document
