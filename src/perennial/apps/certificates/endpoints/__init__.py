"""What other programs see of the area `certificates`."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from perennial.apps.certificates.access import certificate_for, certificate_of
from perennial.apps.certificates.papers import file_response, paper_of, pdf_response, site_of
from perennial.apps.certificates.queries import Certificate, certificates_of, credential_file, envelope_of
from perennial.ui import SignedIn

router = Router()


class CertificateOut(Schema):
    """One's own certificate: its frozen facts, their digest, and the address of its public page."""

    number: str
    issued_at: datetime
    revoked_at: datetime | None
    revocation_reason: str
    verify: str
    sha256: str
    facts: dict[str, Any]


class HoursOut(Schema):
    """Hours of one category."""

    category: str
    hours: str
    minutes: int
    minutes_per_hour: int


class ApprovalOut(Schema):
    """An approval as the certificate states it."""

    body: str
    number: str
    period: str
    statement: str
    is_sample: bool


class VerifiedOut(Schema):
    """What anyone with the address of a certificate may know; license numbers are masked."""

    number: str
    valid: bool
    name: str
    course: str
    provider: str
    format: str
    completed: str
    licenses: list[str]
    hours: list[HoursOut]
    approvals: list[ApprovalOut]
    sentence: str
    review: str
    is_sample: bool
    issued_at: datetime
    revoked_at: datetime | None
    reason: str


@router.get("", response=list[CertificateOut], summary="My certificates")
def certificates(request: SignedIn) -> list[CertificateOut]:
    """One's own certificates, the newest first."""
    return [_out(certificate, request) for certificate in certificates_of(request.user)]


@router.get("/verify/{token}", response=VerifiedOut, auth=None, summary="Whether a certificate is valid")
def verify(request: HttpRequest, token: str, response: HttpResponse) -> object:
    """The certificate with this secret address, or 404."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return paper_of(certificate_for(token), public=True)


@router.get("/{number}.pdf", summary="My certificate as PDF")
def pdf(request: SignedIn, number: str) -> HttpResponse:
    """The tagged and signed PDF of one's own certificate."""
    return pdf_response(certificate_of(request.user, number), site=site_of(request), at=timezone.now())


@router.get("/{number}.json", summary="My certificate as a verifiable credential")
def credential(request: SignedIn, number: str) -> HttpResponse:
    """One's own certificate as Open Badges 3.0, with its proof."""
    found = certificate_of(request.user, number)
    return file_response(credential_file(found, site=site_of(request), at=timezone.now()), f"{number}.json", "application/vc")


@router.get("/{number}", response=CertificateOut, summary="One of my certificates")
def certificate(request: SignedIn, number: str) -> CertificateOut:
    """One's own certificate by its number."""
    return _out(certificate_of(request.user, number), request)


def _out(certificate: Certificate, request: SignedIn) -> CertificateOut:
    envelope = envelope_of(certificate, site=site_of(request))
    return CertificateOut(
        number=certificate.number,
        issued_at=certificate.issued_at,
        revoked_at=certificate.revoked_at,
        revocation_reason=certificate.revocation_reason,
        verify=envelope.verify,
        sha256=envelope.sha256,
        facts=dict(envelope.facts),
    )
