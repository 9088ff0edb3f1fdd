"""The private feed of a person's digests, for whoever holds its address, without a session."""

import hashlib
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.queries import digests_of, person_by_feed
from perennial.apps.evidence.telling import Moved, items_of, moved_of, told_of
from perennial.apps.works.queries import works_by_keys

MOST_A_MINUTE = 30
WEEKS = 8


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The feed behind an open address; 404 for any other, 304 where the asker has it already."""
    person = person_by_feed(token)
    if person is None:
        raise Http404
    if too_often(person.pk):
        says = "Too many requests; a feed needs one an hour."
        return HttpResponse(says, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "60"})
    text = atom_of(person, settings.SITE_ADDRESS + request.path)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8", headers={"ETag": etag})
    found = get_conditional_response(request, etag=etag, response=response) or response
    found["Cache-Control"] = "private, no-cache"
    found["Referrer-Policy"], found["X-Robots-Tag"] = "no-referrer", "noindex"
    return found


def atom_of(person: Person, address: str) -> str:
    """The last eight digests as Atom: an entry for each work, each notice and each estimate that these or a database moved."""
    digests, site = digests_of(person, most=WEEKS), settings.SITE_ADDRESS
    works = works_by_keys({one["work"] for each in digests for one in each.works})
    made = Atom1Feed("New evidence", site + reverse("evidence:digest"), "What is new in what you follow", feed_url=address)
    for each in digests:
        for number, told in enumerate(told_of(each)):
            says = f"{told.says} Cited in: {', '.join(told.courses)}."
            key = f"{site}/evidence/digest/{each.pk}/#told-{number}"
            made.add_item(
                f"{told.head}: a work cited in a course that you took", site + told.address, says, unique_id=key, updateddate=each.made_at
            )
        for item in items_of(each, works):
            lines = f"Its authors conclude: “{item.lines.text}”" if item.lines.kind == "quotation" else item.lines.text
            says = " ".join([f"{item.where}. {lines}", *(text_of(one, site) for one in item.moved), f"Because: {'; '.join(item.because)}."])
            key = f"{site}/evidence/digest/{each.pk}/#work-{item.key}"
            made.add_item(item.title, site + item.address, says, unique_id=key, updateddate=each.made_at)
        for number, moved in enumerate(moved_of(each)):
            key = f"{site}/evidence/digest/{each.pk}/#moved-{number}"
            made.add_item(moved.head, site + moved.links[0][1], text_of(moved, site), unique_id=key, updateddate=each.made_at)
    return made.writeString("utf-8")


def text_of(moved: Moved, site: str) -> str:
    """How an estimate moved as text, each figure with its address."""
    return " ".join([f"{moved.head}. {moved.says}", *(f"{words}: {site}{address}" for words, address in moved.links)])


def too_often(person: int) -> bool:
    """Whether this address was asked for more than its share within a minute."""
    key = f"evidence-feed-{person}-{int(timezone.now().timestamp()) // 60}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > MOST_A_MINUTE
    except ValueError:  # what was just added is gone: a cache that keeps nothing
        return False
