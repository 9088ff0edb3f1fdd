"""Turn a web page of a cartridge into the Markdown of a section."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import nh3

from perennial.core.courses.text_faults import text_faults
from perennial.core.questions.decode import decoded
from perennial.core.questions.found import Aside
from perennial.core.questions.limits import DEEPEST_MARKUP
from perennial.core.questions.plain import ACTIVE, PLAYED
from perennial.core.questions.taken import Page
from perennial.core.values.late import late

if TYPE_CHECKING:
    from lxml import etree
    from lxml import html as lxml_html

    from perennial.core.questions import page_words
else:
    etree, lxml_html = late("lxml.etree"), late("lxml.html")
    page_words = late("perennial.core.questions.page_words")  # markdownify brings two parsers of pages along

TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol",
    "p", "pre", "section", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
CONTENT_LOST = {"script", "style", "title", "head", "template", "object", "embed", "iframe", "svg", "noscript"}
LONGEST_PAGE = 1_000_000
HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*)$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~)", re.MULTILINE)


def page_of(data: bytes, file: str, title: str) -> tuple[Page | None, tuple[Aside, ...]]:
    """The page as a section, and what it lost; no page where it holds no words or cannot be read."""
    text, asides = decoded(data, file)
    if len(text) > LONGEST_PAGE:
        return None, (Aside(file, f"has {len(text):,} characters", f"Split it; a section has at most {LONGEST_PAGE:,}."),)
    root = _tree(text)
    if root is None:
        return None, (Aside(file, "is nested too deeply or is no web page", "Copy its words into a section."),)
    name = title or _title(root) or PurePosixPath(file).stem
    clean = nh3.clean(text, tags=TAGS, clean_content_tags=CONTENT_LOST, attributes={"a": {"href"}, "img": {"alt"}}, link_rel=None)
    markdown = _with_headings(page_words.markdown(clean)).strip()
    if not markdown:
        return None, (*asides, *_lost(root, file), Aside(file, f"'{name[:60]}' holds no words", "Nothing was left to take.", "changed"))
    page = Page(" ".join(name.split())[:120], f"{markdown}\n", file)
    return page, (*asides, *_lost(root, file), *_faults(page))


def _tree(text: str) -> "etree._Element | None":
    """The page as a tree; nothing where it is too deep to walk."""
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    deep = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        deep += 1 if event == "start" else -1
        deepest = max(deepest, deep)
    return root if deepest <= DEEPEST_MARKUP else None


def _title(root: "etree._Element") -> str:
    """The title of the page, else its first heading."""
    for name in ("title", "h1", "h2"):
        for element in root.iter(name):
            words = " ".join("".join(map(str, element.itertext())).split())
            if words:
                return words
    return ""


def _with_headings(markdown: str) -> str:
    """Headings from the second level down, one level at a time; what stands in a code block is left alone."""
    last, coded, lines = 1, False, []
    for line in re.sub(r"\n{3,}", "\n\n", markdown).split("\n"):
        coded ^= bool(FENCE.match(line))
        heading = None if coded else HEADING.fullmatch(line.rstrip())
        if heading:
            last = min(max(2, len(heading[1])), last + 1)
            line = f"{'#' * last} {heading[2]}" if heading[2].strip() else ""
        lines.append(line.rstrip())
    return "\n".join(lines)


def _lost(root: "etree._Element", file: str) -> Iterator[Aside]:
    """Pictures, media and active content, each named."""
    seen: set[str] = set()
    for element in root.iter():
        name = str(element.tag).lower()
        address = str(element.get("src") or element.get("data") or "").partition("?")[0]
        shown = f"<{name}> {'' if address.startswith('data:') else PurePosixPath(address).name[:80]}".strip()
        if shown in seen or name not in PLAYED | (ACTIVE - {"style", "noscript"}):
            continue
        seen.add(shown)
        if name in PLAYED:
            yield Aside(file, f"shows {shown}, which is not in the section", "Upload it under Media and place it in the text.", "changed")
        else:
            yield Aside(file, f"holds {shown}", "Active content is never taken; say it in words.", "changed")


def _faults(page: Page) -> Iterator[Aside]:
    """What a section may not hold and this one does, to be mended in the draft."""
    for fault in text_faults(page.file, page.text, ()):
        yield Aside(fault.where, fault.what, fault.mend, "changed")
