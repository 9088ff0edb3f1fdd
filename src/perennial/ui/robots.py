"""What search engines may read: rules and courses, and nothing that belongs to someone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PRIVATE = ("account", "api", "certificates", "dashboard", "download", "licenses", "record")
# Certificate checks (verify/…) are not listed: only an engine that may open such a page sees that it must not be indexed.
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: /{place}/\n" for place in PRIVATE)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The file robots.txt."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
