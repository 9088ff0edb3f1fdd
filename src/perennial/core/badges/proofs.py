"""The proof under a credential: Data Integrity with the cryptosuite eddsa-rdfc-2022 (W3C, Data Integrity EdDSA Cryptosuites v1.0)."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from perennial.core.badges.keys import DID, did_of, from_base58, key_of, method_of, signed_by, to_base58
from perennial.core.badges.linked import canonical

SUITE = "eddsa-rdfc-2022"
KIND = "DataIntegrityProof"
PURPOSE = "assertionMethod"
PARTS = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
SIGNATURE_BYTES = 64

Document = Mapping[str, Any]


class Unproven(ValueError):
    """A proof that does not hold: a clause that says why."""


def moment(at: datetime) -> str:
    """A moment as credentials write it: 2026-11-25T16:08:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def proven(document: Document, key: Ed25519PrivateKey, *, created: datetime) -> dict[str, Any]:
    """The document with a proof by this key; the same key, document and moment give the same proof."""
    method = method_of(did_of(key.public_key()))
    proof = {"type": KIND, "cryptosuite": SUITE, "created": moment(created), "verificationMethod": method, "proofPurpose": PURPOSE}
    signature = key.sign(_digest(document, proof))
    return {**document, "proof": [{**proof, "proofValue": to_base58(signature)}]}


def prover_of(document: Document) -> str:
    """The did whose key proves this document; raises Unproven for a proof that is missing, of another kind, or does not hold."""
    body = {name: value for name, value in document.items() if name != "proof"}
    proof = _only_proof(document)
    did, _, fragment = proof["verificationMethod"].partition("#")
    if not did.startswith(DID) or method_of(did) != f"{did}#{fragment}":
        raise Unproven("the proof names its key in a way that is not known here")
    try:
        key_of(did)
        signature = from_base58(proof["proofValue"])
        message = _digest(body, {name: value for name, value in proof.items() if name != "proofValue"})
    except ValueError as fault:
        raise Unproven(f"the proof {fault}") from None
    if len(signature) != SIGNATURE_BYTES or not signed_by(did, signature, message):
        raise Unproven("the signature does not fit: something was changed after it was signed")
    return did


def _only_proof(document: Document) -> dict[str, str]:
    """The one proof of the document, with exactly the parts that this suite has."""
    found = document.get("proof")
    if not found:
        raise Unproven("it has no proof: nobody signed it")
    proofs = found if isinstance(found, list) else [found]
    if len(proofs) != 1 or not isinstance(proofs[0], dict):
        raise Unproven("it has several proofs, or one that is none")
    proof = proofs[0]
    if proof.get("type") != KIND or proof.get("cryptosuite") != SUITE:
        raise Unproven(f"its proof is not of the kind {SUITE}")
    if proof.get("proofPurpose") != PURPOSE:
        raise Unproven("its proof was made for another purpose")
    if set(proof) != PARTS or not all(isinstance(value, str) for value in proof.values()):
        raise Unproven("its proof has parts that are not known here, or lacks some")
    return proof


def _digest(body: Document, proof: Document) -> bytes:
    """What is signed: SHA-256 of the proof's own parts, then of the document, both in canonical form."""
    told = canonical({"@context": body.get("@context"), **proof})
    said = canonical(body)
    if not told or not said:
        raise ValueError("covers nothing that has a meaning")
    return hashlib.sha256(told).digest() + hashlib.sha256(said).digest()
