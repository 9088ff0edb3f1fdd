"""The words of a web page as our Markdown. Imported late: markdownify brings two parsers of pages along, 5 MB."""

import re
from typing import Any

from markdownify import ATX, MarkdownConverter


def markdown(clean: str) -> str:
    """The Markdown of a page that holds none but the tags we take."""
    return str(_Markdown(heading_style=ATX, bullets="-", strip=["span", "div", "section"]).convert(clean))


class _Markdown(MarkdownConverter):
    """Markdown as our sections have it: no pictures, no raw HTML, links to https alone."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Signs that would become something else."""
        escaped = super().escape(text, parent_tags)  # type: ignore[misc]  # its stub leaves the method out
        return re.sub(r"(?=[<\[\]])", r"\\", str(escaped)).replace(":::", "\\:::")

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """What the picture shows, where the page says so."""
        alt = " ".join(str(el.attrs.get("alt") or "").split())
        return f"\\[{self.escape(alt, parent_tags)}\\]" if alt else ""

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """A link that a section may have; else its words, with the address after them where it leads out."""
        address = str(el.attrs.get("href") or "").strip()
        if address.startswith("https://"):
            return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]  # the same
        return f"{text} ({self.escape(address, parent_tags)})" if address.startswith(("http://", "mailto:")) else text
