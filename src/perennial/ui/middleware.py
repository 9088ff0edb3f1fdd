"""A no answered kindly, a body too large turned away, what a page may use of the device, and which pages no cache keeps."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from perennial.core.values import Refusal
from perennial.ui.context import reader, signed_in
from perennial.ui.errors import not_allowed, refused, too_large

SAFE = ("GET", "HEAD", "OPTIONS")
Next = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
PERSON = "Perennial-Person"  # by which a device sees that another person signed in, and we that a page is another person's
OTHER = "On this device somebody else is signed in now. Sign in again in another tab; what you wrote here is then saved."
OWN = "private, no-cache"  # pages of one person: kept by no cache between, asked for anew by the browser


class RefusalMiddleware:
    """Turns a Refusal raised anywhere below a view into status 409 with its sentence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal; leave all else to Django."""
        if not isinstance(exception, Refusal):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": str(exception)}, status=HTTPStatus.CONFLICT)
        return refused(request, str(exception))


def body_limit(get_response: Next) -> Next:
    """Answer 413 to a body over the limit, before any of it is kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdecimal() else 0
        return get_response(request) if size <= settings.BODY_LIMIT_BYTES else too_large(request)

    return answer


def form_only(get_response: Next) -> Next:
    """Answer 405 with a page: most often someone signed in first, and came to where a form should have been sent."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = not_allowed(request)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page

    return answer


def policies(get_response: Next) -> Next:
    """Say in each answer whence pages load what, as the settings have it, and that they use nothing of the device but its passkeys.

    The first is written once, not for each answer, as csp's own middleware does: no page of ours asks for an exception or a nonce.
    """
    content = build_policy()

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, content)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer


def own_pages(get_response: Next) -> Next:
    """Keep pages made for someone who is signed in out of shared caches, where the page says nothing stricter.

    And take nothing that a page sends which was left open by somebody else: what its scripts send says whose page it is, and the answer
    is that this person is signed out, so that they keep it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if _left_open_by_another(request):
            return JsonResponse({"detail": OTHER}, status=HTTPStatus.UNAUTHORIZED)
        response = get_response(request)
        if signed_in(request):
            response.headers.setdefault("Cache-Control", OWN)
            response.headers[PERSON] = reader(request)
        elif request.method == "POST" and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = '"storage"'  # what was kept offline goes, with whatever waited to be sent
        return response

    return answer


def _left_open_by_another(request: HttpRequest) -> bool:
    """Whether something is to be changed by a page that was made for another person than the one who is signed in."""
    page_of = request.headers.get(PERSON, "")
    return bool(page_of) and request.method not in SAFE and signed_in(request) and page_of != reader(request)
