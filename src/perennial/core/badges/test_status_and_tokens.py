"""Status lists, tokens, and JSON of strangers."""

import base64
import gzip
import json
from datetime import UTC, datetime

import pytest

from perennial.core.badges.builders import AT, DID, KEY, LIST, OTHER_KEY, make_document
from perennial.core.badges.keys import did_of, method_of
from perennial.core.badges.proofs import Unproven, proven, prover_of
from perennial.core.badges.shape import FLAG, TEXT, stray
from perennial.core.badges.status import BITS, Place, bit_of, decoded, encoded, list_document, place_in
from perennial.core.badges.strict import read_strictly
from perennial.core.badges.tokens import document_in, is_token, token_of


def test_a_bit_is_set_for_each_that_was_revoked_and_for_no_other() -> None:
    listed = proven(list_document(address=LIST, issuer=DID, revoked=[0, 9, BITS - 1], at=AT), KEY, created=AT)
    assert prover_of(listed) == DID
    assert [bit_of(Place(LIST, index), listed) for index in (0, 1, 8, 9, 10, BITS - 2, BITS - 1)] == [
        True,
        False,
        False,
        True,
        False,
        False,
        True,
    ]
    assert len(json.dumps(listed)) < 1500


def test_index_zero_is_the_leftmost_bit_as_the_recommendation_says() -> None:
    assert decoded(encoded([0]))[0] == 0x80


def test_a_place_out_of_the_list_and_another_list_are_refused() -> None:
    listed = list_document(address=LIST, issuer=DID, revoked=[], at=AT)
    with pytest.raises(ValueError, match="bit 131,072, and the list has 131,072"):
        bit_of(Place(LIST, BITS), listed)
    with pytest.raises(ValueError, match="another list"):
        bit_of(Place(f"{LIST}2", 1), listed)
    with pytest.raises(ValueError, match="no status list"):
        bit_of(Place(LIST, 1), make_document())


@pytest.mark.parametrize("index", ["-1", "1.5", "", "\u0661", 7, None, "9" * 30])
def test_a_place_that_is_none_is_refused(index: object) -> None:
    with pytest.raises(ValueError, match="no place"):
        place_in({**Place(LIST, 7).as_entry(), "statusListIndex": index})


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(data, mtime=0)).decode().rstrip("=")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "read"),
        ("zabc", "read"),
        ("u!!", "read"),
        (packed(b"\0" * 100), "fewer"),
        (packed(b"\0" * 30_000_000), "too large"),
        (packed(b"\0" * 20_000)[:-6], "cut off|read"),
    ],
)
def test_bits_that_cannot_be_read_are_refused(words: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        decoded(words)


def test_a_token_gives_back_its_document_and_its_key() -> None:
    token = token_of(make_document(), KEY, not_before=1_764_000_000).encode()
    assert is_token(token)
    assert document_in(token) == (make_document(), DID, datetime.fromtimestamp(1_764_000_000, UTC))


def head_of(token: bytes, **changes: object) -> bytes:
    head, rest = token.split(b".", 1)
    found = {**json.loads(base64.urlsafe_b64decode(head + b"==")), **changes}
    return base64.urlsafe_b64encode(json.dumps(found).encode()).rstrip(b"=") + b"." + rest


def test_tokens_of_other_algorithms_or_keys_and_changed_ones_are_refused() -> None:
    token = token_of(make_document(), KEY, not_before=1_764_000_000).encode()
    head, body, signature = token.split(b".")
    other = method_of(did_of(OTHER_KEY.public_key()))
    forged = {
        "'none'": head_of(token, alg="none"),
        "'HS256'": head_of(token, alg="HS256"),
        "does not fit": head_of(token, kid=other),
        "not known here": head_of(token, crit=["x"], x=1),
        "is no did:key": head_of(token, kid="https://evil.example/key"),
        "does not fit|cannot be read": b".".join((head, body[:-4] + b"AAAA", signature)),
        "cannot be read|does not fit": b"ey.ey.",
    }
    for says, data in forged.items():
        with pytest.raises(Unproven, match=says):
            document_in(data)
    with pytest.raises(Unproven, match=r"'none'|does not fit|cannot"):
        document_in(head_of(b".".join((head, body, b"")), alg="none"))


def test_a_token_must_say_the_same_in_its_claims_as_in_its_credential() -> None:
    document = make_document()
    token = token_of({**document, "proof": []}, KEY, not_before=0).encode()
    with pytest.raises(Unproven, match="says one thing"):
        document_in(token)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"a": 1, "a": 2}', "'a' twice"),
        (b'{"a": {"b": 1, "b": 1}}', "'b' twice"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"a": NaN}', "no number"),
        (b'{"a": "' + b"x" * 3_000_000 + b'"}', "larger"),
        (b"\xff", "not JSON"),
        (b"hello", "not JSON"),
    ],
)
def test_json_that_readers_could_read_differently_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_strictly(data)


def test_brackets_inside_words_are_no_depth() -> None:
    assert read_strictly(json.dumps({"a": "[" * 1000 + '"\\'}).encode()) == {"a": "[" * 1000 + '"\\'}


def test_a_part_that_is_not_known_is_named_by_its_place() -> None:
    shape = {"a": TEXT, "b?": [{"c": FLAG}], "d?": (("x",),)}
    assert stray({"a": "x"}, shape) == stray({"a": "x", "b": [{"c": True}]}, shape) == ""
    assert stray({"a": "x", "b": [{"c": True}, {"c": True, "e": 1}]}, shape) == "b[1].e"
    assert stray({"b": []}, shape) == "a"
    assert [stray({"a": value}, shape) for value in ("", None, 1, ["x"])] == ["a"] * 4
