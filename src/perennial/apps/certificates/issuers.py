"""Issuers by their public keys: the file in which a site tells its own, and the folder of those that are trusted here. No Django here."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from perennial.core.badges.keys import DID, key_of, method_of
from perennial.core.badges.proofs import moment
from perennial.core.badges.strict import read_strictly

FORM = 1
FOLDER = "trusted-issuers"
OWN = "this-site.json"
MOST = 1000


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key in use from `since` until `until` (None: still). `name` is a did, or SHA-256 of an X.509 certificate, whose PEM is `pem`."""

    name: str
    since: datetime
    until: datetime | None = None
    pem: str = ""

    def used_at(self, at: datetime) -> bool:
        """Whether it was in use at this moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class IssuerFile:
    """All public keys of a site, the old ones too. `dids` sign credentials and lists, `certificates` sign PDFs."""

    name: str
    site: str
    dids: tuple[PublicKey, ...]
    certificates: tuple[PublicKey, ...]

    @property
    def fingerprint(self) -> str:
        """By which two people can tell on the phone that they have the same file: a digest of its address and all its keys, in fours."""
        told = "|".join((self.site, *(f"{key.name} {moment(key.since)}" for key in (*self.dids, *self.certificates))))
        digest = hashlib.sha256(told.encode()).hexdigest()[:32]
        return " ".join(digest[start : start + 4] for start in range(0, 32, 4))

    def did(self, name: str) -> PublicKey | None:
        """The key of this name for credentials."""
        return next((key for key in self.dids if key.name == name), None)

    def certificate(self, sha256: str) -> PublicKey | None:
        """The key for PDFs whose certificate has this digest."""
        return next((key for key in self.certificates if key.name == sha256), None)

    def as_json(self) -> bytes:
        """The file's bytes; they are the site's public profile too."""
        data = {
            "perennial_issuer": FORM,
            "id": self.dids[-1].name,
            "type": ["Profile"],
            "name": self.name,
            "url": self.site,
            "verificationMethod": [_told_did(key) for key in self.dids],
            "documentCertificate": [{"pem": key.pem, "sha256": key.name, **_told_time(key)} for key in self.certificates],
        }
        return json.dumps(data, ensure_ascii=False, indent=1).encode()


def open_issuer(data: bytes) -> IssuerFile:
    """Read what `as_json` wrote; raises ValueError with a clause for anything else."""
    found = read_strictly(data)
    if not isinstance(found, Mapping) or found.get("perennial_issuer") != FORM:
        raise ValueError("it is no file of an issuer's public keys")
    try:
        dids = tuple(PublicKey(_did(one["controller"]), *_time(one)) for one in found["verificationMethod"][:MOST])
        certificates = tuple(PublicKey(str(one["sha256"]), *_time(one), str(one["pem"])) for one in found["documentCertificate"][:MOST])
        name, site = str(found["name"]), str(found["url"])
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ValueError("the issuer's file is incomplete") from None
    if not dids or not certificates:
        raise ValueError("the issuer's file names no keys")
    return IssuerFile(name, site, dids, certificates)


def trusted_in(folder: Path) -> list[IssuerFile]:
    """The issuers that are trusted on this machine; a file that cannot be read counts for nothing."""
    found = []
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            found.append(open_issuer(path.read_bytes()))
        except (ValueError, OSError):
            continue
    return found


def trust(folder: Path, issuer: IssuerFile, *, name: str = "") -> Path:
    """Keep an issuer's file among the trusted; a newer one of the same first key takes the place of the older."""
    place = folder / FOLDER / (name or f"{hashlib.sha256(issuer.dids[0].name.encode()).hexdigest()[:16]}.json")
    data = issuer.as_json()
    if place.exists() and place.read_bytes() == data:
        return place
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_suffix(f".{secrets.token_hex(4)}")
    draft.write_bytes(data)
    draft.replace(place)
    return place


def issuer_of(did: str, trusted: Iterable[IssuerFile]) -> IssuerFile | None:
    """The trusted issuer that has this key."""
    return next((issuer for issuer in trusted if issuer.did(did)), None)


def _told_did(key: PublicKey) -> dict[str, Any]:
    multibase = key.name.removeprefix(DID)
    return {"id": method_of(key.name), "type": "Multikey", "controller": key.name, "publicKeyMultibase": multibase, **_told_time(key)}


def _told_time(key: PublicKey) -> dict[str, str]:
    return {"since": moment(key.since), **({"until": moment(key.until)} if key.until else {})}


def _time(one: Mapping[str, Any]) -> tuple[datetime, datetime | None]:
    until = one.get("until")
    return datetime.fromisoformat(one["since"]), datetime.fromisoformat(until) if until else None


def _did(name: str) -> str:
    key_of(name)
    return name
