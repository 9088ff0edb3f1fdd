"""What is printed is dark ink on white paper, whatever the colors on the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey
COLORS = "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
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
