"""Follow a practice, or stop; the page that one came from then offers to undo it."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from perennial.apps.practices.access import listed
from perennial.apps.practices.services import follow, unfollow
from perennial.ui import SignedIn

NOW = "now"


@login_required
def start(request: SignedIn, slug: str) -> HttpResponse:
    """Follow it; who had to sign in first comes to its page, where the button is."""
    practice = listed(slug)
    if request.method == "POST":
        follow(person=request.user, practice=practice, at=timezone.now())
    return redirect(back(request, slug))


@login_required
def stop(request: SignedIn, slug: str) -> HttpResponse:
    """Follow it no longer."""
    practice = listed(slug)
    if request.method == "POST":
        unfollow(person=request.user, practice=practice)
    return redirect(back(request, slug))


def back(request: SignedIn, slug: str) -> str:
    """The page that one came from, which is told of what changed; the practice's own where none was named or nothing changed."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(asked if safe else reverse("portal:practice", args=[slug]))
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != NOW]
    told = [(NOW, slug)] if request.method == "POST" else []
    query = urlencode([*kept, *told])
    return f"{parts.path}?{query}" if query else parts.path
