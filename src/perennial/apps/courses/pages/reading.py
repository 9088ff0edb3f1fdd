"""Keeps how someone wants to read, and goes back to the page it was chosen on."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from perennial.apps.courses.reading_settings import COOKIE, as_cookie, keep_reading, reading_of
from perennial.ui import Request
from perennial.ui.context import THEME_COOKIE
from perennial.ui.theme import YEAR


@require_POST
def settings(request: Request) -> HttpResponse:
    """Keep the choices for the person, and in a cookie of this browser."""
    reading = reading_of({name: str(value) for name, value in request.POST.items()})
    if request.user.is_authenticated:
        keep_reading(person=request.user, reading=reading)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    reply = redirect(back if safe else "courses:catalog")
    reply.set_cookie(COOKIE, as_cookie(reading), max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    if reading.theme:
        reply.set_cookie(THEME_COOKIE, reading.theme, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        reply.delete_cookie(THEME_COOKIE, samesite="Lax")
    return reply
