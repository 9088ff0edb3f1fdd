"""The length of a course by each method, for the page where its hours are claimed."""

from collections.abc import Sequence
from dataclasses import dataclass

from perennial.core import courses as core
from perennial.core.approval import METHODS, Minutes, computed_length, minutes_from_words
from perennial.core.values.words import counted


@dataclass(frozen=True, slots=True)
class Length:
    """One method: its name, the minutes that it gives, and whether the course claims by it."""

    name: str
    minutes: str
    claimed: bool


def lengths_of(course: core.Course | None, texts: Sequence[str]) -> Sequence[Length]:
    """Every method that gives a length, the claimed one marked; while the course cannot be read, that of its words alone."""
    if course is None:
        words = sum(core.counted_words(text) for text in texts)
        return [Length(f"{METHODS['words_6000']} ({counted(words, 'word')})", _said(minutes_from_words(words)), claimed=False)]
    found = computed_length(course)
    more = {"words_6000": f" ({counted(found.words, 'word')})", "pilot": f" ({counted(len(found.pilots), 'reader')})"}
    return [
        Length(f"{METHODS[method]}{more.get(method, '')}", _said(found.by(method)), claimed=method == found.claimed)
        for method in found.known
    ]


def _said(minutes: Minutes) -> str:
    """Minutes in words, to a tenth."""
    return counted(round(minutes.amount, 1), "minute")
