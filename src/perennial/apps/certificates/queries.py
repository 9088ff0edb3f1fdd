"""Reads certificates: one by its number or secret address, those of a person, and what their files hold."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.facts import CertificateFacts, Envelope, digest, freeze
from perennial.apps.certificates.issuers import IssuerFile
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.paper.pdf import CREDENTIAL, STATUS, render
from perennial.apps.certificates.signing import (
    as_json,
    credential_for,
    has_status_list,
    issuer_file,
    signer,
    status_list,
    token_for,
)
from perennial.apps.providers.queries import Provider

__all__ = [
    "Certificate",
    "certificate_by_number",
    "certificate_by_token",
    "certificates_of",
    "credential_file",
    "credential_token",
    "envelope_of",
    "export_of",
    "issued_by",
    "issuer_profile",
    "pdf_of",
    "sample_pdf",
    "status_file",
    "verify_path",
]

FONTS = "fonts"
SIGNING = "perennial.apps.certificates.paper.signing"  # imported when a PDF is made: its library takes 16 MB of every process else
SAMPLE_NUMBER = "SAMPLE-0000"


def certificate_by_token(token: str) -> Certificate | None:
    """The certificate whose public page has this token."""
    return Certificate.objects.select_related("superseded_by").filter(token=token).first()


def certificate_by_number(number: str) -> Certificate | None:
    """The certificate with this number."""
    return Certificate.objects.filter(number=number).first()


def certificates_of(person: Person) -> list[Certificate]:
    """A person's certificates, the newest first; one query."""
    return list(Certificate.objects.filter(person=person))


def verify_path(certificate: Certificate) -> str:
    """The path of its public page."""
    return reverse("certificates:verify", args=[certificate.token])


def envelope_of(certificate: Certificate, *, site: str) -> Envelope:
    """What the certificate's file carries; `site` is the address of this site, such as https://ce.example.org."""
    revoked = certificate.revoked_at.date().isoformat() if certificate.revoked_at else ""
    return Envelope(certificate.facts, certificate.facts_sha256, f"{site.rstrip('/')}{verify_path(certificate)}", revoked)


def pdf_of(certificate: Certificate, *, site: str, at: datetime | None = None) -> bytes:
    """The certificate as a tagged and signed PDF with its credential inside, made from its frozen facts within about 60 ms.

    At a moment, the list of what was revoked until then is inside too; without one the same facts give the same bytes. Fonts that the
    person who runs the site puts into the folder `fonts` of the data folder draw what the built-in ones cannot.
    """
    envelope, hand = envelope_of(certificate, site=site), signer(at or certificate.issued_at)
    enclosed = {CREDENTIAL: as_json(credential_for(certificate, envelope, hand))}
    if at is not None:
        enclosed[STATUS] = as_json(status_list(certificate.place.number, hand, at))
    page = render(envelope, fonts=settings.DATA / FONTS, enclosed=enclosed)
    signing: Any = import_module(SIGNING)
    made: bytes = signing.signed(page, hand.keys, at=hand.moment_of(at or certificate.issued_at))
    return made


def credential_file(certificate: Certificate, *, site: str, at: datetime) -> bytes:
    """The certificate as a verifiable credential (Open Badges 3.0) with its proof."""
    return as_json(credential_for(certificate, envelope_of(certificate, site=site), signer(at)))


def credential_token(certificate: Certificate, *, site: str, at: datetime) -> bytes:
    """The same as a signed token, for wallets that take no other kind."""
    return token_for(certificate, envelope_of(certificate, site=site), signer(at)).encode()


def status_file(number: int, *, at: datetime) -> bytes | None:
    """The signed status list of this number as it stands; None where there is none."""
    return as_json(status_list(number, signer(at), at)) if has_status_list(number) else None


def issuer_profile(at: datetime) -> IssuerFile:
    """The site's public keys, the old ones too."""
    signer(at)
    found = issuer_file()
    if found is None:
        raise LookupError("the keys of this site are not in its tables")
    return found


def issued_by(providers: Iterable[Provider] | None, *, words: str = "") -> QuerySet[Certificate]:
    """Certificates of these providers, or of all; those whose number or holder's name holds the words. The newest first."""
    found = Certificate.objects.select_related("superseded_by", "provider")
    if providers is not None:
        found = found.filter(provider__in=providers)
    return found.filter(Q(number__icontains=words) | Q(facts__holder_name__icontains=words)) if words else found


def sample_pdf(facts: CertificateFacts, *, day: date) -> bytes:
    """A certificate as it would look, marked as a sample: it has no number and nothing verifies it."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    frozen = freeze(replace(facts, is_sample=True), number=SAMPLE_NUMBER, issued_at=noon)
    return render(Envelope(frozen, digest(frozen), "https://example.org/verify/sample"), fonts=settings.DATA / FONTS)


def export_of(person: Person) -> dict[str, Any]:
    """A person's certificates as plain values: the frozen facts, their digest, and what became of each."""
    return {
        "certificates": [
            {
                "number": certificate.number,
                "issued_at": certificate.issued_at.isoformat(),
                "verify_path": verify_path(certificate),
                "facts": certificate.facts,
                "facts_sha256": certificate.facts_sha256,
                "revoked_at": certificate.revoked_at.isoformat() if certificate.revoked_at else None,
                "revocation_reason": certificate.revocation_reason,
            }
            for certificate in certificates_of(person)
        ]
    }
