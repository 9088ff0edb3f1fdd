"""XML that may be hostile: no document type of its own, no entities, no other files, no network, bounded depth."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from perennial.core.questions.decode import decoded
from perennial.core.questions.found import Aside, Unreadable
from perennial.core.values.late import late

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element  # noqa: SLF001  lxml gives its class of elements no other name
else:
    etree, Element = late("lxml.etree"), Any

BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
DECLARATION = re.compile(r"^\s*<\?xml\b.*?\?>", re.DOTALL)
PLAIN_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[<>]*>")


def parsed(data: bytes, where: str) -> tuple[Element, tuple[Aside, ...]]:
    """The root of an XML file and what was left out of it. Raises Unreadable, naming the line, for all that cannot be read."""
    text, asides = decoded(data, where)
    text = DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    text, left_out = _without_doctype(text, where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser), asides + left_out
    except etree.XMLSyntaxError as fault:
        line, what = fault.lineno or 1, " ".join(str(fault.msg).split())[:160]
        raise Unreadable(f"{where}, line {line}", f"is not well-formed XML: {what}", "Export it anew, or mend that line.") from None


def _without_doctype(text: str, where: str) -> tuple[str, tuple[Aside, ...]]:
    """The text without a document type that only names a file; one that defines entities is refused."""
    found = BEFORE_ROOT.match(text)
    start = found.end() if found else 0
    if not text.startswith("<!DOCTYPE", start):
        return text, ()
    line = text.count("\n", 0, start) + 1
    doctype = PLAIN_DOCTYPE.match(text, start)
    if not doctype:
        what = "carries a DOCTYPE with declarations of its own, which could read other files or fill the memory"
        raise Unreadable(f"{where}, line {line}", what, "Take the DOCTYPE out, or export the file anew.")
    kept = text[:start] + "\n" * doctype[0].count("\n") + text[doctype.end() :]
    return kept, (Aside(f"{where}, line {line}", "names a document type (DOCTYPE)", "It was not read; nothing else needs it.", "changed"),)


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    """Files repeat few tags many times."""
    return tag.rpartition("}")[2]


def children(element: Element, *names: str) -> list[Element]:
    """The elements directly inside, of these names (of any, where none is named)."""
    return [child for child in element if not names or name_of(child) in names]


def child(element: Element | None, name: str) -> Element | None:
    """The first element of this name directly inside."""
    return next(iter(children(element, name)), None) if element is not None else None


def within(element: Element, *names: str) -> list[Element]:
    """The elements of these names at any depth, in order."""
    return [found for found in element.iter() if name_of(found) in names]


def text_of(element: Element | None) -> str:
    """All text inside, as it stands."""
    return "".join(str(part) for part in element.itertext()) if element is not None else ""


def escaped(text: str | None, *, quote: bool = False) -> str:
    """Text as it stands in the source of XML or HTML."""
    text = (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text
