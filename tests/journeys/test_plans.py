"""A person with two licenses pastes a course, asks whether it counts, plans the renewal, drops a course, keeps the plan and begins it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
DUE = datetime.now(UTC).date() + timedelta(days=250)
LESSON = DUE - timedelta(days=60)
MAIL = f"""Subject: Ethics across state lines
From: Stillwater Seminars (sample) <news@example.org>

A live webinar on {LESSON:%B} {LESSON.day}, {LESSON.year}. 6 CE hours, $45.
ASWB ACE provider #1567. Register: https://example.org/ethics
"""
CATALOG = """id,title,hours,format,topics,approvals,price
t1,Texas practice update (sample),12,live_online,,ASWB_ACE,180
t2,Culture in the room (sample),6,live_online,cultural_competence: 6,ASWB_ACE,60
t3,Trauma and recovery (sample),17,live_online,,ASWB_ACE,150
t4,Wrong row (sample),many,live_online,,ASWB_ACE,1
"""


def add_license(page: Page, state: str, number: str) -> None:
    """Follow a license that ends in some eight months."""
    page.goto(f"/licenses/add?state={state}&profession=clinical_social_worker&expires={DUE.isoformat()}&issued={DUE.year - 8}-03-01")
    page.get_by_label("License number").fill(number)
    page.get_by_role("button", name="Follow this license").click()
    expect(page.get_by_role("main")).to_contain_text("is on your dashboard")


def answer_no(page: Page) -> None:
    """From a plan that takes an unanswered question as yes: answer each question with no, and come back to the plan."""
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text("No plan yet meets everything")
    expect(main).to_contain_text("Taken as yes, so that the plan is enough either way.")
    main.get_by_role("link", name="Answer it, and plan again").click()
    keep = main.get_by_role("button", name="Keep the answers")
    expect(keep).to_be_visible()
    for choice in main.get_by_role("radio", name="No", exact=True).all():
        choice.check()
    keep.click()
    expect(page.get_by_text("Your answers are kept.")).to_be_visible()
    page.goto("/plans/")


def paste_and_keep(page: Page) -> None:
    """Paste an e-mail, confirm what was read, ask, keep."""
    page.goto("/plans/outside/")
    page.get_by_label("Text about the course").fill(MAIL)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="This is what we read")).to_be_visible()
    expect(page.get_by_label("CE hours", exact=True)).to_have_value("6")
    expect(page.get_by_label("Day", exact=False).first).to_have_value(LESSON.isoformat())
    page.get_by_role("button", name="Will it count?").click()
    expect(page.locator("#verdict")).to_contain_text("Texas clinical social worker")
    page.get_by_role("button", name="Keep as a candidate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ethics across state lines")


def load_catalog(page: Page) -> None:
    """Paste a table: three rows are taken, one is named."""
    page.goto("/plans/catalog/")
    page.get_by_label("Or paste it").fill(CATALOG)
    page.get_by_role("button", name="Load it").click()
    expect(page.get_by_role("heading", name="3 of 4 courses taken")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("row 4 (line 5), column hours")


def remove_and_undo(page: Page) -> None:
    """A removed candidate is back with one press."""
    page.goto("/plans/candidates/")
    page.get_by_role("button", name="Remove Ethics across state lines").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Ethics across state lines", exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_licenses_are_planned_at_once(open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], script: bool) -> None:
    page = open_page(script=script)
    sign_up(page, f"plan-{script}@example.org".lower(), "Terry Sample")
    add_license(page, "TX", "P-1")
    add_license(page, "NM", "P-2")
    paste_and_keep(page)
    load_catalog(page)
    remove_and_undo(page)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Plan").click()
    answer_no(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("One plan for both licenses")
    main = page.get_by_role("main")
    expect(main).to_contain_text("No cheaper set exists among the")
    expect(main).to_contain_text("less than planning each license alone")
    cost = main.locator("tfoot").inner_text()
    page.get_by_role("link", name="Drop it from the plan, Ethics across state lines").click()
    expect(main).to_contain_text("Without “Ethics across state lines”")
    page.get_by_role("link", name="Allow it again Ethics across state lines").click()
    expect(main).not_to_contain_text("Without “Ethics across state lines”")
    assert main.locator("tfoot").inner_text() == cost
    if script:
        for path in ("/plans/", "/plans/outside/", "/plans/?budget=1"):
            page.goto(path)
            assert_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto("/plans/")

    page.get_by_role("button", name="Keep this plan").press("Enter")
    expect(main).to_contain_text("The plan holds")
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to calendar").click()
    names = {str(event["summary"]) for event in Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")}
    assert {"Ethics across state lines", "Texas clinical social worker: hours are due"} <= names
    page.get_by_role("button", name="Start").first.click()
    expect(page).to_have_url(re.compile("/courses/"))
