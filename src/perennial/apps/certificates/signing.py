"""Signs what this site issues: its keys, its public profile, its status lists, and the credential of a certificate."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from perennial.apps.certificates.credential import Issuer, credential_of
from perennial.apps.certificates.facts import Envelope
from perennial.apps.certificates.issuer_keys import Keys, keys_at, new_keys, put
from perennial.apps.certificates.issuers import OWN, IssuerFile, PublicKey, trust
from perennial.apps.certificates.models import Certificate, IssuerKey, StatusPlace
from perennial.core.badges.proofs import proven
from perennial.core.badges.status import BITS, Place, list_document
from perennial.core.badges.tokens import token_of

FULL = BITS // 2
"""How many places of a list are given before the next one is begun: so a free bit is found by chance at once."""
WHOLE_SECOND = timedelta(seconds=1)
"""Signatures are dated to the second: what was signed in the second in which new keys came counts still."""


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """The site's keys, and since when they sign."""

    keys: Keys
    since: datetime

    @property
    def issuer(self) -> Issuer:
        """As credentials name it."""
        return Issuer(self.keys.did, site_name(), settings.SITE_ADDRESS)

    def moment_of(self, at: datetime) -> datetime:
        """The moment that a signature names: no earlier than the key."""
        return max(at, self.since)


def site_name() -> str:
    """What the site is called where it signs: its host."""
    return urlsplit(settings.SITE_ADDRESS).netloc


def signer(at: datetime) -> Signer:
    """The keys in use; made at the first call, and told in the tables and among the trusted. One query after that."""
    keys = keys_at(settings.ISSUER_KEYS, name=site_name(), at=at)
    known = {key.name: key for key in IssuerKey.objects.filter(name__in=(keys.did, _digest(keys)))}
    if len(known) < 2:
        known = _register(keys, at)
    return Signer(keys, max(key.since for key in known.values()))


def new_issuer_keys(at: datetime) -> Signer:
    """Put new keys in the place of those in use, which sign nothing any more; what they signed stays good."""
    signer(at)
    keys = new_keys(name=site_name(), at=at)
    put(settings.ISSUER_KEYS, keys, instead=True)
    return signer(at)


def issuer_file() -> IssuerFile | None:
    """The site's public keys, those of before too; None where it has not signed anything yet. One query."""
    rows = list(IssuerKey.objects.order_by("since", "pk"))
    dids, certificates = (_periods([row for row in rows if row.kind == kind]) for kind in IssuerKey.Kind)
    return IssuerFile(site_name(), settings.SITE_ADDRESS, dids, certificates) if dids and certificates else None


def credential_for(certificate: Certificate, envelope: Envelope, signer: Signer) -> dict[str, Any]:
    """The certificate as a credential with its proof; the same certificate, address and keys give the same."""
    return proven(_document(certificate, envelope, signer), signer.keys.credential, created=signer.moment_of(certificate.issued_at))


def token_for(certificate: Certificate, envelope: Envelope, signer: Signer) -> str:
    """The same as a signed token."""
    start = int(signer.moment_of(certificate.issued_at).timestamp())
    return token_of(_document(certificate, envelope, signer), signer.keys.credential, not_before=start)


def status_list(number: int, signer: Signer, at: datetime) -> dict[str, Any]:
    """The signed list of what was revoked, as it stands; one query."""
    revoked = StatusPlace.objects.filter(number=number, certificate__revoked_at__isnull=False).values_list("index", flat=True)
    document = list_document(address=list_address(number), issuer=signer.keys.did, revoked=revoked, at=at)
    return proven(document, signer.keys.credential, created=signer.moment_of(at))


def has_status_list(number: int) -> bool:
    """Whether a list of this number was begun; the first always is."""
    return number == 1 or StatusPlace.objects.filter(number=number).exists()


def list_address(number: int) -> str:
    """Where a status list is served, in full."""
    return f"{settings.SITE_ADDRESS}{reverse('certificates:status', args=[number])}"


def give_place(certificate: Certificate) -> StatusPlace:
    """Give a new certificate a free bit, by chance, so that neighbors in a list tell nothing of each other."""
    number = StatusPlace.objects.order_by("-number").values_list("number", flat=True).first() or 1
    if StatusPlace.objects.filter(number=number).count() >= FULL:
        number += 1
    index = secrets.randbelow(BITS)
    while StatusPlace.objects.filter(number=number, index=index).exists():
        index = secrets.randbelow(BITS)
    place = StatusPlace(certificate=certificate, number=number, index=index)
    place.save()
    return place


def as_json(document: dict[str, Any]) -> bytes:
    """A document as a file that people can read too."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _document(certificate: Certificate, envelope: Envelope, signer: Signer) -> dict[str, Any]:
    place = certificate.place
    return credential_of(envelope, issuer=signer.issuer, place=Place(list_address(place.number), place.index))


def _register(keys: Keys, at: datetime) -> dict[str, IssuerKey]:
    kinds = IssuerKey.Kind
    rows = ((kinds.CREDENTIAL, keys.did, ""), (kinds.DOCUMENT, _digest(keys), keys.pem))
    with transaction.atomic():
        made = [IssuerKey.objects.get_or_create(name=name, defaults={"kind": kind, "pem": pem, "since": at})[0] for kind, name, pem in rows]
    own = issuer_file()
    if own is not None:
        trust(settings.DATA, own, name=OWN)
    return {key.name: key for key in made}


def _digest(keys: Keys) -> str:
    return keys.certificate.fingerprint(hashes.SHA256()).hex()


def _periods(rows: list[IssuerKey]) -> tuple[PublicKey, ...]:
    ends = (row.since + WHOLE_SECOND for row in rows[1:])  # the last has none yet
    return tuple(PublicKey(row.name, row.since, end, row.pem) for row, end in zip_longest(rows, ends))
