"""A real site in a folder of its own, a browser, and a judge of accessibility."""

import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browsers import ASK, FLAGS, found
from tests.doors import free_port

START_SECONDS = 120
END_SECONDS = 60  # twice what the server gives its processes to finish
NARROWEST = 320
WIDTHS = (1280, 390, NARROWEST)
HEIGHT = 900
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# A machine with two cores and two sites may be slow; what is waited for shows itself much sooner as a rule.
expect.set_options(timeout=30_000)
WORKER_MS = 120_000  # until the background worker of a site, which does one thing after another, has come to something
# Axe with its own choice of rules; only what it found comes back, since the whole answer is long.
VIOLATIONS = """axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.map(
  ({id, help, nodes}) => `${id}: ${help}: ${nodes.map(({html, failureSummary}) => `${html} ${failureSummary}`).join(" | ")}`))"""


@dataclass(frozen=True)
class Site:
    """A running site: its address, its data folder, and the process that serves it."""

    address: str
    data: Path
    process: subprocess.Popen[str]

    def settle(self) -> None:
        """Wait until the background worker has read the works of the library and made the first week of digests, which begins then."""
        until = time.monotonic() + WORKER_MS / 1000
        while time.monotonic() < until:
            with closing(sqlite3.connect(self.data / "perennial.sqlite3", timeout=30)) as tables:
                if tables.execute("SELECT COUNT(*) FROM evidence_week WHERE done_at IS NOT NULL").fetchone() != (0,):
                    return
            time.sleep(0.1)
        pytest.fail("the background worker has not come through its first round")


def plain_environment() -> dict[str, str]:
    """The environment without what the tests' own settings put there."""
    gone = ("PERENNIAL_", "DJANGO_", "DATABASE_URL")
    return {key: value for key, value in os.environ.items() if not key.startswith(gone)}


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Site]:
    """`perennial serve` on an empty folder, as a new user starts it; `settings` are more of the environment."""
    port = free_port()
    address = f"http://localhost:{port}"
    log = (data / "server.log").open("w", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "perennial.cli", "serve"],
        env={**plain_environment(), "PERENNIAL_DATA": str(data), "PERENNIAL_TIME_ZONE": "UTC", "PORT": str(port), **settings},
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(address, process, data / "server.log")
        yield Site(address, data, process)
    finally:
        process.terminate()
        process.wait(END_SECONDS)
        log.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of most journeys."""
    with served(tmp_path_factory.mktemp("site")) as started:
        yield started


def wait_for(address: str, process: subprocess.Popen[str], log: Path) -> None:
    """Return once the site answers anything at all; tell the server's own words when it does not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/style", timeout=2).close()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The site did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    path = found()
    if not path:
        pytest.fail(ASK)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def presses_lead_somewhere() -> Iterator[None]:
    """A press is over once the page that it leads to is whole: before, its scripts may not hear yet what is done there."""

    def waiting(press: Callable[..., None]) -> Callable[..., None]:
        def pressed(target: Locator, *words: Any, **more: Any) -> None:
            press(target, *words, **more)
            target.page.wait_for_load_state()

        return pressed

    with pytest.MonkeyPatch.context() as patch:
        for name in ("click", "press"):
            patch.setattr(Locator, name, waiting(getattr(Locator, name)))
        yield


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_page(width=1280, script=True)` gives a page in a fresh profile; paths are relative to the site.

    Whatever a page asks of another host, and every fault of a script, fails the test at its end.
    """
    contexts = []
    faults: list[str] = []

    def opened(*, width: int = WIDTHS[0], script: bool = True) -> Page:
        context = browser.new_context(base_url=site.address, viewport={"width": width, "height": HEIGHT}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("request", lambda request: stays_home(request.url, site.address, faults))
        page.on("console", lambda message: obeys_policy(message.text, faults))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def obeys_policy(text: str, faults: list[str]) -> None:
    """Note what the browser says of the content security policy."""
    if "Content Security Policy" in text:
        faults.append(f"policy: {text}")


def stays_home(url: str, address: str, faults: list[str]) -> None:
    """Note a request that leaves the site."""
    if not url.startswith((address, "data:", "blob:", "about:")):
        faults.append(f"asks another host: {url}")


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """`assert_accessible(page)`: axe finds nothing at 1280 and 390 px in light and dark, and nothing is too wide at 320."""
    script = Axe().axe_script

    def judge(page: Page) -> None:
        page.wait_for_load_state()
        before = page.viewport_size
        page.evaluate(script)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{page.url} is {over} px wider than its window of {width} px"
            for scheme in SCHEMES if width != NARROWEST else ():
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found = page.evaluate(VIOLATIONS)
                assert not found, f"{page.url} at {width} px, {scheme}\n" + "\n".join(found)
        page.emulate_media(color_scheme="light")
        if before:
            page.set_viewport_size(before)

    return judge
