"""Reads certificates: one by its number or secret address, those of a person, and what their files hold."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.facts import Envelope
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.paper.pdf import render

__all__ = [
    "Certificate",
    "certificate_by_number",
    "certificate_by_token",
    "certificates_of",
    "envelope_of",
    "export_of",
    "pdf_of",
    "verify_path",
]

FONTS = "fonts"


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


def pdf_of(certificate: Certificate, *, site: str) -> bytes:
    """The certificate as a tagged PDF, made from its frozen facts within about 50 ms; the same facts give the same bytes.

    Fonts that the person who runs the site puts into the folder `fonts` of the data folder draw what the built-in ones cannot.
    """
    return render(envelope_of(certificate, site=site), fonts=settings.DATA / FONTS)


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
