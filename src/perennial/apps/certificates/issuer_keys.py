"""The private keys by which this site signs: one for credentials, one with its certificate for PDFs, in one file. No Django here."""

import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from perennial.core.badges.keys import did_of

YEARS = 30
BLOCK = re.compile(rb"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----\n?", re.DOTALL)


class KeysUnusable(Exception):
    """The file of keys is not as it was made: one line that says where, what and how to mend it."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """An Ed25519 key for credentials; a P-256 key with its self-signed certificate for PDFs."""

    credential: Ed25519PrivateKey
    document: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def did(self) -> str:
        """The name of the key for credentials."""
        return did_of(self.credential.public_key())

    @property
    def pem(self) -> str:
        """The certificate of the key for PDFs."""
        return self.certificate.public_bytes(Encoding.PEM).decode()


def keys_at(place: Path, *, name: str, at: datetime) -> Keys:
    """The keys in this file; made, for its owner's eyes alone, where there is none yet."""
    try:
        if not place.exists():
            put(place, new_keys(name=name, at=at))
        return _read(place, place.stat().st_mtime_ns)
    except OSError as fault:
        raise KeysUnusable(f"{place}: {(fault.strerror or 'cannot be read').lower()}. Let the site read and write there.") from None


def new_keys(*, name: str, at: datetime) -> Keys:
    """Keys that nobody else has; the certificate names the site."""
    document, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    start = at.replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(document.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(document, hashes.SHA256())
    )
    return Keys(Ed25519PrivateKey.generate(), document, certificate)


def put(place: Path, keys: Keys, *, instead: bool = False) -> None:
    """Write the keys, for their owner alone. Of two that write at once the first wins, unless these stand `instead` of what is there."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_written(keys))
        file.flush()
        os.fsync(file.fileno())
    try:
        if instead:
            draft.replace(place)
        else:
            place.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _written(keys: Keys) -> bytes:
    plain = NoEncryption()
    private = [key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, plain) for key in (keys.credential, keys.document)]
    return b"".join([*private, keys.pem.encode()])


@lru_cache(maxsize=4)
def _read(place: Path, changed: int) -> Keys:
    """Read the file anew once it `changed`."""
    try:
        credential, document, certificate = (found.group() for found in BLOCK.finditer(place.read_bytes()))
        found = load_pem_private_key(credential, None), load_pem_private_key(document, None), x509.load_pem_x509_certificate(certificate)
    except ValueError:
        found = None
    if not found or not isinstance(found[0], Ed25519PrivateKey) or not isinstance(found[1], ec.EllipticCurvePrivateKey):
        raise KeysUnusable(f"{place}: it does not hold the site's keys. Put it back from the backup of the data folder.") from None
    return Keys(found[0], found[1], found[2])
