"""Reading as a learner does it: find a misspelled course, highlight, keep the course, go offline, read and answer, come back."""

from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learning import COURSE, READ, TITLE, questions_on, read_on
from tests.journeys.people import PASSWORD, is_in, sign_in, sign_up

pytestmark = pytest.mark.journey
EMAIL, NAME = "lee@example.org", "Lee Learner"
WRITTEN = "Written on a train without a connection."


def test_a_course_kept_offline_is_read_answered_and_sent_once(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page()
    sign_up(page, EMAIL, NAME)
    find_it(page, assert_accessible)
    mark_a_passage(page, assert_accessible)
    read_all_but_the_last(page)
    keep_it(page, assert_accessible)
    go_away_and_read(page)
    answered = start_and_answer_offline(page)
    everything_arrived_once(open_page(), answered)
    sign_out_and_see_nothing_left(page)


def find_it(page: Page, accessible: Callable[[Page], None]) -> None:
    """A misspelled search finds the course; it begins."""
    page.goto("/courses/?q=telehaelth+ehtics")
    accessible(page)
    expect(page.get_by_text("Did you mean “telehealth”?")).to_be_visible()
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("button", name="Start the course").click()
    page.wait_for_url("**/read/01-*/")


def mark_a_passage(page: Page, accessible: Callable[[Page], None]) -> None:
    """What is selected is highlighted, is there after a reload, and is on the page of notes."""
    paragraph = page.locator(".prose > p").first
    expect(page.locator("[data-more]")).to_be_visible()
    paragraph.evaluate("it => { const range = document.createRange(); range.selectNodeContents(it); getSelection().addRange(range); }")
    page.get_by_role("button", name="Highlight", exact=True).click()
    expect(page.get_by_text("Highlighted.")).to_be_visible()
    page.reload()
    expect(page.locator("mark[data-uid]")).to_have_text(paragraph.inner_text())
    words = paragraph.inner_text()
    page.route(
        "**/read/01-*/", lambda route: route.fulfill(body=route.fetch().text().replace(f"<p>{words[:40]}", f"<p>Edited, {words[5:40]}"))
    )
    page.reload()
    expect(page.locator("mark[data-uid]")).to_contain_text("Edited, ")  # a small edit of the passage does not lose it
    page.unroute_all()
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys while you read")).to_be_visible()
    page.keyboard.press("Escape")
    accessible(page)
    page.get_by_role("link", name="All notes of this course").click()
    expect(page.get_by_role("blockquote")).to_have_text(paragraph_text(page))
    accessible(page)
    page.go_back()


def paragraph_text(page: Page) -> str:
    """The one passage that the page of notes shows."""
    return page.locator(".passage blockquote").inner_text()


def read_all_but_the_last(page: Page) -> None:
    """All parts but one are read while connected."""
    for _ in range(8):
        read_on(page)
    expect(page.get_by_role("button", name=f"{READ}: go to the test")).to_be_visible()


def keep_it(page: Page, accessible: Callable[[Page], None]) -> None:
    """The course says how much of it is on the device."""
    page.goto(f"/courses/{COURSE}/")
    page.get_by_role("button", name="Keep this course offline").click()
    expect(page.get_by_text("On this device: 11 pages")).to_be_visible()
    accessible(page)


def go_away_and_read(page: Page) -> None:
    """Without a connection pages come from the device, the note and the last part wait, and come back they are sent."""
    page.context.set_offline(True)
    page.get_by_role("link", name="Go on reading").click()
    page.wait_for_url("**/read/09-*/*")
    page.get_by_label("On this part").fill(WRITTEN)
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_text("1 note waits to be sent.")).to_be_visible()
    page.goto("/dashboard/")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("On this part")).to_have_value(WRITTEN)
    page.get_by_role("button", name=f"{READ}: go to the test").click()
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()  # the test is opened by the site alone
    page.context.set_offline(False)
    expect(page.get_by_text("What you did offline is sent.")).to_be_visible()
    page.goto(f"/courses/{COURSE}/test/")
    expect(page.get_by_role("button", name="Start the test")).to_be_visible()


