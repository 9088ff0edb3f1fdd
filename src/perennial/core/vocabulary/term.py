"""A practice as the vocabulary knows it, and as its file tells it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a practice is, in the order in which lists show them."""

    MODALITY = "modality"
    CONDITION = "condition"
    POPULATION = "population"
    TOPIC = "topic"

    @property
    def words(self) -> str:
        """The kind as a heading over many."""
        return WORDS[self]


WORDS = {
    Kind.MODALITY: "Ways of working",
    Kind.CONDITION: "Conditions",
    Kind.POPULATION: "People",
    Kind.TOPIC: "Topics across the field",
}


@dataclass(frozen=True, slots=True)
class Term:
    """What a practice is called. `synonyms` are whole names; `abbreviations` may stand for several practices; `mesh` are exact descriptors.

    `broader` are the short names of practices of which this one is a part; `related` are neighbors.
    """

    slug: str
    name: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its synonyms, each in full."""
        return (self.name, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Reference:
    """A work to begin with: its DOI in small letters, without an address before it, and its text in the manner of APA."""

    doi: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A practice with all that its file tells: a definition of two sentences, key references, and the day on which they were checked."""

    term: Term
    definition: str
    references: tuple[Reference, ...]
    checked: date
