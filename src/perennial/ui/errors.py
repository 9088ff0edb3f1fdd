"""Pages for what went wrong: what happened, and what to do now."""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from perennial.ui.context import theme
from perennial.ui.page import Page, show

CHUNK = 1 << 16
PATIENCE_BYTES = 256 * 1024 * 1024
View = Callable[[HttpRequest, Exception | None], HttpResponse]


class ErrorPage(Page):
    """A title, a sentence, and a way on; `retry` where going back and sending it again may help, `back` the page from which it was sent."""

    template = "ui/error.html"
    says: str
    retry: bool = False
    back: str = ""


def answer(request: HttpRequest, page: ErrorPage, status: int) -> HttpResponse:
    """The page; for programs the same in JSON."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": page.says}, status=status)
    return show(request, page, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where a form was too large to read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    says = "The site could not read what your browser sent. Go back, look at what you entered, and send it again."
    return answer(request, ErrorPage(title="We could not read that", says=says, retry=True), 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    says = "Your account may not do this. If you think it should, ask the person who runs this site."
    return answer(request, ErrorPage(title="This is not open to you", says=says), 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not fit: most often a page that was open for long, or cookies turned off."""
    says = (
        "This page had been open for a while, or cookies are off. Go back, load the page again, and send it once more. Nothing was changed."
    )
    return answer(request, ErrorPage(title="Please send that again", says=says, retry=True), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    says = "Nothing is at this address, or it belongs to someone else. Look at the address, or start from the home page."
    return answer(request, ErrorPage(title="There is no such page", says=says), 404)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405."""
    says = "This address takes what a form sends, and no form was sent. Go back to the page with the form, and send it once more."
    return answer(request, ErrorPage(title="Please send that again", says=says, retry=True), 405)


def refused(request: HttpRequest, says: str) -> HttpResponse:
    """409 with the sentence of a Refusal."""
    return answer(request, ErrorPage(title="That did not go through", says=says, retry=True, back=page_before(request)), 409)


def page_before(request: HttpRequest) -> str:
    """The page of this site from which a form was sent; empty where it came from elsewhere, or leads to where it was just refused."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host() or came.path == request.path or came.path.startswith("//"):
        return ""
    return urlunsplit(("", "", came.path, came.query, ""))


def too_large(request: HttpRequest) -> HttpResponse:
    """413, once all is sent: a browser that is still sending shows no answer at all."""
    read_away(request)
    says = (
        "What you sent is too large. One file may have up to 20 MB, and all text together up to 2 MB. "
        "Save a smaller scan or photo, or shorten the text, and send that. Nothing was kept."
    )
    return answer(request, ErrorPage(title="That is too large", says=says, retry=True), 413)


def read_away(request: HttpRequest) -> None:
    """Read what is left of the body, up to a bound, and throw it away."""
    left = PATIENCE_BYTES
    while left > 0 and (read := len(request.read(CHUNK))):
        left -= read


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without asking the database who is there: it may be what broke."""
    says = (
        "The fault is ours. What you had saved before is safe. "
        "Try again in a minute; if it happens again, tell the person who runs this site."
    )
    page = ErrorPage(title="Something broke on our side", says=says, retry=True)
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": page.says}, status=500)
    return HttpResponse(render_to_string(page.template, {"page": page, "theme": theme(request)}), status=500)
