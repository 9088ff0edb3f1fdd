"""A certificate as its owner sees it, and its PDF."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.certificates.access import certificate_of
from perennial.apps.certificates.papers import Paper, file_response, paper_of, pdf_response, qr_path, site_of
from perennial.apps.certificates.queries import credential_file, credential_token, verify_path
from perennial.ui import Page, SignedIn, show


class CertificatePage(Page):
    """`verify` is the full address of the public page, `qr` its QR code as (side, path)."""

    template = "certificates/pages/certificate.html"
    nav = "record"
    paper: Paper
    verify: str
    qr: tuple[int, str]


@login_required
@require_safe
def certificate(request: SignedIn, number: str) -> HttpResponse:
    """Show one's own certificate."""
    found = certificate_of(request.user, number)
    verify = f"{site_of(request)}{verify_path(found)}"
    page = CertificatePage(title=f"Certificate {number}", paper=paper_of(found), verify=verify, qr=qr_path(verify))
    return show(request, page)


@login_required
@require_safe
def pdf(request: SignedIn, number: str) -> HttpResponse:
    """The PDF of one's own certificate, to keep."""
    return pdf_response(certificate_of(request.user, number), site=site_of(request), at=timezone.now())


@login_required
@require_safe
def credential(request: SignedIn, number: str) -> HttpResponse:
    """One's own certificate as a verifiable credential, for a wallet or backpack."""
    found = certificate_of(request.user, number)
    return file_response(credential_file(found, site=site_of(request), at=timezone.now()), f"{number}.json", "application/vc")


@login_required
@require_safe
def token(request: SignedIn, number: str) -> HttpResponse:
    """The same as a signed token, for wallets that take no other kind."""
    found = certificate_of(request.user, number)
    return file_response(credential_token(found, site=site_of(request), at=timezone.now()), f"{number}.jwt", "application/vc+jwt")
