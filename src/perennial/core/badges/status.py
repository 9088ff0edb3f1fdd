"""Bitstring Status List v1.0 (W3C): a signed list of bits, of which one says whether a credential was revoked."""

import base64
import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from perennial.core.badges.linked import CREDENTIALS
from perennial.core.badges.proofs import Document, moment

BITS = 131_072
"""The least that the recommendation allows, so that one bit tells nobody apart."""
MOST_BYTES = 2 * 1024 * 1024
PURPOSE = "revocation"
LIST, ENTRY = "BitstringStatusListCredential", "BitstringStatusListEntry"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bit of a credential stands: address of the list, and index from the left."""

    address: str
    index: int

    def as_entry(self) -> dict[str, str]:
        """As a credential writes it."""
        return {
            "id": f"{self.address}#{self.index}",
            "type": ENTRY,
            "statusPurpose": PURPOSE,
            "statusListIndex": str(self.index),
            "statusListCredential": self.address,
        }


def place_in(entry: Any) -> Place:
    """Read `credentialStatus`; ValueError with a clause."""
    if not isinstance(entry, Mapping) or entry.get("type") != ENTRY or entry.get("statusPurpose") != PURPOSE:
        raise ValueError("its status entry is not of a kind known here")
    index, address = entry.get("statusListIndex"), entry.get("statusListCredential")
    if not isinstance(index, str) or not index.isascii() or not index.isdigit() or len(index) > 9 or not isinstance(address, str):
        raise ValueError("its status entry names no place in a list")
    return Place(address, int(index))


def encoded(revoked: Iterable[int], *, bits: int = BITS) -> str:
    """The bits, index 0 first and leftmost, packed by GZIP, in base64url with the multibase prefix u."""
    found = bytearray(bits // 8)
    for index in revoked:
        found[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(found), mtime=0)).decode().rstrip("=")


def decoded(words: str) -> bytes:
    """Undo `encoded`; ValueError for anything else, also for what unpacks to more than 2 MB."""
    if not words.startswith("u") or len(words) > MOST_BYTES:
        raise ValueError("its list of bits cannot be read")
    try:
        unpacking = zlib.decompressobj(wbits=31)
        found = unpacking.decompress(base64.b64decode(words[1:] + "=" * (-len(words[1:]) % 4), altchars=b"-_", validate=True), MOST_BYTES)
    except (zlib.error, ValueError):
        raise ValueError("its list of bits cannot be read") from None
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("its list of bits is too large, or cut off")
    if len(found) * 8 < BITS:
        raise ValueError(f"its list has fewer than {BITS:,} bits")
    return found


def bit_of(place: Place, document: Document) -> bool:
    """Whether the bit at this place is set in a list whose proof was checked; ValueError with a clause."""
    subject = document.get("credentialSubject")
    if LIST not in document.get("type", ()) or not isinstance(subject, Mapping):
        raise ValueError("it is no status list")
    if document.get("id") != place.address:
        raise ValueError(f"it is another list than the certificate names ({place.address})")
    if subject.get("statusPurpose") != PURPOSE:
        raise ValueError("it is a list for another purpose")
    bits = decoded(str(subject.get("encodedList", "")))
    if place.index >= len(bits) * 8:
        raise ValueError(f"the certificate names bit {place.index:,}, and the list has {len(bits) * 8:,}")
    return bool(bits[place.index // 8] & 0x80 >> place.index % 8)


def list_document(*, address: str, issuer: str, revoked: Iterable[int], at: datetime) -> dict[str, Any]:
    """The list as a credential without its proof."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", LIST],
        "issuer": issuer,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded(revoked),
        },
    }
