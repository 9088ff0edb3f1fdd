"""What is asked of the search: words, phrases, what must not be, and filters; and the other names of what was typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from perennial.core.vocabulary import Vocabulary, expand, folded

PIECES = re.compile(r'(-?)"([^"]*)"|(\S+)')
NOT = re.compile(r"(?<!\S)NOT\s+(?=[^\s-])")  # as databases of literature write what must not be
LONGEST, MOST_WORDS, MOST_NAMES = 400, 24, 12
WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
# Words that tell nothing of what is looked for; they count only where nothing else is asked.
LITTLE_WORDS = (
    "a an and are as at be been between by can cannot could do does for from had has have how if in into is it its may me my no not of on "
    "or our over than that the their them then there these they this to us was we were what when where which while who whom whose why will "
    "with would you"
)
LITTLE = frozenset(LITTLE_WORDS.split())


class Order(StrEnum):
    """In which order hits come."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Group:
    """Words that belong together: as typed, whether as a phrase, and other names of the same thing with its short names on the map."""

    typed: str
    phrase: bool = False
    names: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A search. Filters that are empty or None ask nothing; `practices` are alternatives."""

    text: str = ""
    groups: tuple[Group, ...] = ()
    without: tuple[str, ...] = ()
    practices: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    from_year: int | None = None
    to_year: int | None = None
    free: bool = False
    standing_only: bool = False  # nothing retracted
    after: int | None = None  # entered after this one: keys grow with each work that enters
    through: int | None = None  # entered no later than this one
    order: Order = Order.BEST


def read_asked(text: str, vocabulary: Vocabulary | None = None) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """The groups of words in what somebody typed, and the words that must not be there.

    "a phrase" stays together, -word and NOT word must not be there, all else is words; names of the map are found among them, with
    their other names.
    """
    groups: list[Group] = []
    without: list[str] = []
    loose: list[str] = []
    for minus, phrase, word in PIECES.findall(NOT.sub("-", text[:LONGEST])):
        if word and word.startswith("-") and len(word) > 1:
            without.extend(WORD.findall(word[1:]))
        elif word:
            loose.extend(WORD.findall(word))
        elif minus:
            without.append(phrase)
        elif phrase.strip():
            groups.append(_named(" ".join(WORD.findall(phrase)), vocabulary, phrase=True))
    groups.extend(_loose(loose[:MOST_WORDS], vocabulary))
    groups = [group for group in groups if group.typed]
    telling = [group for group in groups if group.typed.casefold() not in LITTLE]
    return tuple(telling or groups), tuple(without[:MOST_WORDS])


def _loose(words: Sequence[str], vocabulary: Vocabulary | None) -> list[Group]:
    if vocabulary is None:
        return [Group(word) for word in words]
    found, place = [], 0
    while place < len(words):
        length = _longest(words[place:], vocabulary)
        found.append(_named(" ".join(words[place : place + length]), vocabulary, phrase=False))
        place += length
    return found


def _longest(words: Sequence[str], vocabulary: Vocabulary) -> int:
    """How many of the next words together are a name of the map; one where they are none."""
    return next((length for length in range(min(6, len(words)), 1, -1) if _called(" ".join(words[:length]), vocabulary)), 1)


def _called(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The short names of what goes by these words: a name, a synonym, or a MeSH descriptor."""
    own = folded(words)
    return (vocabulary.by_name[own],) if own in vocabulary.by_name else vocabulary.by_mesh.get(words.casefold(), ())


def _named(words: str, vocabulary: Vocabulary | None, *, phrase: bool) -> Group:
    if vocabulary is None or not words:
        return Group(words, phrase)
    own = folded(words)
    slugs = _called(words, vocabulary) or _by_abbreviation(words, vocabulary)
    names = [name for slug in slugs for name in expand(vocabulary, slug) if folded(name) != own]
    return Group(words, phrase, tuple(dict.fromkeys(names))[:MOST_NAMES], tuple(slugs))


def _by_abbreviation(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What an abbreviation stands for; one of two letters only where it is typed in capitals."""
    if len(words) < 3 and not words.isupper():
        return ()
    return tuple(vocabulary.by_abbreviation.get(folded(words), ()))
