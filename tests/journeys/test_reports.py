"""A mistake in a rule: reported without an account and without a script, compared by those who look after the rules, and answered."""

import re
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
RULE = "/requirements/ca/clinical_social_worker/"
SAYS = "It asks for 38 hours <since> the amendment."


def make_staff(site: Site, email: str) -> None:
    """Let the person with this address work for the site, as whoever runs it would."""
    with closing(sqlite3.connect(site.data / "perennial.sqlite3", timeout=20)) as database, database:
        assert database.execute("update accounts_person set is_staff = 1 where email = ?", (email,)).rowcount == 1


def report(page: Page) -> None:
    """Fill in the form of a report that the browser shows."""
    page.get_by_label("What is wrong?").select_option("Hours in all")
    page.get_by_label("What should it say?").fill(SAYS)
    page.get_by_label("CE hours that it should name").fill("38")
    page.get_by_label("Web address of the source").fill("https://regulations.example.org/1887-3")
    page.get_by_role("button", name="Send the report").click()


def test_a_mistake_is_reported_compared_and_answered(
    open_page: Callable[..., Page], site: Site, assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    reader = open_page(width=390, script=False)
    reader.goto(RULE)
    reader.get_by_role("link", name="Report a mistake").click()
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_role("alert")).to_contain_text("Without a source nothing can be changed.")
    report(reader)
    expect(reader.get_by_role("heading", level=1)).to_contain_text(re.compile(r"Thank you\. Your report has number \d+\."))
    told = reader.url

    keeper = open_page()
    sign_up(keeper, "keeper@example.org", "Kim Keeper")
    assert keeper.goto("/requirements/reports/").status == 404  # type: ignore[union-attr]  # a page was asked for
    make_staff(site, "keeper@example.org")
    keeper.goto("/requirements/")
    assert_accessible(keeper)
    keeper.get_by_role("link", name="Reports of mistakes").click()
    assert_accessible(keeper)
    keeper.get_by_role("link", name="Hours in all").click()
    assert_accessible(keeper)
    expect(keeper.get_by_text(SAYS, exact=True)).to_be_visible()
    expect(keeper.get_by_text("+ hours = 38")).to_be_visible()
    with keeper.expect_download() as download:
        keeper.get_by_role("link", name="The change as TOML").click()
    download.value.save_as(tmp_path / "change.toml")
    change = tomllib.loads((tmp_path / "change.toml").read_text(encoding="utf-8"))
    assert change["proposal"]["should_say"] == SAYS
    hours = [change[side]["requirements"]["total"]["at_least"][0]["hours"] for side in ("present", "proposed")]
    assert hours == [36, 38]
    keeper.get_by_label("Reply").fill("The section still says 36.")
    keeper.get_by_role("button", name="Decline").click()
    expect(keeper.get_by_role("heading", name="Declined")).to_be_visible()

    reader.goto(told)
    expect(reader.get_by_text("The section still says 36.")).to_be_visible()
    expect(reader.get_by_text(SAYS)).to_have_count(0)


def test_the_map_is_walked_by_keyboard_and_leads_to_a_rule(open_page: Callable[..., Page]) -> None:
    page = open_page(script=False)
    page.goto("/requirements/?profession=psychologist")
    page.get_by_role("list", name="Map of the states").get_by_role("link").first.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile(r"Maine: "))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Psychologist")
    page.go_back()
    page.get_by_label("How well known").select_option("Summaries agree")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Open questions", exact=True).click()
    expect(page.get_by_role("columnheader", name="Open questions")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_label("How well known")).to_have_value("medium")
