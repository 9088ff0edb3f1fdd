"""A person drops a folder of certificates, looks at what was read, enters it, and finds the rest the next time."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from perennial.core.proofs.builders import sheets
from tests.journeys.conftest import WORKER_MS
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
LIST = b"Course Title,Date Completed,Hours,Provider,Format\nGrief in Families,2026-05-13,3,Acme Institute,Self-study\n"


def certificates() -> list[Any]:
    """Three certificates, a list, and a file that no one can read."""
    made = list(sheets(1))
    named = [{"name": f"{made[at].layout}.pdf", "mimeType": "application/pdf", "buffer": made[at].pdf()} for at in (1, 0, 6)]
    lists = {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST}
    return [*named, lists, {"name": "odd.bin", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\0"}]


def test_a_folder_of_certificates_becomes_credits(open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]) -> None:
    page = open_page()
    sign_up(page, "shoebox@example.org", "Jo Shoebox")
    page.goto("/record/")
    page.get_by_role("link", name="Drop many at once").click()
    expect(page.get_by_role("heading", name="The shoebox is empty")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Add files").set_input_files(certificates())
    page.get_by_role("button", name="Put them in").click()
    expect(page.get_by_role("heading", name="4 to look at")).to_be_visible(timeout=WORKER_MS)
    expect(page.get_by_text("odd.bin")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Go through them one by one").click()
    expect(page.get_by_label("Title")).to_have_value("Suicide Risk Assessment: From Screening to Safety Planning")
    expect(page.locator("mark").first).to_have_text("Suicide Risk Assessment: From Screening to Safety Planning")
    assert_accessible(page)
    page.get_by_label("Title").press("Enter")  # the first button of the form enters
    expect(page.get_by_text("is in your record.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ethics in Telehealth Practice")).to_be_visible()
    page.get_by_role("button", name="Enter and go on").click()
    expect(page.get_by_text("Choose how").first).to_be_visible()
    page.get_by_role("button", name="Put aside").click()

    page.goto("/record/shoebox/")
    expect(page.get_by_role("heading", name="2 to look at")).to_be_visible()
    page.get_by_role("button", name="Look over all that are complete (2)").click()
    expect(page.get_by_text("2 credits, 7.5 h")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Enter what is ticked").click()
    expect(page.get_by_text("2 credits entered in your record.")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing left to look at")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Your record", exact=True).last.click()
    expect(page.get_by_role("link", name="Grief in Families", exact=True)).to_be_visible()


def test_without_javascript_one_form_takes_all_and_the_rest_is_there_the_next_time(open_page: Callable[..., Page]) -> None:
    page = open_page(script=False)
    sign_up(page, "plainbox@example.org", "Kai Plain")
    page.goto("/record/shoebox/")
    page.get_by_label("Add files").set_input_files(certificates())
    page.get_by_role("button", name="Put them in").click()
    expect(page.get_by_text("5 files taken in.")).to_be_visible()
    while (more := page.get_by_role("button", name="now")).is_visible():  # a slow machine leaves some to read
        more.click()
    page.goto("/record/shoebox/")
    expect(page.get_by_role("heading", name="4 to look at")).to_be_visible()
    page.get_by_text("Empty the shoebox").click()
    page.get_by_role("button", name="Delete all from the shoebox").click()
    expect(page.get_by_role("heading", name="The shoebox is empty")).to_be_visible()
