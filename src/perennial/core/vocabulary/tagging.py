"""Which practices a work is about, by its MeSH headings and by the names that stand in its text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from perennial.core.vocabulary.folding import folded
from perennial.core.vocabulary.vocabulary import Vocabulary

SHORTEST_ABBREVIATION = 4  # shorter ones stand for too much else: MI is also a heart attack, ACT also a kind of team
CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b")


@dataclass(frozen=True, slots=True)
class Tag:
    """A practice that a work is about, and how that was seen."""

    slug: str
    how: Literal["mesh", "text"]


def tag(vocabulary: Vocabulary, text: str, mesh: Iterable[str] = ()) -> tuple[Tag, ...]:
    """The practices that a work is about: by heading first, in the order of its headings, then by text, in the order of the text.

    Each is given once. `text` is best the title and keywords: an abstract also names what was left out. A longer name that is found
    hides the shorter ones inside it. An abbreviation counts where it has four letters or more, stands in capitals and means one
    practice alone. `mesh` are descriptor names; a qualifier after a slash and a mark of the major topic are left off.
    """
    found: dict[str, Tag] = {}
    for heading in mesh:
        for slug in vocabulary.by_mesh.get(_descriptor(heading), ()):
            found.setdefault(slug, Tag(slug, "mesh"))
    for slug in (*_named(vocabulary, folded(text)), *_shortened(vocabulary, text)):
        found.setdefault(slug, Tag(slug, "text"))
    return tuple(found.values())


@lru_cache(maxsize=65536)
def _descriptor(heading: str) -> str:
    """The name of the descriptor in a heading, without case, qualifier, and the star of a major topic."""
    return heading.partition("/")[0].strip("* ").casefold()


def _named(vocabulary: Vocabulary, words: tuple[str, ...]) -> list[str]:
    """The short names of those whose names stand in the text, the longest name at each place."""
    openings, found, place = vocabulary.openings, list[str](), 0
    while place < len(words):
        step = 1
        for phrase, slug in openings.get(words[place], ()):
            if words[place : place + len(phrase)] == phrase:
                found.append(slug)
                step = len(phrase)
                break
        place += step
    return found


def _shortened(vocabulary: Vocabulary, text: str) -> list[str]:
    """The short names of those whose abbreviation stands in the text, where it can mean nothing else in the vocabulary."""
    found: list[str] = []
    for short in CAPITALS.findall(text):
        if len(short) >= SHORTEST_ABBREVIATION:
            slugs = vocabulary.by_abbreviation.get(folded(short), ())
            found += slugs if len(slugs) == 1 else ()
    return found