def start_and_answer_offline(page: Page) -> list[str]:
    """A started test is answered offline, and its answers stay through a reload and are sent once; gives what was chosen."""
    page.get_by_role("button", name="Start the test").click()
    expect(page.get_by_role("button", name="Hand in")).to_be_visible()
    page.reload()
    expect(page.locator("[data-count]")).to_have_text("0 of 10 answered")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    chosen = []
    for question in questions_on(page)[:3]:
        box = question.locator("input").nth(1)
        box.check()
        chosen.append(f"{box.get_attribute('name')}={box.get_attribute('value')}")
    expect(page.get_by_text("3 answers wait to be sent.")).to_be_visible()
    page.reload()
    expect(page.locator("fieldset input:checked")).to_have_count(3)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("You are offline. Your answers wait on this device")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" and "/answers/" in request.url else None)
    page.context.set_offline(False)
    expect(page.locator("[data-count]")).to_have_text("3 of 10 answered")
    expect(page.get_by_text("wait to be sent")).to_be_hidden()
    assert len(set(sent)) == 3
    return chosen


def everything_arrived_once(page: Page, chosen: list[str]) -> None:
    """On another device the same person finds the note, the part read, and the three answers."""
    sign_in(page, (EMAIL, NAME), PASSWORD)
    page.goto(f"/courses/{COURSE}/test/")
    boxes = page.locator("fieldset input:checked")
    expect(boxes).to_have_count(3)
    assert [f"{box.get_attribute('name')}={box.get_attribute('value')}" for box in boxes.all()] == chosen
    page.goto(f"/courses/{COURSE}/notes/")
    expect(page.get_by_text(WRITTEN)).to_have_count(1)


def sign_out_and_see_nothing_left(page: Page) -> None:
    """Signing out takes everything off the device."""
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    nothing_is_left(page)


def nothing_is_left(page: Page) -> None:
    """Wait until the device holds nothing; `wait_for_function` takes the promise itself for a yes."""
    until = monotonic() + 30
    while (left := page.evaluate("async () => [...(await caches.keys()), ...Object.keys(localStorage)]")) and monotonic() < until:
        page.wait_for_timeout(100)
    assert left == []


VOICE = """
globalThis.said = [];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: {
  speak(saying) { said.push([saying.text, saying.rate]); this.end = () => saying.onend?.(); }, cancel() {},
} });"""  # the browser of the journeys has no voice: what it is asked to say is written down instead


def test_a_visitor_has_it_read_aloud_and_chooses_how_the_text_looks(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.add_init_script(VOICE)
    page.goto(f"/courses/{COURSE}/read/01-where-everyone-is/")
    page.keyboard.press("s")
    expect(page.locator("[data-spoken]")).to_have_count(1)
    tops = page.locator(".reading-tools :is(summary, .btn, select):visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(one => Math.round((one.top + one.bottom) / 2))"
    )
    assert max(tops) - min(tops) < 6  # the tools stand in one row, also while it is read aloud
    first = page.locator("[data-spoken]").inner_text()
    page.evaluate("speechSynthesis.end()")
    expect(page.locator("[data-spoken]")).not_to_have_text(first)
    page.get_by_label("How fast it is read aloud").select_option("1.5")
    page.get_by_role("button", name="Pause").click()
    page.evaluate("speechSynthesis.end()")
    page.get_by_role("button", name="Go on").click()
    said = page.evaluate("said")
    assert said[1][0] == said[2][0] == said[3][0]  # what was interrupted is said again, and a pause does not skip
    assert [rate for _, rate in said] == [1, 1, 1.5, 1.5]
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-spoken]")).to_have_count(0)
    page.keyboard.press("t")
    for choice in ("Largest", "Further apart, for dyslexia"):
        page.get_by_label(choice).check()
    page.get_by_role("group", name="Keys of one letter").get_by_label("Off").check()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    page.goto(f"/courses/{COURSE}/read/02-is-this-the-right-channel/")
    expect(page.locator("[data-text]")).to_have_attribute("data-size", "largest")
    expect(page.locator("[data-text]")).to_have_attribute("data-letters", "apart")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_another_person_on_the_device_never_sees_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_up(page, "first@example.org", "First Reader")
    page.goto(f"/courses/{COURSE}/")
    page.get_by_role("button", name="Start the course").click()
    page.wait_for_url("**/read/**")
    page.goto(f"/courses/{COURSE}/")
    page.get_by_role("button", name="Keep this course offline").click()
    expect(page.get_by_text("On this device: 11 pages")).to_be_visible()
    page.context.clear_cookies()  # the session ends without signing out
    page.add_init_script("if (!sessionStorage.seen) caches.keys = () => new Promise(() => {});")  # left in the midst of clearing
    sign_up(page, "second@example.org", "Second Reader")
    is_in(page, "Second Reader")
    page.evaluate("sessionStorage.seen = 1")
    page.goto("/courses/")
    nothing_is_left(page)
