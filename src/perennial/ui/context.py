"""What the frame of every page needs: theme and navigation."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    key: str
    words: str
    address: str


def frame(request: HttpRequest) -> dict[str, object]:
    """The theme chosen by cookie (empty: the device decides) and the places open to this visitor."""
    return {"theme": theme(request), "places": places(signed_in=signed_in(request))}


def theme(request: HttpRequest) -> str:
    """The theme chosen by cookie; empty where the device decides."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def signed_in(request: HttpRequest) -> bool:
    """Whether someone is signed in; also true to say where a fault came before the session was read."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


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
