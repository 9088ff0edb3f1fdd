"""Keys and proofs: what one key signed no other did, and no word of it can change."""

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from perennial.core.badges.builders import AT, DID, KEY, OTHER_KEY, make_document, make_proven
from perennial.core.badges.keys import did_of, from_base58, key_of, to_base58
from perennial.core.badges.linked import CREDENTIALS, canonical
from perennial.core.badges.proofs import Unproven, proven, prover_of

Change = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize("data", [b"", b"\0", b"\0\0a", b"\xff" * 40, bytes(range(34))])
def test_base58_gives_back_what_it_took(data: bytes) -> None:
    assert from_base58(to_base58(data)) == data


def test_base58_and_dids_agree_with_published_examples() -> None:
    assert to_base58(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"
    did = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"  # of the did:key method's own document
    assert did_of(key_of(did)) == did


@pytest.mark.parametrize("did", ["did:web:ce.example.org", "did:key:", "did:key:z1", "did:key:zO0", f"{DID}1", "did:key:z" + "1" * 300])
def test_what_is_no_key_is_refused(did: str) -> None:
    with pytest.raises(ValueError, match=r"did:key|Ed25519|base58"):
        key_of(did)


def test_the_key_that_signed_is_told_and_no_network_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    assert prover_of(make_proven()) == DID
    assert prover_of(make_proven(OTHER_KEY)) == did_of(OTHER_KEY.public_key())


def test_the_same_document_moment_and_key_give_the_same_proof() -> None:
    assert make_proven() == make_proven() == proven(make_document(), KEY, created=AT)


FORGED: dict[str, tuple[Change, str]] = {
    "a changed word": (lambda d: d.update(name="Another"), "something was changed"),
    "a changed word inside": (lambda d: d["credentialSubject"].update(name="Else"), "something was changed"),
    "no proof": (lambda d: d.pop("proof"), "no proof"),
    "an empty proof": (lambda d: d.update(proof=[]), "no proof"),
    "two proofs": (lambda d: d["proof"].append(d["proof"][0]), "several proofs"),
    "a proof that is a word": (lambda d: d.update(proof="yes"), "one that is none"),
    "another suite": (lambda d: d["proof"][0].update(cryptosuite="none"), "not of the kind"),
    "another purpose": (lambda d: d["proof"][0].update(proofPurpose="authentication"), "another purpose"),
    "another moment": (lambda d: d["proof"][0].update(created="2020-01-01T00:00:00Z"), "something was changed"),
    "a part more in the proof": (lambda d: d["proof"][0].update(expires="2030-01-01T00:00:00Z"), "not known here"),
    "the key of another": (lambda d: d["proof"][0].update(verificationMethod=_method(OTHER_KEY)), "something was changed"),
    "a key by address": (lambda d: d["proof"][0].update(verificationMethod="https://evil.example/key"), "not known here"),
    "a short signature": (lambda d: d["proof"][0].update(proofValue="z111"), "something was changed"),
    "a signature that is none": (lambda d: d["proof"][0].update(proofValue="0OIl"), "base58"),
    "another context": (lambda d: d.update({"@context": ["https://evil.example/v2"]}), "linked data"),
    "no context": (lambda d: d.pop("@context"), "nothing that has a meaning"),
    "a context of one's own": (lambda d: d["@context"].append({"name": "https://schema.org/alternateName"}), "linked data|was changed"),
}


def _method(key: Any) -> str:
    did = did_of(key.public_key())
    return f"{did}#{did.removeprefix('did:key:')}"


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_one_is_refused_by_name(forged: str) -> None:
    change, says = FORGED[forged]
    document = make_proven()
    change(document)
    with pytest.raises(Unproven, match=says):
        prover_of(document)


def test_a_context_that_is_not_carried_along_is_not_fetched() -> None:
    with pytest.raises(ValueError, match="linked data"):
        canonical({"@context": "http://127.0.0.1:1/context", "name": "x"})


def entangled(count: int) -> dict[str, Any]:
    """Nameless parts that all point to one another: RDFC-1.0 tries their orders, and seven take half a minute, eight some hours."""
    names = [f"_:b{number}" for number in range(count)]
    graph = [{"@id": name, "k": [other for other in names if other != name]} for name in names]
    return {"@context": [CREDENTIALS, {"k": {"@id": "urn:k", "@type": "@id"}}], "@graph": graph}


@pytest.mark.parametrize(
    "change",
    [
        entangled(9),
        {"credentialSubject": {"id": "_:b", "name": "Sam Sample"}},
        {"credentialSubject": {"@context": {"name": "urn:other"}, "name": "Sam Sample"}},
        {"@context": {"name": "urn:other"}},
    ],
)
def test_what_has_words_of_its_own_or_nameless_parts_that_point_at_one_another_is_not_put_in_order(change: dict[str, Any]) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="linked data"):
        canonical(make_document(**change))
    assert time.process_time() - began < 5


def test_many_equal_parts_are_put_in_order_at_once() -> None:
    began = time.process_time()
    assert canonical(make_document(credentialSubject={"type": ["AchievementSubject"], "result": [{"type": ["Result"]}] * 30}))
    assert time.process_time() - began < 5
