"""Reads the signature of a certificate's PDF: whether it covers every byte, and whose X.509 certificate made it. No network."""

import io
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms, core
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from perennial.core.values.pdfs import DAMAGED

BROKEN = (PdfError, SigningError, SignatureValidationError, PathError)
HEX = re.compile(rb"<[0-9A-F]*>")


class NotSealed(ValueError):
    """The signature does not hold: a clause that says why."""


class Unsigned(NotSealed):
    """There is no signature."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature that covers the whole file: SHA-256 of the certificate that made it, whom that names, and when it says it was made."""

    sha256: str
    name: str
    at: datetime


def seal_of(data: bytes) -> Seal:
    """The seal of a PDF; raises NotSealed for one that lacks it, that was changed, or to which something was added."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it would warn of is answered here
    try:
        return _seal_of(data)
    except NotSealed:
        raise
    except (*BROKEN, *DAMAGED):
        raise NotSealed("the signature of the PDF cannot be read: something was changed after it was signed") from None


def _seal_of(data: bytes) -> Seal:
    found = list(PdfFileReader(io.BytesIO(data)).embedded_signatures)
    if not found:
        raise Unsigned("the PDF is not signed")
    if len(found) > 1:
        raise NotSealed("the PDF has more than one signature: something was added after it was signed")
    (signature,) = found
    _refuse_loose_bytes(data, signature)
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False, moment=signature.self_reported_timestamp)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise NotSealed("something was added to the PDF after it was signed")
    if not (status.intact and status.valid and status.trusted):
        raise NotSealed("the signature of the PDF does not fit: something was changed after it was signed")
    signed_at = signature.self_reported_timestamp
    if signed_at is None:
        raise NotSealed("the signature of the PDF has no date")
    certificate = signature.signer_cert
    return Seal(certificate.sha256.hex(), str(certificate.subject.human_friendly), signed_at.astimezone(UTC))


def _refuse_loose_bytes(data: bytes, signature: Any) -> None:
    """Have nothing but the signature itself, and zeros after it, in the part that it cannot cover."""
    start, first, second, last = (int(number) for number in signature.byte_range)
    gap = data[start + first : second]
    written = signature.pkcs7_content
    if start or second + last != len(data) or not HEX.fullmatch(gap) or bytes.fromhex(gap[1:-1].decode()) != written:
        raise NotSealed("the signature of the PDF does not cover the whole of it")
    end = _length(written)
    if written[end:].strip(b"\0"):
        raise NotSealed("something stands behind the signature in the place kept for it")
    if written[:end] != _as_made(signature.signed_data):
        raise NotSealed("the signature of the PDF is not written as it was made: something in it was changed")


def _as_made(message: Any) -> bytes:
    """The message of the signature (CMS) built anew from what its signature covers: all else in it stands fast."""
    info = message["signer_infos"][0]
    sha256 = {"algorithm": "sha256", "parameters": core.Null()}
    one = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": info["sid"].chosen}),
        "digest_algorithm": sha256,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signed_attrs": info["signed_attrs"],
        "signature": info["signature"],
    }
    content = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": [message["certificates"][0]],
        "signer_infos": [one],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump())


def _length(der: bytes) -> int:
    """How many bytes the first value of DER takes."""
    if len(der) < 2 or der[1] < 0x80:
        raise NotSealed("the signature of the PDF is too short")
    size = der[1] & 0x7F
    return 2 + size + int.from_bytes(der[2 : 2 + size], "big")
