"""A person is reminded of what is missing, by the site and by mail, chooses how, and puts the days into a calendar."""

import email
import email.policy
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from time import monotonic, sleep

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.conftest import WORKER_MS, Site, plain_environment
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
ADDRESS = "remy@example.org"


def follow_license(page: Page) -> None:
    """Follow a license whose hours are due in twenty days."""
    due = datetime.now(UTC).date() + timedelta(days=20)
    page.goto(f"/licenses/add?state=TX&profession=clinical_social_worker&expires={due.isoformat()}&issued={due.year - 8}-03-01")
    page.get_by_label("License number").fill("70707")
    page.get_by_role("button", name="Follow this license").click()
    expect(page.get_by_role("main")).to_contain_text("is on your dashboard")


def work_once(site: Site) -> None:
    """What the site's own worker does at its start and once a day."""
    port = site.address.rpartition(":")[2]
    environment = {**plain_environment(), "PERENNIAL_DATA": str(site.data), "PERENNIAL_TIME_ZONE": "UTC", "PORT": port}
    subprocess.run([sys.executable, "-m", "perennial.cli", "worker", "--once"], env=environment, check=True, timeout=WORKER_MS / 1000)


def reminders_to(folder: Path, address: str) -> list[Message]:
    """The reminders in the folder of mails that went to this address; a file may hold several mails."""
    texts = [part for file in sorted(folder.glob("*.log")) for part in re.split(r"\n-{79}\n", file.read_text(encoding="utf-8"))]
    found = [email.message_from_string(text.lstrip("\n"), policy=email.policy.default) for text in texts]
    return [message for message in found if message["To"] == address and message["List-Unsubscribe"]]


def mail_to(folder: Path, address: str) -> Message:
    """The one reminder to this address, once it is there: the site's own worker may have it in hand."""
    until = monotonic() + WORKER_MS / 1000
    while monotonic() < until and not reminders_to(folder, address):
        sleep(0.2)
    (mail,) = reminders_to(folder, address)
    return mail


def read_notice(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    """The notice stands first, is opened, and is read then."""
    page.goto("/notices/")
    expect(page.get_by_role("heading", name="1 unread")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("^Texas .*due in 20 days")).click()
    expect(page).to_have_url(re.compile("/dashboard/"))
    page.goto("/notices/")
    expect(page.get_by_role("heading", name="All read")).to_be_visible()


def subscribe(page: Page, assert_accessible: Callable[[Page], None]) -> str:
    """Make a calendar address; gives it."""
    page.goto("/notices/preferences/")
    page.get_by_role("button", name="Make a private address").click()
    field = page.get_by_label("Private address")
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    assert_accessible(page)
    return field.input_value()


def calendar_at(address: str) -> list[str]:
    """What a calendar program finds there, without any session."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        return [str(event["summary"]) for event in Calendar.from_ical(answer.read()).walk("VEVENT")]


def test_what_is_missing_reaches_a_person_once_and_as_they_choose(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], site: Site
) -> None:
    page = open_page()
    sign_up(page, ADDRESS, "Remy Sample")
    page.goto("/notices/")
    expect(page.get_by_role("heading", name="Nothing to tell you")).to_be_visible()
    follow_license(page)
    work_once(site)
    work_once(site)
    read_notice(page, assert_accessible)
    mail = mail_to(site.data / "mail", ADDRESS)
    assert "due in 20 days" in str(mail["Subject"])
    address = subscribe(page, assert_accessible)
    assert [title.startswith("Texas ") for title in calendar_at(address)] == [True]
    page.get_by_role("button", name="Close the address").click()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        calendar_at(address)
    choose_from_the_mail(open_page(script=False), str(mail["List-Unsubscribe"]).strip("<> "), assert_accessible)
    page.goto("/notices/preferences/")
    expect(page.get_by_label("By e-mail as well")).not_to_be_checked()


def choose_from_the_mail(page: Page, address: str, assert_accessible: Callable[[Page], None]) -> None:
    """Without signing in and without scripts: no more mail."""
    page.goto(address)
    page.get_by_role("button", name="Send me no reminders by e-mail").click()
    expect(page.get_by_role("main")).to_contain_text("No further reminders come by e-mail.")
    assert page.get_by_label("180 days").is_checked()
