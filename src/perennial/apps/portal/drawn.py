"""Small pieces of HTML and addresses that a page repeats many times, made once per process."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from perennial.ui.templatetags import ui


@lru_cache(maxsize=16)
def leaf(state: str) -> SafeString:
    """The leaf of a state."""
    return ui.leaf(state)


@lru_cache(maxsize=4096)
def citation(source: str, url: str, read: str) -> SafeString:
    """The citation of a source, as the component draws it."""
    return render_to_string("ui/components/cite.html", {"source": source, "url": url, "read": read})


@lru_cache(maxsize=4096)
def address(name: str, *args: int | str) -> str:
    """The address of a page."""
    return reverse(name, args=args)
