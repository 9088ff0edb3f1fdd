"""What the frame of every page needs: theme and navigation."""

from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
KNOWN_PLACES = "places"  # in the session: keys of places that stand in this person's navigation and not in everyone's


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    key: str
    words: str
    address: str


def frame(request: HttpRequest) -> dict[str, object]:
    """The theme chosen by cookie (empty: the device decides), whose device this is now, and the places open to this visitor."""
    there = places(signed_in=signed_in(request))
    known = getattr(request, "session", {}).get(KNOWN_PLACES, ()) if signed_in(request) else ()
    named = [place for place in there if place.key not in settings.NAVIGATION_FOR_SOME or place.key in known]
    return {
        "theme": theme(request),
        "reader": reader(request),
        "places": named,
        "more_places": [place for place in there if place not in named],
    }


def keep_place_known(request: HttpRequest, key: str) -> None:
    """Have the place stand in this person's navigation from now on, as long as they are signed in."""
    known = request.session.get(KNOWN_PLACES, [])
    if key not in known:
        request.session[KNOWN_PLACES] = [*known, key]


def theme(request: HttpRequest) -> str:
    """The theme chosen by cookie; empty where the device decides."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def signed_in(request: HttpRequest) -> bool:
    """Whether someone is signed in; also true to say where a fault came before the session was read."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


def reader(request: HttpRequest) -> str:
    """By which a device tells its people apart, without their names or numbers; empty for a visitor."""
    return _mark(request.user.pk) if signed_in(request) and getattr(request.user, "pk", None) else ""


@lru_cache(maxsize=4096)
def _mark(pk: int) -> str:
    return salted_hmac("perennial.reader", str(pk)).hexdigest()[:20]


@cache
def places(*, signed_in: bool) -> tuple[Place, ...]:
    """The navigation for someone who is or is not signed in; what has no page yet is left out."""
    found = []
    for key, words, name, private in settings.NAVIGATION:
        if private and not signed_in:
            continue
        try:
            found.append(Place(key, words, reverse(name)))
        except NoReverseMatch:
            continue
    return tuple(found)
