"""A question about the person: asked where a license is added, not known until it is answered, answered without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
QUESTION = "Do you supervise licensees, associates or trainees toward licensure?"


def test_a_question_waits_until_it_is_answered(open_page: Callable[..., Page]) -> None:
    page = open_page(script=False)
    sign_up(page, "questions@example.org", "Questions Example")
    page.goto("/licenses/add/?state=TX&profession=clinical_social_worker")
    expect(page.get_by_role("group", name=QUESTION).get_by_label("Not sure")).to_be_checked()
    page.get_by_label("License ends on").fill("2028-06-30")
    page.get_by_label("First issued on").fill("2018-10-31")
    page.get_by_role("button", name="Follow this license").click()
    expect(page.get_by_text(f"Not known until you answer: {QUESTION}").first).to_be_visible()
    page.get_by_role("link", name="Answer it").first.click()
    expect(page).to_have_url(re.compile("/licenses/questions/#q-supervisor$"))
    page.get_by_role("group", name=QUESTION).get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Keep the answers").press("Enter")
    expect(page.get_by_role("group", name=QUESTION).get_by_label("No", exact=True)).to_be_checked()
    page.get_by_text("What depends on it: 1").click()
    page.get_by_role("link", name="Texas").first.click()
    expect(page.get_by_text("Not known until you answer")).to_have_count(0)


def test_the_questions_and_what_will_change_are_accessible(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page()
    sign_up(page, "changes@example.org", "Changes Example")
    page.goto("/licenses/add/?state=IL&profession=clinical_social_worker&expires=2027-11-30&issued=2018-10-31&renewal=4")
    assert_accessible(page)
    page.get_by_role("button", name="Follow this license").click()
    expect(page.get_by_role("heading", name="This changes on 30 November 2027")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="What changed when").click()
    expect(page.get_by_role("heading", name="Still ahead")).to_be_visible()
    assert_accessible(page)
    page.goto("/licenses/questions/")
    assert_accessible(page)
