"""Words that no work knows, and the known word that is spelled most nearly so."""

from collections.abc import Callable, Sequence

import tantivy
from rapidfuzz import fuzz, process

from perennial.core.search.asked import Group
from perennial.core.search.stems import stems_of

NEAR_ENOUGH, SHORTEST, LONGER_BY = 82.0, 4, 2
SMALL = (
    50_000  # so many works have few enough words to look at all; in a larger index the first letter, or the second, is taken to be right
)
Taken = tuple[tuple[str, str], ...]


def spelled(searcher: tantivy.Searcher, groups: Sequence[Group], known: Callable[[str], bool]) -> tuple[list[Group], Taken]:
    """The groups with the words that were taken for others, and which: a word in no title is joined by the known word most like it.

    `known` says whether any work has a word in whatever form; then only a word with the same stem is taken for it.
    """
    found, taken = list(groups), []
    for group in groups:
        if group.phrase or group.practices:
            continue
        for word in group.typed.split():
            near = _near(searcher, word.casefold())
            if near and (stems_of(near) == stems_of(word) or not known(word)):
                taken.append((word, near))
                found.append(Group(near))
    return found, tuple(taken)


def _near(searcher: tantivy.Searcher, word: str) -> str:
    """The known word that is spelled most nearly so, of several the one of most works; empty where it is known or none is near."""
    if len(word) < SHORTEST or not word.isalpha() or any(searcher.doc_freq(field, word) for field in ("words", "authors")):
        return ""
    known: dict[str, int] = {}
    for letters in {""} if searcher.num_docs <= SMALL else {word[0], word[1]}:
        known.update(searcher.terms_with_prefix("words", letters))
    fit = [one for one in known if abs(len(one) - len(word)) <= LONGER_BY]
    ranked = process.extract(word, fit, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=20)
    return max(ranked, key=lambda one: (round(one[1] / 4), known[one[0]]))[0] if ranked else ""
