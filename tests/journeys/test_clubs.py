"""A provider's journal club: held, joined by link, answered before others are seen, attended, closed, and worth a certificate."""

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from perennial.core.appraisal import read_forms
from tests.architecture.tree import PROJECT
from tests.journeys.conftest import Site
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
FORMS = read_forms(PROJECT / "library" / "appraisals")[0]
FORM = {"Title": "Does exposure need relaxation?", "Begins": "12:00", "Lasts, in minutes": "60"}
LEGIBLE_PX = 200


def open_desk(page: Page) -> None:
    """A provider with an approval of one body that holds for a year."""
    today = datetime.now(UTC).date()
    page.goto("/desk/")
    page.get_by_label("Name").fill("Harbor Reading Group")
    page.get_by_role("button", name="Open the desk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harbor Reading Group")
    page.goto("/desk/harbor-reading-group/approvals/enter/")
    page.get_by_label("Approval body").select_option("NBCC_ACEP")
    page.get_by_label("Number").fill("7000")
    page.get_by_label("Approval statement").fill("We hold an approval of NBCC, ACEP No. 7000. What is not eligible is marked.")
    page.get_by_label("First day").fill((today - timedelta(days=30)).isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=335)).isoformat())
    page.get_by_role("button", name="Enter the approval").click()
    expect(page.get_by_role("main")).to_contain_text("7000")


def hold(page: Page, assert_accessible: Callable[[Page], None]) -> str:
    """Hold a meeting on a paper of the library; gives the link to send."""
    page.goto("/clubs/hold/")
    page.get_by_label("DOI, PMID, or words of its title").fill("trauma")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("link", name=re.compile("Take it")).first.click()
    expect(page.get_by_role("heading", name="The paper")).to_be_visible()
    for label, text in FORM.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Day", exact=True).fill((datetime.now(UTC).date() + timedelta(days=3)).isoformat())
    page.get_by_label("Time zone").select_option("UTC")
    page.get_by_label(re.compile("Questions to answer beforehand")).fill("What would change your mind?")
    page.get_by_label(re.compile("What people will be able to do")).fill("Judge a dismantling trial")
    page.get_by_label("Held by").select_option("harbor-reading-group")
    page.get_by_role("checkbox", name=re.compile("NBCC|National Board")).check()
    assert_accessible(page)
    page.get_by_role("button", name="Hold it").click()
    expect(page.get_by_role("heading", name="The link to send")).to_be_visible()
    assert_accessible(page)
    return page.get_by_label("The link", exact=True).input_value()


def say(page: Page, text: str) -> None:
    """Say something in the discussion; it stands there in a line that can be read."""
    page.get_by_label("Say something").fill(text)
    page.get_by_role("button", name="Say it").click()
    box = page.get_by_role("paragraph").filter(has_text=text).bounding_box()
    assert box is not None
    assert box["width"] > LEGIBLE_PX


def wrong_code(page: Page, link: str) -> None:
    """A code that does not fit is told beside its field, where it can be mended."""
    page.goto(link)
    code = page.get_by_label("Code that the host says")
    code.fill("WRONG")
    page.get_by_role("button", name="Sign in").click()
    expect(code).to_have_accessible_description(re.compile("not the code of this meeting"))
    expect(code).to_be_in_viewport()
    page.goto(link)


def enter_marks(page: Page, starts: datetime) -> None:
    """Enter as host that the guest came at the beginning and left after an hour."""
    for kind, minutes in (("in", 0), ("out", 60)):
        page.get_by_label("What of Gus Sample").select_option(kind)
        page.get_by_label("At for Gus Sample").fill(f"{starts + timedelta(minutes=minutes):%H:%M}")
        page.get_by_role("listitem").filter(has_text="Gus Sample").get_by_role("button", name="Enter", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("Entered for Gus Sample")


def over(site: Site) -> datetime:
    """Move the meeting so that it ended ten minutes ago, as if three days had gone; gives its beginning."""
    starts = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=70)
    times = tuple(f"{one:%Y-%m-%d %H:%M:%S}" for one in (starts, starts + timedelta(minutes=60)))
    with sqlite3.connect(site.data / "perennial.sqlite3", timeout=30) as tables:
        tables.execute("UPDATE clubs_meeting SET starts_at = ?, ends_at = ?", times)
        tables.execute("UPDATE attendance_gathering SET starts_at = ?, ends_at = ?", times)
    return starts


