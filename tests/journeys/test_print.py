"""What is printed is dark ink on white paper, whatever the colors on the screen."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
COLORS = "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
APART_PX = 8
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"


@pytest.mark.parametrize("theme", ["", "dark", "light"])
def test_a_page_prints_black_on_white_on_a_device_in_dark(open_page: Callable[..., Page], theme: str) -> None:
    page = open_page()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto("/requirements/")
    page.evaluate("theme => theme && document.documentElement.setAttribute('data-theme', theme)", theme)
    assert theme == "light" or page.evaluate(COLORS)[0] != WHITE, "it is dark before it is printed"
    page.emulate_media(media="print")
    assert page.evaluate(COLORS) == [WHITE, BLACK]


def test_on_paper_columns_stand_apart_and_no_box_is_left_empty(open_page: Callable[..., Page], site: Site) -> None:
    site.settle()
    page = open_page(width=720)
    page.emulate_media(media="print")
    page.goto("/evidence/?q=debriefing")
    page.locator(".found h3 a").first.click()
    boxes = page.locator(".split").evaluate("one => [...one.children].map(part => part.getBoundingClientRect().toJSON())")
    gaps = [below["top"] - above["bottom"] for above, below in pairwise(boxes)]
    assert gaps
    assert min(gaps) >= APART_PX
    empty = page.locator(".card").evaluate_all(
        "all => all.filter(one => one.innerText.trim().split('\\n').length < 2).map(one => one.innerText)"
    )
    assert empty == []
