"""Keys of an issuer: Ed25519 keys by the name `did:key:z6Mk…`, which holds the public key itself."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
DID = "did:key:"
LONGEST = 200


def to_base58(data: bytes) -> str:
    """Bytes in base58 as Bitcoin writes it, with the multibase prefix z."""
    number, out = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        out = ALPHABET[digit] + out
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + ALPHABET[0] * zeros + out


def from_base58(words: str) -> bytes:
    """Undo `to_base58`; ValueError for what it never writes."""
    if not words.startswith("z") or len(words) > LONGEST or not set(words[1:]) <= set(ALPHABET):
        raise ValueError("is not in base58 with the prefix z")
    number, body = 0, words[1:]
    for sign in body:
        number = number * 58 + ALPHABET.index(sign)
    zeros = len(body) - len(body.lstrip(ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def did_of(key: Ed25519PublicKey) -> str:
    """The name of a public key."""
    return DID + to_base58(ED25519 + key.public_bytes_raw())


def method_of(did: str) -> str:
    """How a proof names the key of a did."""
    return f"{did}#{did.removeprefix(DID)}"


def key_of(did: str) -> Ed25519PublicKey:
    """The public key in a name; ValueError where there is none of this kind."""
    if not did.startswith(DID):
        raise ValueError("is no did:key")
    data = from_base58(did.removeprefix(DID))
    if not data.startswith(ED25519) or len(data) != len(ED25519) + 32 or DID + to_base58(data) != did:
        raise ValueError("holds no Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(data.removeprefix(ED25519))


def signed_by(did: str, signature: bytes, message: bytes) -> bool:
    """Whether the key of this name made the signature."""
    try:
        key_of(did).verify(signature, message)
    except InvalidSignature:
        return False
    return True
