"""A document as values, and the PDF that it makes. No Django here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perennial.core.values.late import late
from perennial.core.values.typefaces import each_string, shown
from perennial.core.values.typesetting import typefaces, typeset

if TYPE_CHECKING:
    import typst
else:
    typst = late("typst")

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 begins a part, 3 stands below it."""

    words: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `soft` is smaller and lighter."""

    words: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    points: Sequence[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a head. `wide` names the columns, counted from 0, that share the width; numbers stand at the end."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    wide: Sequence[int] = (0,)
    numbers: Sequence[int] = ()


Block = Heading | Words | Points | Rows


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: title, what it is about, rows of what and value on its first page, and the blocks that follow."""

    title: str
    about: str
    day: date
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    foot: str = ""


def pdf_of(document: Document) -> bytes:
    """The document as a tagged PDF (PDF/UA-1 and PDF/A-2a are asked of the typesetter); the same document gives the same bytes.

    Characters that the built-in typefaces cannot draw are shown by their Unicode numbers.
    """
    return typeset(each_string(_plain(document), _shown), _compile, set())


def _shown(text: str) -> str:
    """Text without characters that show nothing; lines stay lines."""
    return "\n".join(shown(line) for line in text.split("\n"))


def _plain(document: Document) -> dict[str, Any]:
    """The document as JSON holds it."""
    return {
        "title": document.title,
        "about": document.about,
        "date": [document.day.year, document.day.month, document.day.day],
        "facts": [list(row) for row in document.facts],
        "foot": document.foot or document.title,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> Mapping[str, Any]:
    match block:
        case Heading(words, level):
            return {"kind": "heading", "words": words, "level": level}
        case Words(words, soft):
            return {"kind": "words", "words": words, "soft": soft}
        case Points(points):
            return {"kind": "points", "points": list(points)}
        case Rows(head, rows, wide, numbers):
            return {
                "kind": "rows",
                "head": list(head),
                "rows": [list(row) for row in rows],
                "columns": ["wide" if place in wide else "auto" for place in range(len(head))],
                "align": ["end" if place in numbers else "start" for place in range(len(head))],
            }


def _compile(document: dict[str, Any]) -> bytes:
    made = typst.compile(
        _template(), format="pdf", pdf_standards=["ua-1", "a-2a"], sys_inputs={"document": json.dumps(document)}, font_paths=typefaces()
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave several files for one")
    return made


@cache
def _template() -> bytes:
    return (HERE / "document.typ").read_bytes()
