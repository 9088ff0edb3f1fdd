"""The private calendar address: the due days of one person, for whoever holds the address, without a session."""

import hashlib
from http import HTTPStatus

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from perennial.apps.notices.queries import person_by_feed
from perennial.apps.standing.due_calendar import due_calendar

MOST_A_MINUTE = 30


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind an open address; 404 for any other, 304 where the asker has it already."""
    person = person_by_feed(token)
    if person is None:
        raise Http404
    if too_often(person.pk):
        return HttpResponse(
            "Too many requests; a calendar needs one an hour.", status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "60"}
        )
    day = timezone.localdate()
    text = due_calendar(person, day=day)
    etag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="renewals.ics"'
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response) or response
    found["Cache-Control"] = "private, no-cache"
    found["Referrer-Policy"], found["X-Robots-Tag"] = "no-referrer", "noindex"
    return found


def too_often(person: int) -> bool:
    """Whether this address was asked for more than its share within a minute."""
    key = f"calendar-{person}-{int(timezone.now().timestamp()) // 60}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # what was just added is gone: a cache that keeps nothing
        return False
