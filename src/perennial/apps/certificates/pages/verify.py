"""The public page of a certificate: whether it is valid, and what it says, with license numbers masked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.certificates.access import certificate_for
from perennial.apps.certificates.papers import Paper, paper_of
from perennial.ui import Page, show


class VerifyPage(Page):
    """`paper` is None where no certificate has this address."""

    template = "certificates/pages/verify.html"
    title = "Certificate check"
    paper: Paper | None
    host: str


@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Say in words whether the certificate with this secret address is valid."""
    try:
        paper = paper_of(certificate_for(token), public=True)
    except Http404:
        paper = None
    page = VerifyPage(paper=paper, host=request.get_host())
    response = show(request, page, status=200 if paper else 404)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
