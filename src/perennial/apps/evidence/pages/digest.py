"""The weekly digest: the newest, older ones, and how its reader wants it."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.access import own_digest
from perennial.apps.evidence.queries import Digest, digests_of, feed_token_of, saved_searches, wishes_of
from perennial.apps.evidence.services import close_digest_feed, open_digest_feed, want_mail
from perennial.apps.evidence.showing import Row, rows_of
from perennial.apps.evidence.telling import Item, Moved, Told, items_of, moved_of, told_of, until
from perennial.apps.practices.queries import Practice, followed_by, vocabulary
from perennial.apps.works.queries import works_by_keys, works_of_practice
from perennial.core.values.words import counted
from perennial.ui import Page, SignedIn, show

TO_BEGIN_WITH = 5


class DigestPage(Page):
    """A digest, and what stands around it. Without any yet, `begin` are the strongest works about what one follows."""

    template = "evidence/pages/digest.html"
    title = "Weekly digest"
    nav = "evidence"
    digest: Digest | None
    until: str
    lead: str
    items: Sequence[tuple[Item, Row]]
    told: Sequence[Told]
    moved: Sequence[Moved]
    begin: Sequence[Row]
    others: Sequence[tuple[Digest, str]]
    follows: Sequence[Practice]
    searches: int
    by_mail: bool
    feed: str


@login_required
@require_safe
def digest(request: SignedIn) -> HttpResponse:
    """Show the newest."""
    found = digests_of(request.user)
    return show(request, page_of(request.user, found[0] if found else None, found))


@login_required
@require_safe
def older(request: SignedIn, pk: int) -> HttpResponse:
    """Show one of one's own."""
    return show(request, page_of(request.user, own_digest(request.user, pk), digests_of(request.user)))


@login_required
@require_POST
def mailing(request: SignedIn) -> HttpResponse:
    """Have it by mail, or no longer."""
    wanted = request.POST.get("mail") == "on"
    want_mail(person=request.user, by_mail=wanted)
    messages.success(request, "The digest comes by mail." if wanted else "The digest no longer comes by mail. You find it here.")
    return redirect("evidence:digest")


@login_required
@require_POST
def feeding(request: SignedIn) -> HttpResponse:
    """Open the private feed, make its address anew, or close it."""
    if request.POST.get("do") == "close":
        close_digest_feed(person=request.user)
        messages.success(request, "The feed is closed; its address opens nothing any more.")
    else:
        before = feed_token_of(request.user)
        open_digest_feed(person=request.user)
        made = "Your feed has a new address; the one before opens nothing any more." if before else "Your feed has an address."
        messages.success(request, made)
    return redirect("evidence:digest")


def page_of(person: Person, found: Digest | None, all_: Sequence[Digest]) -> DigestPage:
    """The page of a digest, or of none yet."""
    follows = followed_by(person)
    items = items_of(found, works_by_keys(one["work"] for one in found.works)) if found else []
    token = feed_token_of(person)
    return DigestPage(
        digest=found,
        until=until(found.week) if found else "",
        lead=lead_of(found, len(items)) if found else "",
        items=list(zip(items, rows_of([item.work for item in items], {}), strict=True)),
        told=told_of(found) if found else (),
        moved=moved_of(found) if found else (),
        begin=[] if found else strongest(follows),
        others=[(one, until(one.week)) for one in all_ if found and one.pk != found.pk],
        follows=follows,
        searches=len(saved_searches(person)),
        by_mail=wishes_of([person.pk])[person.pk],
        feed=settings.SITE_ADDRESS + reverse("evidence:feed", args=[token]) if token else "",
    )


def lead_of(found: Digest, shown: int) -> str:
    """How much there is."""
    if not shown:
        return "No new work for you; what was told of others stands below."
    more = f", out of {found.found} that fit" if found.found > shown else ""
    return f"{counted(shown, 'new work')}{more}. Why each is here is said beside it."


def strongest(follows: Sequence[Practice]) -> list[Row]:
    """The strongest works about what one follows, to begin with."""
    words = vocabulary()
    slugs = {slug for one in follows for slug in (one.slug, *words.narrower.get(one.slug, ()))}
    return rows_of(works_of_practice(slugs, order="strongest", most=TO_BEGIN_WITH), {}) if slugs else []
