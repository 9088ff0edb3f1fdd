"""A clinician keeps up: a saved search, a weekly digest in the mailbox, and a retraction that reaches who took a course citing the work."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.doors import mail_server
from tests.journeys.conftest import WORKER_MS, Site, plain_environment, served
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
COURSE = "motivational-interviewing-in-practice"
LIBRARY = Path(__file__).parents[2] / "library" / "courses" / COURSE
HEAD = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,RetractionDOI,RetractionPubMedID,"
    "OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes"
)
NEW = """TY  - JOUR
TI  - Motivational interviewing for everybody: a systematic review and meta-analysis
AU  - Sample, Ana
JO  - Journal of Samples
PY  - {year}
DO  - 10.1000/journey.review
ER  -
"""


@dataclass
class Mailbox:
    """A mail server that keeps what it takes."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  as aiosmtpd calls it
        """Take a mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def wait_for(self, words: str) -> str:
        """The text of the first mail that holds the words, once it is there."""
        until = monotonic() + WORKER_MS / 1000
        while monotonic() < until:
            for mail in self.mails:
                body = mail.get_body(("plain",))
                text = f"{mail['Subject']}\n{body.get_content() if body else ''}"
                if words in text:
                    return text
            sleep(0.2)
        pytest.fail(f"no mail says “{words}”; there are: {[str(mail['Subject']) for mail in self.mails]}")


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """The mailbox and its port."""
    box = Mailbox()
    with mail_server(box) as port:
        yield box, port


@pytest.fixture(scope="module")
def site(mailbox: tuple[Mailbox, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, whose mail goes to the mailbox."""
    with served(tmp_path_factory.mktemp("mailed"), PERENNIAL_EMAIL_URL=f"smtp://127.0.0.1:{mailbox[1]}") as started:
        yield started


def command(site: Site, mailbox: tuple[Mailbox, int], *words: str | Path) -> None:
    """`perennial …` beside the site."""
    environment = {**plain_environment(), "PERENNIAL_DATA": str(site.data), "PERENNIAL_TIME_ZONE": "UTC"}
    environment |= {"PERENNIAL_EMAIL_URL": f"smtp://127.0.0.1:{mailbox[1]}", "PORT": site.address.rpartition(":")[2]}
    subprocess.run([sys.executable, "-m", "perennial.cli", *map(str, words)], env=environment, check=True, timeout=WORKER_MS / 1000)


def a_week_later(site: Site) -> None:
    """As if the week of the first digest had been last week."""
    with sqlite3.connect(site.data / "perennial.sqlite3", timeout=30) as tables:
        changed = tables.execute("UPDATE evidence_week SET begins_on = date(begins_on, '-7 days') WHERE done_at IS NOT NULL").rowcount
    assert changed == 1


def cited() -> str:
    """A DOI that the course cites."""
    found = re.search(r"10\.\d{4,9}/[^\s\"'>\])]+", "".join(file.read_text(encoding="utf-8") for file in sorted(LIBRARY.glob("*.toml"))))
    assert found
    return found.group().rstrip(".,;")


def keep_search(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    """Search what the library begins with, with a slip of the pen, and keep the search."""
    page.goto("/evidence/")
    page.get_by_label("Search", exact=True).fill("motivatonal interviewing")
    page.get_by_role("main").get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("#results")).to_contain_text("motivational")
    assert_accessible(page)
    page.get_by_label("Search", exact=True).fill("motivational interviewing")
    page.get_by_role("main").get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Keep this search").click()
    expect(page.get_by_text("Kept as: ").first).to_be_visible()
    page.goto("/evidence/saved/")
    expect(page.get_by_role("main")).to_contain_text("Nothing new")


def test_what_is_new_and_what_was_retracted_reaches_who_it_concerns(
    open_page: Callable[..., Page],
    assert_accessible: Callable[[Page], None],
    site: Site,
    mailbox: tuple[Mailbox, int],
    tmp_path: Path,
) -> None:
    site.settle()
    page = open_page()
    sign_up(page, "nora@example.org", "Nora Sample")
    keep_search(page, assert_accessible)
    page.goto("/practices/motivational-interviewing/")
    page.get_by_role("button", name="Follow").first.click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    page.goto(f"/courses/{COURSE}/")
    page.get_by_role("button", name=re.compile("Start|Begin")).first.click()
    page.wait_for_url("**/read/**")

    notice = tmp_path / "retractions.csv"
    row = f'1,"A cited work",,,,,,,,,2/1/2026 0:00,10.1000/journey.notice,,,{cited()},,Retraction,Error in data,No,'
    notice.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    command(site, mailbox, "evidence", "import", notice, "--format", "retractionwatch")
    works = tmp_path / "works.ris"
    works.write_text(NEW.format(year=datetime.now(UTC).year), encoding="utf-8")
    a_week_later(site)
    command(site, mailbox, "evidence", "import", works, "--format", "ris")
    command(site, mailbox, "worker", "--once")

    told = mailbox[0].wait_for("was retracted")
    assert "Motivational Interviewing" in told
    digest = mailbox[0].wait_for("Motivational interviewing for everybody")
    assert "/works/" in digest
    page.goto("/notices/")
    expect(page.get_by_role("main")).to_contain_text("retracted")
    page.goto("/evidence/digest/")
    expect(page.get_by_role("main")).to_contain_text("Motivational interviewing for everybody")
    assert_accessible(page)
    page.goto("/evidence/saved/")
    expect(page.get_by_role("main")).to_contain_text("1 new")
