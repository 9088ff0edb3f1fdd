"""Render a section as safe HTML for `.prose`: numbered references with a way back, boxes, tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from markdown_it.token import Token

from perennial.core.courses.course import Course, Reference, Section
from perennial.core.courses.markdown import BOXES, box_title, citations, inside, is_box, parse, to_html
from perennial.core.courses.sanitize import safe
from perennial.core.courses.showing import place_media


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the section: the anchor to link to, its words, and its level, 2 or deeper."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference under its number in this section, with the anchors of the places that cite it."""

    number: int
    reference: Reference
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """A section ready for a page: safe HTML of text and of the list of references, and what is in them."""

    html: str
    references_html: str
    headings: tuple[Heading, ...]
    references: tuple[Cited, ...]


def render_section(course: Course, section: Section, media_at: str = "") -> RenderedSection:
    """The section as safe HTML. References are numbered anew in each section, in the order they are cited.

    The title of the section is not in it: it is the page's first heading. `media_at` is the address before the names of the
    course's media, such as `/courses/x/media/`; without one their titles stand for them.
    """
    tokens = parse(section.text)
    cited = _number(tokens, course.reference_of)
    place_media(tokens, course.media, media_at)
    headings = _anchor_headings(tokens)
    _dress_boxes(tokens)
    _dress_tables(tokens)
    _mark_links(tokens)
    return RenderedSection(safe(to_html(tokens)), safe(_list(cited)), headings, cited)


def render_text(course: Course, text: str, media_at: str = "") -> str:
    """A shorter text of the course, such as a step of a case, as safe HTML without references."""
    tokens = parse(text)
    _dress_boxes(tokens)
    _dress_tables(tokens)
    _mark_links(tokens)
    place_media(tokens, course.media, media_at)
    return safe(to_html(tokens))


def _number(tokens: list[Token], known: Mapping[str, Reference]) -> tuple[Cited, ...]:
    """Give every citation its number and anchor; what is not in the list of references is left out."""
    anchors: dict[str, list[str]] = {}
    for token, _ in inside(tokens):
        links = []
        for cited in citations(token):
            if cited not in known:
                continue
            places = anchors.setdefault(cited, [])
            places.append(f"cite-{cited}-{len(places) + 1}")
            number = list(anchors).index(cited) + 1
            links.append(f'<a href="#ref-{cited}" id="{places[-1]}" aria-label="Reference {number}">{number}</a>')
        token.meta["html"] = f"<sup>{' '.join(links)}</sup>" if links else ""
    return tuple(Cited(number, known[key], tuple(anchors[key])) for number, key in enumerate(anchors, 1))


def _list(cited: tuple[Cited, ...]) -> str:
    """The references as a numbered list, each with its address and the way back to the text."""
    if not cited:
        return ""
    return f'<ol class="note">{"".join(_entry(entry) for entry in cited)}</ol>'


def _entry(entry: Cited) -> str:
    reference = entry.reference
    shown = f"doi:{reference.doi}" if reference.doi else reference.url
    address = f' <a href="{escape(reference.address)}" rel="noreferrer">{escape(shown)}</a>' if shown else ""
    back = [_back(entry.number, place, anchor, len(entry.anchors)) for place, anchor in enumerate(entry.anchors, 1)]
    return f'<li id="ref-{escape(reference.id)}">{escape(reference.text)}{address} {" ".join(back)}</li>'


def _back(number: int, place: int, anchor: str, places: int) -> str:
    which = f", place {place}" if places > 1 else ""
    return f'<a href="#{escape(anchor)}" aria-label="Back to the text, reference {number}{which}">Back to the text{which}</a>'


def _anchor_headings(tokens: list[Token]) -> tuple[Heading, ...]:
    """Give every heading an anchor of its own words."""
    found: list[Heading] = []
    for token, content in pairwise(tokens):
        if token.type != "heading_open":
            continue
        text = "".join(child.content for child in content.children or () if child.type in {"text", "code_inline"})
        base = "at-" + (re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "part")
        same = sum(re.fullmatch(re.escape(base) + r"(-\d+)?", heading.anchor) is not None for heading in found)
        anchor = f"{base}-{same + 1}" if same else base
        token.attrSet("id", anchor)
        found.append(Heading(anchor, text, int(token.tag[1])))
    return tuple(found)


def _dress_boxes(tokens: list[Token]) -> None:
    """Turn boxes into panels, each named by its title, one heading level below the text around it."""
    level, boxes = 1, 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        if not is_box(token):
            continue
        boxes += 1
        kind, title = box_title(token)
        name = f"box-{boxes}"
        for key, value in (("class", "panel"), ("data-kind", kind), ("role", "note"), ("aria-labelledby", name)):
            token.attrSet(key, value)
        eyebrow = f'<p class="eyebrow">{BOXES[kind]}</p>' if title else ""
        tag = f"h{min(level + 1, 6)}"
        token.meta["html"] = f'{eyebrow}<{tag} id="{name}">{escape(title or BOXES[kind])}</{tag}>'


def _dress_tables(tokens: list[Token]) -> None:
    """Let wide tables scroll by keyboard, name what heads a column, and mark columns of figures."""
    tables = 0
    for token in tokens:
        if token.type == "table_open":
            tables += 1
            token.attrSet("class", "table")
            token.meta["label"] = f"Table {tables}"
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in {"th_open", "td_open"} and token.attrs.pop("style", None) == "text-align:right":
            token.attrSet("class", "n")


def _mark_links(tokens: list[Token]) -> None:
    """Tell other sites nothing about the reader."""
    for token, _ in inside(tokens):
        if token.type == "link_open" and not str(token.attrGet("href")).startswith("#"):
            token.attrSet("rel", "noreferrer")
