"""All terms, by what they are called; made once and never changed, so that it can be kept and shared."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from rapidfuzz import fuzz, process

from perennial.core.vocabulary.folding import folded
from perennial.core.vocabulary.term import Term

NEAR_ENOUGH = 80.0
SHORTEST_NEAR = 4
EXACT, BEGUN, INSIDE, NEAR, SHARE = 1.0, 0.9, 0.7, 0.5, 0.15  # SHARE: how much of the name was asked for
OTHER_NAME = 0.05  # taken off where it is not the name itself
Phrase = tuple[str, ...]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Vocabulary:
    """Every term by its short name, in the order given. Nothing in it changes; what is worked out is kept."""

    terms: Mapping[str, Term]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Vocabulary":
        """The vocabulary of these terms."""
        return cls(MappingProxyType({term.slug: term for term in terms}))

    @cached_property
    def by_name(self) -> Mapping[Phrase, str]:
        """The short name by each name and synonym, in folded words; a phrase that two terms claim is the first one's."""
        found: dict[Phrase, str] = {}
        for term in self.terms.values():
            for name in term.names:
                found.setdefault(folded(name), term.slug)
        return found

    @cached_property
    def by_abbreviation(self) -> Mapping[Phrase, tuple[str, ...]]:
        """The short names for which an abbreviation stands, in folded words; several where the field uses it for several."""
        return _gathered((folded(short), term.slug) for term in self.terms.values() for short in term.abbreviations)

    @cached_property
    def by_mesh(self) -> Mapping[str, tuple[str, ...]]:
        """The short names to which a MeSH descriptor leads, by the descriptor without case."""
        return _gathered((heading.casefold(), term.slug) for term in self.terms.values() for heading in term.mesh)

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """The short names of all that is a part of a term, near and far; whoever follows the term means these too."""
        below = _gathered((broad, term.slug) for term in self.terms.values() for broad in term.broader)
        return {slug: tuple(_below(slug, below)) for slug in self.terms}

    @cached_property
    def called(self) -> Mapping[str, tuple[tuple[str, Phrase], ...]]:
        """Everything that a term is called, as written and folded: name, synonyms, abbreviations, MeSH descriptors."""
        return {
            slug: tuple((words, folded(words)) for words in (*term.names, *term.abbreviations, *term.mesh))
            for slug, term in self.terms.items()
        }

    @cached_property
    def openings(self) -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
        """Names by their first word, the longest first: what looks for names in a text begins here."""
        found: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
        for phrase, slug in sorted(self.by_name.items(), key=lambda one: (-len(one[0]), one[0])):
            if phrase:
                found[phrase[0]].append((phrase, slug))
        return {word: tuple(names) for word, names in found.items()}

    def slugs_called(self, words: str) -> tuple[str, ...]:
        """The terms that go by exactly these words: a short name, a name, a synonym, or an abbreviation in any case; maybe none."""
        if words in self.terms:
            return (words,)
        phrase = folded(words)
        if phrase in self.by_name:
            return (self.by_name[phrase],)
        return self.by_abbreviation.get(phrase, ())


@dataclass(frozen=True, slots=True)
class Found:
    """A term that answers a search, how well from 0 to 1, and the words of it that did."""

    slug: str
    score: float
    words: str


def expand(vocabulary: Vocabulary, slug: str) -> tuple[str, ...]:
    """Everything that a term is called: name, synonyms, abbreviations, then MeSH descriptors, each once; nothing for an unknown one."""
    found: dict[Phrase, str] = {}
    for words, phrase in vocabulary.called.get(slug, ()):
        found.setdefault(phrase, words)
    return tuple(found.values())


def find(vocabulary: Vocabulary, asked: str) -> list[Found]:
    """The terms that answer what was typed, best first: called so, begun so, with these words inside, or spelled nearly so."""
    phrase = folded(asked)
    if not phrase:
        return []
    found = [one for slug, called in vocabulary.called.items() if (one := _answer(slug, called, phrase))]
    return sorted(found, key=lambda one: (-one.score, vocabulary.terms[one.slug].name.casefold()))


def _answer(slug: str, called: tuple[tuple[str, Phrase], ...], asked: Phrase) -> Found | None:
    """The best that a term has to say to what was asked."""
    scored = [
        (score - OTHER_NAME * bool(place), -place, words)
        for place, (words, phrase) in enumerate(called)
        if (score := _score(phrase, asked))
    ]
    if not scored:
        return None
    score, _, words = max(scored)
    return Found(slug, score, words)


def _score(name: Phrase, asked: Phrase) -> float:
    """How well a name answers: 1 for itself, less for its beginning, words inside it, and a near spelling; 0 for not at all."""
    if name == asked:
        return EXACT
    if " ".join(name).startswith(" ".join(asked)):
        return BEGUN
    share = SHARE * min(len(asked) / len(name), 1.0) if name else 0.0
    if all(any(word.startswith(part) for word in name) for part in asked):
        return INSIDE + share
    if len(" ".join(asked)) < SHORTEST_NEAR:
        return 0.0
    near = [process.extractOne(part, name, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH) for part in asked]
    return NEAR * min(one[1] for one in near if one) / 100 + share if all(near) else 0.0


def _gathered(pairs: Iterable[tuple[Key, str]]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, dict[str, None]] = defaultdict(dict)
    for key, slug in pairs:
        found[key][slug] = None
    return {key: tuple(slugs) for key, slugs in found.items()}


def _below(slug: str, below: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Everything under a term, each once, without the term itself."""
    seen, waiting = {slug}, list(below.get(slug, ()))
    while waiting:
        one = waiting.pop(0)
        if one not in seen:
            seen.add(one)
            yield one
            waiting.extend(below.get(one, ()))
