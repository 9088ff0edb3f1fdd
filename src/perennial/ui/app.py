"""The site as an app that can be installed and read offline: its manifest, its worker, and what is shown without a connection."""

import json
from functools import cache
from hashlib import sha256

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from perennial.ui.page import Page, show

NAME = "Perennial"
ICONS = (("ui/app-192.png", "192x192", "any"), ("ui/app-512.png", "512x512", "any"), ("ui/app-maskable-512.png", "512x512", "maskable"))
WORKER = "ui/worker.js"
PLAIN = "/static/ui/queue.js"  # scripts import it by its plain name
# What the pages of a course need besides themselves.
SHELL = (
    "ui/perennial.css",
    "ui/fields.css",
    "ui/icons.svg",
    "ui/mark.svg",
    "ui/reading.css",
    "ui/reading-tools.css",
    "ui/reading.js",
    "ui/reading-tools.js",
    "ui/reading-voice.js",
    "ui/reading-highlights.js",
    "ui/autosave.js",
    "ui/answers.js",
    "ui/ordering.js",
    "ui/test.css",
    "ui/queue.js",
    "ui/offline.js",
    "ui/offline-keep.js",
)


class OfflinePage(Page):
    """What is shown where a page is asked for that is not on the device."""

    template = "ui/offline.html"
    title = "Offline"


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a device needs to install the site as an app."""
    told = {
        "id": "/",
        "name": NAME,
        "short_name": NAME,
        "description": "Continuing education for mental health clinicians: requirements, courses, certificates.",
        "start_url": "/courses/",
        "scope": "/",
        "display": "standalone",
        "lang": "en",
        "theme_color": "#1f5e48",
        "background_color": "#f3f4ec",
        "icons": [{"src": static(file), "sizes": sizes, "type": "image/png", "purpose": purpose} for file, sizes, purpose in ICONS],
    }
    return HttpResponse(json.dumps(told), content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers from the device where the site does not; it names the files it keeps and their version."""
    reply = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    reply.headers["Cache-Control"] = "no-cache"
    return reply


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page for what is not on the device. It names no one, so that it may be kept for anyone."""
    return show(request, OfflinePage())


@cache
def _worker() -> str:
    text = {file: _read(file) for file in (*SHELL, WORKER)}
    version = sha256("".join(text.values()).encode()).hexdigest()[:16]
    shell = [*(static(file) for file in SHELL), "/offline"]
    shell += [PLAIN] if PLAIN not in shell else []
    return f"const VERSION = {json.dumps(version)};\nconst SHELL = {json.dumps(shell)};\n{text[WORKER]}"


def _read(file: str) -> str:
    path = finders.find(file)
    if not isinstance(path, str):
        raise FileNotFoundError(file)
    with open(path, encoding="utf-8") as opened:
        return opened.read()
