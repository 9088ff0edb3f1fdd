"""Signs a certificate's PDF: one certifying signature in a field without a place on the page, added behind the page as it was set."""

import hashlib
import io
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.generic import ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from perennial.apps.certificates.issuer_keys import Keys

FIELD = "Issuer"
RESERVED = 4096
# PDF/A wants the print flag on every annotation and forbids hiding one; PDF/UA exempts from tagging what lies off the page.
OFF_THE_PAGE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


class EvenSigner(signers.SimpleSigner):
    """Signs the same bytes by the same signature (RFC 6979), so that the same facts give the same file."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The signature over `data`; SHA-256 alone is used here."""
        if digest_algorithm != "sha256":
            raise ValueError(f"signatures are made with SHA-256, not {digest_algorithm}")
        return self.own_key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    own_key: ec.EllipticCurvePrivateKey


class QuietWriter(IncrementalPdfFileWriter):
    """Adds the signature alone: the description of the document stays as the typesetter wrote it, dated by its facts."""

    def _update_meta(self) -> None:
        """Leave it."""


class DatedSigner(signers.PdfSigner):
    """Dates the signature by the moment that it is given, not by the clock of the machine."""

    dated: datetime

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
        """Name none: PDF/A-3 knows the versions up to 1.7 alone, and a reader finds the kind of signature in the signature."""

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        """The session, with this moment."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.dated
        return session


def signed(pdf: bytes, keys: Keys, *, at: datetime) -> bytes:
    """The PDF with a signature that allows no change after it; what stood there before stays byte for byte."""
    writer = QuietWriter(io.BytesIO(pdf))
    writer._document_id[1] = ByteStringObject(hashlib.sha256(pdf).digest()[:16])  # noqa: SLF001  random else; no other way to set it
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason="Issued as it stands",
    )
    field = SigFieldSpec(FIELD, on_page=0, invis_sig_settings=OFF_THE_PAGE, readable_field_name="Signature of the issuer")
    signer = DatedSigner(meta, signer_of(keys), new_field_spec=field)
    signer.dated = at.replace(microsecond=0)
    out = signer.sign_pdf(writer, bytes_reserved=RESERVED)
    return bytes(out.getbuffer())


@lru_cache(maxsize=4)
def signer_of(keys: Keys) -> EvenSigner:
    """The signer of PDFs by these keys."""
    certificate = asn1_x509.Certificate.load(keys.certificate.public_bytes(Encoding.DER))
    private = asn1_keys.PrivateKeyInfo.load(keys.document.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    store: Any = SimpleCertificateStore
    signer = EvenSigner(signing_cert=certificate, signing_key=private, cert_registry=store())
    signer.own_key = keys.document
    return signer
