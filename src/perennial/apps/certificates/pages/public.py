"""What programs of others read to check certificates: the site's public keys, and its status lists."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.certificates.queries import issuer_profile, status_file

LARGEST = 2**31 - 1


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """The site's public keys, those of before too, as a file that others can trust."""
    return _open_to_all(HttpResponse(issuer_profile(timezone.now()).as_json(), content_type="application/json"))


@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """A signed list of what was revoked, as it stands at this moment."""
    found = status_file(number, at=timezone.now()) if number <= LARGEST else None
    if found is None:
        raise Http404("no such list")
    return _open_to_all(HttpResponse(found, content_type="application/vc"))


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Let pages of others read it, as wallets in a browser do; it says nothing of anyone."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"
    return response
