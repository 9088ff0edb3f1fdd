"""One typed object for each page, and the one way to show it."""

from dataclasses import dataclass
from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


class Request(HttpRequest):
    """A request from anyone."""

    user: Any


class SignedIn(HttpRequest):
    """A request behind `login_required`: `user` is a Person, never anonymous."""

    user: Any


FRAME = ("title", "nav", "description")


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Frozen:
    """Makes each subclass a frozen dataclass with keywords only; a plain `title = "…"` in it is that field's default."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        notes = get_annotations(cls)
        cls.__annotations__ = {**{name: str for name in FRAME if name in cls.__dict__ and name not in notes}, **notes}
        dataclass(frozen=True, kw_only=True)(cls)


class Page(Frozen):
    """What a template reads, as `page`. A subclass names its `template` and its fields; no decorator is needed.

    `title` stands in the browser's tab and is the reader's first words; `nav` marks the place in the navigation;
    `description` is for search engines. Each may be set for the class (`title = "Courses"`) or for one page (`title=…`).
    """

    template: ClassVar[str] = ""
    title: str = ""
    nav: str = ""
    description: str = ""


def show(request: HttpRequest, page: Page, part: str | None = None, status: int = 200) -> HttpResponse:
    """Answer with `page`; where a script asked for it (header HX-Request) and `part` is named, with that partial alone."""
    swap = part is not None and request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    template = f"{page.template}#{part}" if swap else page.template
    response = render(request, template, {"page": page}, status=status)
    if part is not None:
        patch_vary_headers(response, ["HX-Request"])
    return response
