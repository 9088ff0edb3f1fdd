"""A trial database is brought, explored and read in plain words; its address gives the same analysis to somebody else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from perennial.core.synthesis.builders import csv_of, trials
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
LOW_PX = 560
LEAST_PX = 11  # of words in a figure


def wider_than_their_place(page: Page) -> list[str]:
    """The figures that would have to be scrolled sideways."""
    found: list[str] = page.locator("figure.pooled").evaluate_all(
        """all => all.filter(one => [...one.children].some(part => part.scrollWidth > part.clientWidth)).map(one => one.dataset.figure)"""
    )
    return found


def smallest_words(page: Page) -> float:
    """The size on the screen, in pixels, of the smallest words in the figures that show."""
    sizes: list[float] = page.locator("figure.pooled text").evaluate_all(
        """all => all.filter(one => one.getBoundingClientRect().width)
          .map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().d)"""
    )
    return min(sizes)


def reachable_in_a_low_window(page: Page) -> None:
    """The choices stay beside the figures, so all of them and their button must be in sight without the end of the page."""
    size = page.viewport_size
    page.set_viewport_size({"width": 1280, "height": LOW_PX})
    page.evaluate("window.scrollTo(0, 900)")
    expect(page.get_by_role("button", name="Pool these")).to_be_in_viewport(ratio=1)
    page.get_by_text("How it is reckoned").focus()
    expect(page.get_by_text("How it is reckoned")).to_be_in_viewport(ratio=1)
    if size:
        page.set_viewport_size(size)


def bring(page: Page, folder: Path) -> None:
    """Bring a file in the format of Metapsy: semicolons, decimal commas, letters of latin-1."""
    file = folder / "trials.csv"
    file.write_bytes(csv_of(trials()))
    page.goto("/trials/bring/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Title").fill("Sample therapy against control")
    page.get_by_label("Whose data they are").fill("Made up for a journey")
    page.get_by_role("button", name="Bring it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What was read")
    expect(page.get_by_role("main")).to_contain_text("measured at follow-up")
    page.get_by_role("link", name="Explore it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sample therapy against control")


def test_a_trial_database_from_the_file_to_a_shared_address(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = open_page()
    sign_up(page, "tess@example.org", "Tess Sample")
    bring(page, tmp_path)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Over 14 studies")
    expect(main).to_contain_text("a positive number favors therapy", ignore_case=True)
    assert_accessible(page)
    page.get_by_role("checkbox", name=re.compile("Cognitive behavioral")).check()
    page.get_by_label("Of 100 people, how many").fill("40")
    page.get_by_role("button", name="Pool these").click()
    expect(main).to_contain_text("Over 7 studies")
    expect(main).to_contain_text("If 40 of 100 are well without therapy")
    expect(page.get_by_role("img", name=re.compile("100 leaves: 40 are well either way"))).to_be_visible()
    assert_accessible(page)
    reachable_in_a_low_window(page)
    with page.expect_download() as saved:
        page.locator("section", has=page.get_by_role("heading", name="Study by study")).get_by_role(
            "link", name="Study by study as CSV"
        ).click()
    assert "Made up for a journey" in Path(saved.value.path()).read_text(encoding="utf-8-sig")
    address = page.get_by_label("The address of this analysis").input_value()
    page.get_by_role("button", name="Make a link for others").click()
    told = page.get_by_role("status").filter(has_text="Whoever has this address").inner_text()
    key = re.search(r"key=[\w-]+", told)
    assert key
    other = open_page(width=390, script=False)
    other.goto(f"{address}&{key.group()}")
    expect(other.get_by_role("main")).to_contain_text("Over 7 studies")
    expect(other.get_by_role("main")).to_contain_text("If 40 of 100 are well without therapy")
    expect(other.get_by_role("img", name=re.compile("^Funnel plot"))).to_be_visible()
    assert wider_than_their_place(other) == []
    other.set_viewport_size({"width": 320, "height": 800})
    assert smallest_words(other) >= LEAST_PX
    assert wider_than_their_place(other) == []
    other.goto(address)
    expect(other.get_by_role("main")).not_to_contain_text("Over 7 studies")
