"""Tests of the page object and of showing it."""

from dataclasses import FrozenInstanceError, asdict

import pytest
from django.test import RequestFactory

from perennial.ui import Page, show
from perennial.ui.errors import ErrorPage


class Plain(Page):
    """A page whose title stands for the class."""

    template = "ui/error.html"
    title = "Plain"
    says: str = "Nothing."


def test_a_title_of_the_class_is_the_default_and_may_be_given_for_one_page() -> None:
    assert asdict(Plain())["title"] == "Plain"
    assert asdict(Plain(title="Other"))["title"] == "Other"
    assert ErrorPage(title="A", says="b").template == "ui/error.html"


def test_a_page_cannot_be_changed_nor_made_from_places() -> None:
    with pytest.raises(FrozenInstanceError):
        Plain().says = "Changed"  # type: ignore[misc]  # the fault is the point
    with pytest.raises(TypeError):
        Plain("Changed")  # type: ignore[call-arg]  # the fault is the point


def test_showing_a_page_gives_its_status_and_tells_caches_what_it_depends_on(rf: RequestFactory) -> None:
    response = show(rf.get("/"), Plain(says="Look here."), part="results", status=409)
    assert response.status_code == 409
    assert "Look here." in response.content.decode()
    assert "HX-Request" in response["Vary"]
