"""Find what is wrong in the Markdown of a section, with file and line."""

import re
from collections.abc import Collection, Iterator

from markdown_it.token import Token

from perennial.core.courses.markdown import BOXES, citations, inside, is_box, parse, tokens_to_read
from perennial.core.values import Problem

CLOSING = re.compile(r":{3,}\s*")


def text_faults(file: str, text: str, known: Collection[str], media: Collection[str] = ()) -> Iterator[Problem]:
    """Every fault of a section's text; `known` are the ids of the course's references, `media` the names of its files."""
    tokens = parse(text, html=True)
    yield from _boxes(file, text, tokens)
    yield from _headings(file, tokens)
    for token, line in inside(tokens):
        where = f"{file}:{line}"
        for cited in citations(token):
            if cited not in known:
                yield Problem(where, f"[@{cited}] is not in the list of references", "Add it to course.toml.")
        fault = _media_fault(token, media) if token.type == "image" else _fault_of(token)
        if fault:
            yield Problem(where, *fault)


def cited_in(text: str) -> frozenset[str]:
    """The ids of all references that the text cites."""
    return frozenset(cited for token, _ in inside(tokens_to_read(text)) for cited in citations(token))


def _fault_of(token: Token) -> tuple[str, str] | None:
    """What is wrong with one token, and how to mend it."""
    if token.type in {"html_block", "html_inline"}:
        return f"raw HTML {token.content.strip()[:40]}", "Write Markdown; put a sign like < into `code`, or a space after."
    if token.type == "link_open" and not str(token.attrGet("href")).startswith(("https://", "#")):
        return f"a link to {token.attrGet('href')}", "Links begin with https://; works belong into the references."
    if token.type == "text" and "[@" in token.content:
        return "a reference that cannot be read", "Write [@id] or [@id; @id2], ids in small letters."
    if token.type == "text" and token.content.startswith(":::"):
        kinds = ", ".join(BOXES)
        return "a box that cannot be read", f"Known kinds: {kinds}; a line ::: alone ends it; a box holds no other box."
    return None


def _media_fault(token: Token, media: Collection[str]) -> tuple[str, str] | None:
    """What is wrong with a place where a file of the course is shown."""
    source = str(token.attrGet("src"))
    if not source.startswith("media/"):
        return f"an image from {source}", "Put the file into media/ and write ![what it shows](media/its-name.png)."
    if source.removeprefix("media/") not in media:
        return f"there is no {source} in the list of media", "Add it to course.toml."
    return None


def _boxes(file: str, text: str, tokens: list[Token]) -> Iterator[Problem]:
    """Boxes that nobody closed."""
    lines = text.split("\n")
    for token in tokens:
        if is_box(token) and token.map:
            start, end = token.map
            if end >= len(lines) or not CLOSING.fullmatch(lines[end].strip()):
                yield Problem(f"{file}:{start + 1}", "this box is never closed", "End it with a line of ::: alone.")


def _headings(file: str, tokens: list[Token]) -> Iterator[Problem]:
    """Headings out of order: the section's title is the first level, so the text begins at the second."""
    last, depth = 1, 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("container_") else 0
        if token.type != "heading_open" or not token.map:
            continue
        level, where = int(token.tag[1]), f"{file}:{token.map[0] + 1}"
        if level == 1:
            yield Problem(where, "a heading of the first level", "Begin at ##; the section's title is above it.")
        elif level > last + 1:
            yield Problem(where, f"a heading of level {level} below level {last}", f"Use {'#' * (last + 1)}.")
        if depth:
            yield Problem(where, "a heading inside a box", "Give it as the title of the box, or in bold.")
        last = level
