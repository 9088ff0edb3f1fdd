"""Answer some pages before anyone asks, in the process that the server's processes are forked from.

What a first answer makes and later ones use again, such as queries as SQL, addresses and the catalog, is then there once for all of
them, and nobody waits for it.
"""

import sys
from importlib import import_module
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

PAGES = ("/", "/courses/", "/account/login/")
"""Public, and without what a fork must not inherit: the search of works keeps files open and threads running."""


def rehearse() -> dict[str, str]:
    """Ask each page as a stranger would; gives what each answered, such as `200 OK`. Leaves no connection to the database open."""
    application = import_module("perennial.config.wsgi").application
    told: dict[str, str] = {}
    try:
        for page in PAGES:
            answer = application(_asked(page), lambda status, _, page=page: told.update({page: status}))
            b"".join(answer)
            answer.close()
    finally:
        connections.close_all()
    return told


def _asked(page: str) -> dict[str, object]:
    """The request, to the address that the site gives as its own."""
    site = urlsplit(settings.SITE_ADDRESS)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": page,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or {"https": 443}.get(site.scheme, 80)),
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
