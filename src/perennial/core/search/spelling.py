"""Words that no title knows, and the known word that is spelled most nearly so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process
from tantivy import Searcher

from perennial.core.search.asked import Group
from perennial.core.search.stems import stems_of

NEAR_ENOUGH, SHORTEST, LONGER_BY = 82.0, 4, 2
SMALL = (
    50_000  # so many works have few enough words to look at all; in a larger index the first letter, or the second, is taken to be right
)
Taken = tuple[tuple[str, str], ...]


class Spelling:
    """The words of an index as one searcher sees it, by their beginning and length, read when they are first asked for."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._words: dict[str, Mapping[int, Sequence[str]]] = {}

    def corrected(self, groups: Sequence[Group], known: Callable[[str], bool]) -> tuple[list[Group], Taken]:
        """The groups with the words that were taken for others, and which: a word in no title gives way to the known word most like it.

        `known` says whether any work has a word in whatever form; then only a word with the same stem is taken for it.
        """
        found, taken = list(groups), []
        for place, group in enumerate(groups):
            if group.phrase or group.practices:
                continue
            for word in group.typed.split():
                near = self._near(word.casefold())
                if near and (stems_of(near) == stems_of(word) or not known(word)):
                    taken.append((word, near))
                    found[place] = Group(near, names=(word,))
        return found, tuple(taken)

    def _near(self, word: str) -> str:
        """The known word that is spelled most nearly so, of several the one of most works; empty where it is known or none is near."""
        if len(word) < SHORTEST or not word.isalpha() or any(self._searcher.doc_freq(field, word) for field in ("words", "authors")):
            return ""
        ranked = process.extract(word, [*self._like(word)], scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=20)
        return max(ranked, key=lambda one: (round(one[1] / 4), self._searcher.doc_freq("words", one[0])))[0] if ranked else ""

    def _like(self, word: str) -> Iterable[str]:
        """Words of about its length."""
        for begin in ("",) if self._searcher.num_docs <= SMALL else sorted({word[0], word[1]}):
            words = self._beginning(begin)
            for length in range(len(word) - LONGER_BY, len(word) + LONGER_BY + 1):
                yield from words.get(length, ())

    def _beginning(self, begin: str) -> Mapping[int, Sequence[str]]:
        if begin not in self._words:
            by_length: dict[int, list[str]] = defaultdict(list)
            for word, _ in self._searcher.terms_with_prefix("words", begin):
                by_length[len(word)].append(word)
            self._words[begin] = by_length
        return self._words[begin]