def answer(page: Page, text: str) -> None:
    """Answer the question beforehand."""
    page.get_by_label(re.compile("Your answer")).fill(text)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("main")).to_contain_text("Kept.")


def appraise(page: Page, differs: str = "") -> None:
    """Begin one's own appraisal for the meeting and finish it with yes throughout, but for the first answer where that differs."""
    page.get_by_role("link", name="Appraised together").click()
    expect(page.get_by_role("button", name="Appraise it")).to_be_visible()
    address = page.url
    page.get_by_role("button", name="Appraise it").click()
    for words in [differs or "Yes", *["Yes"] * (len(FORMS["randomized_trial"].items) - 1)]:
        page.get_by_role("radio", name=re.compile(f"^{words}")).check()
        page.get_by_role("button", name=re.compile("^Save and")).click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("button", name="Finish")).to_have_count(0)
    page.goto(address)
    expect(page.get_by_role("heading", name="Yours is finished")).to_be_visible()


def appraise_both(host: Page, guest: Page) -> None:
    """The host chooses a form, both appraise by it, and they differ on one question."""
    club = host.url
    host.get_by_role("link", name="Appraised together").click()
    host.get_by_label("Form", exact=True).select_option("randomized_trial")
    host.get_by_role("button", name="Choose it").click()
    expect(host.get_by_role("button", name="Appraise it")).to_be_visible()
    host.goto(club)
    appraise(host)
    guest.reload()
    appraise(guest, differs="Partly")
    expect(guest.get_by_role("main")).to_contain_text("You differ")


def test_a_journal_club_from_the_paper_to_the_certificate(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], site: Site
) -> None:
    host, guest = open_page(), open_page(width=390)
    sign_up(host, "hana@example.org", "Hana Sample")
    sign_up(guest, "gus@example.org", "Gus Sample")
    open_desk(host)
    link = hold(host, assert_accessible)
    guest.goto(link)
    guest.get_by_role("button", name="Take part").click()
    expect(guest.get_by_role("main")).to_contain_text("You take part.")
    answer(guest, "A replication")
    say(guest, "I wonder whether anybody was harmed by it.")
    host.get_by_role("link", name=FORM["Title"]).click()
    expect(host.get_by_role("main")).to_contain_text("1 other answer")
    answer(host, "A null result")
    expect(host.get_by_role("main")).to_contain_text("A replication")
    assert_accessible(host)
    club = host.url
    appraise_both(host, guest)
    starts = over(site)
    host.reload()
    host.get_by_label("Partly").first.check()
    host.get_by_label("Why", exact=True).first.fill("The list was open to the staff, page 4.")
    host.get_by_role("button", name="Keep it").first.click()
    expect(host.get_by_role("main")).to_contain_text("The list was open to the staff, page 4.")
    assert_accessible(host)
    host.goto(club)
    host.get_by_role("link", name="Host's page").click()
    enter_marks(host, starts)
    expect(host.get_by_role("main")).to_contain_text("60 of 60 minutes")
    wrong_code(guest, link)
    host.get_by_label("Minutes").fill("We agreed to read the protocol next.")
    host.get_by_role("button", name="Close it").click()
    expect(host.get_by_role("main")).to_contain_text("Closed.")
    guest.goto(club)
    guest.get_by_role("link", name="Tell how it was").click()
    expect(guest.get_by_role("main")).to_contain_text("60 count")
    assert_accessible(guest)
    for group in guest.get_by_role("main").get_by_role("group").all():
        group.get_by_label("Mostly").check()
    guest.get_by_role("button", name="Hand in and get the certificate").click()
    expect(guest.get_by_role("main")).to_contain_text("Your certificate is there.")
    guest.get_by_role("link", name="Your certificate").click()
    expect(guest.get_by_role("main")).to_contain_text("Journal club: Does exposure need relaxation?")
    guest.goto("/record/")
    expect(guest.get_by_role("main")).to_contain_text("Journal club: Does exposure need relaxation?")
