"""The certificates that a provider issued, for its administrators; all of them, for those who work for the site."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page as Portion
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.certificates.access import certificates_issued
from perennial.apps.certificates.queries import Certificate
from perennial.ui import Page, SignedIn, show

PER_PAGE = 50
LONGEST = 120


class IssuedPage(Page):
    """The list, the newest first; `words` is what was looked for."""

    template = "certificates/pages/issued.html"
    title = "Certificates issued"
    nav = "desk"
    words: str
    portion: Portion[Certificate]


@login_required
@require_safe
def issued(request: SignedIn) -> HttpResponse:
    """Show them, or those whose number or name holds some words."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    portion = Paginator(certificates_issued(request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, IssuedPage(words=words, portion=portion))
