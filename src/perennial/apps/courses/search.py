"""Finds courses by words that may be misspelled, begun, or other words for the same thing; an index in memory, without a database.

Every word that is asked for must be found. A word is sought as it is written, as the beginning of a word, and, where neither is
there, as the nearest words by edits (rapidfuzz). Other words for the same thing stand in synonyms.toml: whoever writes one of a
group is found by all of it.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "your"])
MOST_WORDS = 8
SHORTEST_BEGUN, SHORTEST_MISSPELLED = 3, 4
NEAR_ENOUGH, MOST_NEAR = 0.7, 3
SAME, BEGUN, NEAR = 1.0, 0.6, 0.4
SYNONYM_WEIGHT = 1
SYNONYMS = Path(__file__).with_name("synonyms.toml")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: a score for each document, and for each word that stands nowhere the word that was taken for it."""

    scores: Mapping[int, float]
    instead: tuple[tuple[str, str], ...] = ()


def words_of(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark)))


class Index:
    """Documents by their words; `keep` and `drop` change it, `find` asks it."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[str, ...]] = {}
        self._weights: dict[str, dict[int, int]] = defaultdict(dict)
        self._sorted: list[str] = []

    def keep(self, document: int, texts: Iterable[tuple[str, int]]) -> None:
        """Take up a document: its texts, each with the weight of its words."""
        texts = tuple(texts)
        told = [(words_of(text), weight) for text, weight in texts]
        told.append((_other_words([words for words, _ in told]), SYNONYM_WEIGHT))
        for words, weight in told:
            for word in words:
                there = self._weights.get(word)
                if there is None:
                    there = self._weights[word] = {}
                    insort(self._sorted, word)
                there[document] = max(there.get(document, 0), weight)
        self._kept[document] = tuple({word for words, _ in told for word in words})

    def drop(self, document: int) -> None:
        """Leave a document out."""
        for word in self._kept.pop(document, ()):
            there = self._weights[word]
            del there[document]
            if not there:
                del self._weights[word]
                del self._sorted[bisect_left(self._sorted, word)]

    def find(self, asked: str) -> Found:
        """The documents that hold every word asked for, or one near it; nothing for a text without a word."""
        words = words_of(asked)[:MOST_WORDS]
        found = self._all(words)
        for other in _said_otherwise(words):
            more = self._all(other)
            if more.scores:
                scores = {
                    place: max(more.scores.get(place, 0.0), found.scores.get(place, 0.0)) for place in {**more.scores, **found.scores}
                }
                found = Found(scores, found.instead if found.scores else more.instead)
        return found

    def _all(self, words: Sequence[str]) -> Found:
        """The documents that hold every one of these words."""
        words = list(dict.fromkeys(words))
        words = [word for word in words if word not in SMALL] or words
        scores: dict[int, float] | None = None
        instead = []
        for word in words:
            found, taken = self._word(word)
            if taken:
                instead.append((word, taken))
            scores = found if scores is None else {place: scores[place] + one for place, one in found.items() if place in scores}
        return Found(scores or {}, tuple(instead))

    def _word(self, word: str) -> tuple[dict[int, float], str]:
        """Documents by how well they answer one word, and the nearest word where it stands nowhere."""
        found = {place: weight * SAME for place, weight in self._weights.get(word, {}).items()}
        if len(word) >= SHORTEST_BEGUN:
            for begun in self._begun(word):
                self._add(found, begun, BEGUN)
        if found or len(word) < SHORTEST_MISSPELLED or word.isdecimal():
            return found, ""
        near = process.extract(word, self._sorted, scorer=OSA.normalized_similarity, score_cutoff=NEAR_ENOUGH, limit=MOST_NEAR)
        best = max((score for _, score, _ in near), default=0.0)
        taken = [(other, score) for other, score, _ in near if score == best]
        for other, score in taken:
            self._add(found, other, NEAR * score)
        return found, taken[0][0] if taken else ""

    def _begun(self, word: str) -> Sequence[str]:
        start = bisect_left(self._sorted, word)
        end = bisect_left(self._sorted, word + "\U0010ffff")
        return self._sorted[start:end]

    def _add(self, found: dict[int, float], word: str, by: float) -> None:
        for place, weight in self._weights[word].items():
            found[place] = max(found.get(place, 0.0), weight * by)


def _other_words(told: Sequence[Sequence[str]]) -> list[str]:
    """The single words of every group of synonyms that has one of its phrases in the texts."""
    runs = [f" {' '.join(words)} " for words in told]
    here = {word for words in told for word in words}
    return [
        phrase[0]
        for phrases in _groups()
        if any(phrase[0] in here and any(f" {' '.join(phrase)} " in run for run in runs) for phrase in phrases)
        for phrase in phrases
        if len(phrase) == 1
    ]


def _said_otherwise(words: Sequence[str]) -> list[list[str]]:
    """The words with a phrase of several, where there is one, put as the first single word of its group."""
    run = f" {' '.join(words)} "
    return [
        run.replace(f" {' '.join(phrase)} ", f" {single[0]} ").split()
        for phrases in _groups()
        if (single := next((phrase for phrase in phrases if len(phrase) == 1), None))
        for phrase in phrases
        if len(phrase) > 1 and f" {' '.join(phrase)} " in run
    ]


@cache
def _groups() -> tuple[tuple[tuple[str, ...], ...], ...]:
    groups = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["groups"]
    return tuple(tuple(tuple(words_of(phrase)) for phrase in group) for group in groups)
