"""A part's data as lines of words, and two states of it compared word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from perennial.apps.desk.parts import Data

WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 40_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed (same), came (new) or went (old)."""

    kind: str
    words: str


def lines_of(data: Data, before: str = "") -> list[str]:
    """What a part holds, as lines `name: value`; tables in lists are counted from 1."""
    found = []
    for name, value in data.items():
        found += _lines(f"{before}{name.replace('_', ' ')}", value)
    return found


def _lines(name: str, value: Any) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if isinstance(value, dict):
        return lines_of(value, f"{name}, ")
    if isinstance(value, list):
        if all(isinstance(entry, str) for entry in value):
            return [f"{name}: {', '.join(value)}"]
        return [line for place, entry in enumerate(value, 1) for line in _lines(f"{name} {place}", entry)]
    if isinstance(value, bool):
        return [f"{name}: {'yes' if value else 'no'}"]
    return [f"{name}: {value}"]


def compared(old: Data, new: Data) -> list[Piece]:
    """The way from one state to another, word by word."""
    before, after = _words(old), _words(new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = _whole_lines(old), _whole_lines(new)
    pieces: list[Piece] = []
    for what, a_from, a_to, b_from, b_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", _near("".join(before[a_from:a_to]))))
            continue
        if a_to > a_from:
            pieces.append(Piece("old", "".join(before[a_from:a_to])))
        if b_to > b_from:
            pieces.append(Piece("new", "".join(after[b_from:b_to])))
    return pieces


def _words(data: Data) -> Sequence[str]:
    return WORD.findall("\n".join(lines_of(data)))


def _whole_lines(data: Data) -> Sequence[str]:
    return [f"{line}\n" for line in "\n".join(lines_of(data)).split("\n")]


def _near(words: str, kept: int = 300) -> str:
    """What stayed, without the middle of long stretches."""
    return words if len(words) <= 2 * kept + 20 else f"{words[:kept]} […] {words[-kept:]}"
