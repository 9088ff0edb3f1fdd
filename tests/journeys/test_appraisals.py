"""An article appraised by two people, one without a script, each alone; then how far they agree, and one thing agreed on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from perennial.core.appraisal import read_forms
from tests.architecture.tree import PROJECT
from tests.journeys.people import DANA, ROBIN, sign_in

pytestmark = pytest.mark.journey
FORM = read_forms(PROJECT / "library" / "appraisals")[0]["systematic_review"]
LOW, HIGH = "Partly", "Yes"


def answer(page: Page, words: str) -> None:
    """Choose this answer to the question that stands on the page, and go on."""
    page.get_by_role("radio", name=re.compile(f"^{words}")).check()
    page.get_by_role("button", name=re.compile("^Save and")).click()


def test_two_raters_stay_apart_until_both_have_finished(open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]) -> None:
    first = open_page()
    sign_in(first, DANA)
    first.goto("/evidence/")
    first.get_by_role("link", name="Appraisals").click()
    first.get_by_role("link", name="Appraise a work").first.click()
    first.get_by_label("DOI, PubMed number, or words of the title").fill("telephone")
    first.get_by_role("button", name="Find").click()
    first.get_by_role("link", name=re.compile("^Choose")).first.click()
    expect(first.get_by_text("The work is listed as")).to_be_visible()
    expect(first.get_by_role("radio", name=re.compile("^Systematic review"))).to_be_checked()
    first.get_by_role("button", name="Begin").click()

    # With a script an answer is saved as it is given, without a button.
    first.get_by_role("radio", name=re.compile("^Yes")).check()
    expect(first.get_by_role("status")).to_contain_text("Saved at")
    expect(first.get_by_role("heading", name=f"1 of {len(FORM.items)} answered")).to_be_visible()
    assert_accessible(first)
    first.reload()
    expect(first.get_by_role("radio", name=re.compile("^Yes"))).to_be_checked()

    first.get_by_role("link", name="To the summary").click()
    first.get_by_role("button", name="Ask a second rater").click()
    address = first.get_by_label("Address").input_value()
    first.get_by_role("link", name="Go on with mine").click()
    for place in range(1, len(FORM.items)):
        answer(first, LOW if place < 3 else HIGH)
    first.get_by_label("In your own words").fill("Sound enough, with thin concealment.")
    first.get_by_role("button", name="Finish").click()
    expect(first.get_by_text("Neither sees what the other answered")).to_be_visible()

    second = open_page(width=390, script=False)
    sign_in(second, ROBIN)
    second.goto(address)
    second.get_by_role("button", name="Begin as second rater").click()
    for place in range(len(FORM.items)):
        answer(second, LOW if place == 2 else HIGH)
    second.get_by_role("button", name="Finish").click()
    expect(second.get_by_role("row", name=re.compile("Cohen.s kappa .*How much more than chance"))).to_be_visible()
    expect(second.get_by_role("row", name=re.compile("Gwet.s AC1"))).to_be_visible()
    second.get_by_role("radio", name="Partly").first.check()
    second.get_by_label("Why").first.fill("Envelopes, page 3; nothing more is told.")
    second.get_by_role("button", name="Keep it").first.click()

    first.reload()
    expect(first.get_by_text("Envelopes, page 3; nothing more is told.").first).to_be_visible()
    expect(first.get_by_text(f"{len(FORM.items) - 1} of {len(FORM.items)} questions answered the same.")).to_be_visible()
    assert_accessible(first)
