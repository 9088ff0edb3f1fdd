"""Looking at addresses: a server on this machine that answers in every way, and machines that are never asked."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, ClassVar

import pytest

from perennial.apps.resources.looking import Seen, is_public, look_at

ROBOTS = b"User-agent: *\nDisallow: /private\n"


class Site(BaseHTTPRequestHandler):
    """Answers by path; keeps what it was asked."""

    asked: ClassVar[list[str]] = []
    done: ClassVar[Event] = Event()
    robots: ClassVar[tuple[int, bytes]] = (200, ROBOTS)

    def answer(self) -> None:
        """Answer the request."""
        self.asked.append(f"{self.command} {self.path}")
        status, body, to = 200, b"", ""
        if self.path == "/robots.txt":
            status, body = self.robots
        elif self.path == "/slow":
            self.done.wait(60)
        elif self.path == "/no-head":
            status = 405 if self.command == "HEAD" else 200
        elif self.path.startswith("/to/"):
            _, _, code, to = self.path.split("/", 3)
            status, to = int(code), f"/{to}"
        elif self.path != "/fine":
            status = int(self.path.strip("/"))
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self) -> None:
        """Answer."""
        self.answer()

    def do_HEAD(self) -> None:
        """Answer."""
        self.answer()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the server."""
    Site.asked.clear()
    Site.done.clear()
    Site.robots = (200, ROBOTS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    Site.done.set()
    server.shutdown()
    server.server_close()


def look(address: str) -> Seen:
    """Look at it, this machine allowed; with little patience where it never answers."""
    seconds = 2.0 if address.endswith("/slow") else 60.0
    return look_at(address, agent="(test)", may_ask=lambda machine, _: machine == "127.0.0.1", seconds=seconds)


@pytest.mark.parametrize(
    ("path", "found", "status"),
    [
        ("/fine", "works", 200),
        ("/no-head", "works", 200),
        ("/404", "gone", 404),
        ("/410", "gone", 410),
        ("/403", "fails", 403),
        ("/500", "fails", 500),
        ("/to/302/fine", "works", 200),
        ("/to/301/fine", "moved", 200),
        ("/to/301/to/302/fine", "works", 200),
        ("/to/301/404", "gone", 404),
        ("/slow", "silent", None),
        ("/private/page", "not_asked", None),
        ("/to/301/private", "not_asked", None),
    ],
)
def test_each_answer_is_told_for_what_it_is(site: str, path: str, found: str, status: int | None) -> None:
    seen = look(site + path)
    assert (seen.found, seen.status) == (found, status)


def test_where_it_moved_is_told_and_a_ring_of_redirects_ends(site: str) -> None:
    assert look(f"{site}/to/308/fine").says == f"now at {site}/fine"
    ring = "/to/302" * 9
    assert look(f"{site}{ring}/fine").found == "fails"


def test_a_page_that_robots_txt_forbids_is_never_opened(site: str) -> None:
    look(f"{site}/private/page")
    assert Site.asked == ["GET /robots.txt"]
    Site.robots = (503, b"")
    assert look(f"{site}/fine").found == "not_asked"
    Site.robots = (404, b"")
    assert look(f"{site}/fine").found == "works"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "ftp://x.org/",
        "http://a:b@1.1.1.1/",
    ],
)
def test_no_machine_but_public_ones_is_asked(address: str) -> None:
    assert look_at(address, agent="(test)").found == "not_asked"


def test_a_redirect_to_a_private_machine_is_not_followed(site: str) -> None:
    assert look(f"{site}/to/302//10.0.0.1/").found == "not_asked"


def test_public_means_a_global_address_and_a_usual_port() -> None:
    assert is_public("1.1.1.1", 443)
    assert not is_public("1.1.1.1", 22)
    assert not is_public("::ffff:127.0.0.1", 80)
