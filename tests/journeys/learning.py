"""How people of the journeys read a course, sit its test, and evaluate it; the answers come from the course's own folder."""

import tomllib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import Locator, Page, expect

COURSE = "ethics-of-telehealth-practice"
TITLE = "Ethics of Telehealth Practice"
READ = "I have read this"


def bank() -> dict[str, Mapping[str, Any]]:
    """The questions of the course by their stem."""
    text = (settings.LIBRARY / "courses" / COURSE / "items.toml").read_text(encoding="utf-8")
    return {squeezed(item["stem"]): item for item in tomllib.loads(text)["items"]}


def squeezed(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def read_on(page: Page) -> None:
    """Say of the open part that it is read; what follows it is there then."""
    here = urlsplit(page.url).path
    page.get_by_role("button", name=READ).click()
    page.wait_for_url(lambda address: urlsplit(address).path != here)


def read_all(page: Page) -> None:
    """Read every part from the first, up to the test."""
    button = page.get_by_role("button", name=READ)
    expect(button).to_be_visible()
    for _ in range(page.get_by_role("navigation", name="Parts of this course").get_by_role("listitem").count() - 1):
        read_on(page)
    expect(page.get_by_role("button", name="Start the test")).to_be_visible()


def questions_on(page: Page) -> list[Locator]:
    """The questions of the open paper."""
    expect(page.get_by_role("button", name="Hand in")).to_be_visible()
    return page.locator("fieldset[data-question]").all()


def stem_of(question: Locator) -> str:
    """The stem of a question on the paper."""
    legend = squeezed(question.locator("legend").inner_text())
    number, _, stem = legend.partition(". ")
    assert number.isdecimal(), legend
    return stem


def options_of(question: Locator, *, right: bool) -> list[str]:
    """The options to tick: all that are right, or the first that is wrong."""
    stems, stem = bank(), stem_of(question)
    item = stems.get(stem) or stems[stem.removesuffix(" Choose all that apply.")]
    options = [squeezed(option["text"]) for option in item["options"] if option["correct"] is right]
    return options if right else options[:1]


def answer(question: Locator, *, right: bool) -> None:
    """Tick the options with the mouse."""
    for text in options_of(question, right=right):
        question.get_by_label(text, exact=True).check()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as a person without a mouse does."""
    for _ in range(120):
        if target.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def choose_by_keyboard(page: Page, question: Locator, text: str) -> None:
    """Go to the question with Tab, and to one of its options with the arrow keys."""
    picks = question.locator("input")
    texts = [squeezed(words) for words in question.locator(".pick").all_inner_texts()]
    tab_to(page, picks.first)
    page.keyboard.press("Space")
    for _ in range(texts.index(text)):
        page.keyboard.press("ArrowDown")
    expect(question.get_by_label(text, exact=True)).to_be_checked()


def evaluate_course(page: Page) -> None:
    """Choose an answer for every statement and say how long it took."""
    expect(page.get_by_label("How many minutes did it take")).to_be_visible()
    for statement in page.locator("fieldset:has(input[type=radio])").all():
        statement.get_by_label("Mostly", exact=True).check()
    page.get_by_label("How many minutes did it take").fill("62")
