"""The words that rule files and credits share: topics, formats, approvers, labels, attributes."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import rtoml
from pydantic import BaseModel, ConfigDict

from perennial.core.values import Problem

NATIONAL = "@national"
ANY = "ANY"
OWN = "other_"
"""Formats, limits and classes that one board alone names begin so; such a format says outright where a credit belongs."""
USUAL_APPROVERS = ("APA", "ASWB_ACE", "NBCC_ACEP", "NASW", "AAMFT", "STATE_BOARD", "NYSED")
MOST_REMEMBERED = 10_000
"""Spellings of credits that are kept ready; more are read again."""


class Word(BaseModel):
    """A slug's name for people, other spellings of it, and what else is known of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    also: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    national: bool = False
    question: str | None = None


class Vocabulary(BaseModel):
    """All slugs, each defined once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topics: dict[str, Word] = {}
    formats: dict[str, Word] = {}
    approvals: dict[str, Word] = {}
    labels: dict[str, Word] = {}
    attributes: dict[str, Word] = {}
    duties: dict[str, Word] = {}
    professions: dict[str, Word] = {}
    jurisdictions: dict[str, Word] = {}

    @cached_property
    def national(self) -> frozenset[str]:
        """Approvers that approve providers for the whole country."""
        return frozenset(slug for slug, word in self.approvals.items() if word.national)

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        table: dict[str, str] = {}
        for words in (self.labels, self.approvals):
            for slug, word in words.items():
                for spelling in (slug, word.name, *word.also):
                    table.setdefault(_folded(spelling), slug)
        return table

    @cached_property
    def _numbers(self) -> Iterator[int]:
        return itertools.count()

    @cached_property
    def _labels(self) -> dict[tuple[str, tuple[str, ...], str | None], tuple[frozenset[str], int]]:
        return {}

    def approval(self, spelling: str) -> str:
        """The slug for an approver as people and sheets spell it; an unknown one comes back as it is."""
        return self._spellings.get(_folded(spelling), spelling)

    def labels_of(self, form: str, approvals: tuple[str, ...], category: str | None) -> tuple[frozenset[str], int]:
        """The slugs by which a credit's approvers and category are matched, and a number for them with its format."""
        key = (form, approvals, category)
        found = self._labels.get(key)
        if found is None:
            if len(self._labels) >= MOST_REMEMBERED:
                self._labels.clear()
            said = approvals if category is None else (*approvals, category, f"CATEGORY_{category}")
            said = (*said, form) if form.startswith(OWN) else said
            found = self._labels[key] = (frozenset(self.approval(a) for a in said), next(self._numbers))
        return found

    def topic_choices(self) -> list[tuple[str, str]]:
        """Topics as (slug, name): the usual ones first, then those that few boards ask for, each by name."""
        names = ((slug, word.name) for slug, word in self.topics.items())
        return sorted(names, key=lambda choice: (choice[0].startswith(OWN), choice[1]))

    def usual_approvers(self) -> list[tuple[str, str]]:
        """The approvers that most certificates name, as (slug, name)."""
        return [(slug, self.approvals[slug].name) for slug in USUAL_APPROVERS if slug in self.approvals]

    def further_approvers(self) -> list[str]:
        """The names of all other approvers, to suggest while one types."""
        return sorted(word.name for slug, word in self.approvals.items() if slug not in USUAL_APPROVERS and slug != ANY)

    def expand(self, approvals: Iterable[str]) -> frozenset[str]:
        """Approvers with groups written out."""
        found: set[str] = set()
        for approval in approvals:
            found |= self.national if approval == NATIONAL else {self.approval(approval)}
        return frozenset(found)

    def name(self, slug: str) -> str:
        """A slug's name for people, whichever list it stands in."""
        for words in (self.topics, self.formats, self.approvals, self.labels, self.attributes, self.duties):
            if slug in words:
                return words[slug].name
        return slug.removeprefix("other_").replace("_", " ")


def _folded(spelling: str) -> str:
    return spelling.strip().replace("-", "_").replace(" ", "_").casefold()


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of a rule base; a fault in it is our own and raises."""
    data: dict[str, Any] = rtoml.loads(path.read_text(encoding="utf-8"))
    return Vocabulary.model_validate(data)


def unknown_word(where: str, kind: str, slug: str, known: Iterable[str]) -> Problem:
    """The problem of a slug that the vocabulary does not hold."""
    near = ", ".join(sorted(word for word in known if word[:3] == slug[:3])[:4])
    hint = f"Similar: {near}. " if near else ""
    return Problem(where, f"unknown {kind} '{slug}'", f"{hint}Add it to vocabulary.toml or correct the spelling.")
