"""A course as values: what a course folder says, and nothing that happens to it later."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote the course, in what role, and what makes them able to."""

    name: str
    role: str
    qualifications: str


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a licensed clinician has reviewed the course, and the sentence that says so."""

    state: str
    says: str


@dataclass(frozen=True, slots=True)
class Credit:
    """The hours that the course claims, the hour they are counted in, and the method that gives them.

    `topics` are hours inside `hours`, not beside them. `difficulty` is known only for the Mergener formula.
    """

    hours: Decimal
    minutes_per_hour: int
    method: str
    difficulty: Decimal | None
    topics: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class PostTest:
    """How many questions an attempt asks, the percentage that passes, and the time limit in minutes, if any."""

    ask: int
    pass_percent: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Objective:
    """What a learner can do afterwards; the first word is a verb."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the course: its Markdown, the words that count, and the objectives it serves."""

    file: str
    title: str
    objectives: tuple[str, ...]
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A published work that the text cites; `doi` or `url` is empty where there is none."""

    id: str
    text: str
    doi: str
    url: str

    @property
    def address(self) -> str:
        """Where the work is found: the DOI's address, or else the url, or else nothing."""
        return f"https://doi.org/{quote(self.doi, safe='/:;().-_')}" if self.doi else self.url


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary and what it means."""

    term: str
    means: str


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """A question of the course's own evaluation, answered on a scale or in words."""

    id: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, whether it is right, and why."""

    text: str
    correct: bool
    rationale: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the bank, with the objective it tests and the section that answers it."""

    id: str
    kind: str
    objective: str
    section: str
    stem: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Course:
    """A whole course. Equal content gives an equal `digest`, whatever the folder or the layout of its files."""

    slug: str
    title: str
    summary: str
    version: int
    language: str
    level: str
    audience: str
    format: str
    free: bool
    practices: tuple[str, ...]
    authors: tuple[Author, ...]
    review: Review
    disclosures: str
    needs: str
    care: str
    credit: Credit
    test: PostTest
    objectives: tuple[Objective, ...]
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    glossary: tuple[Term, ...]
    evaluation: tuple[EvaluationQuestion, ...]
    items: tuple[Item, ...]

    @property
    def words(self) -> int:
        """The counted words of all sections."""
        return sum(section.words for section in self.sections)

    @property
    def section_of(self) -> Mapping[str, Section]:
        """The sections by the name of their file."""
        return {section.file: section for section in self.sections}

    @property
    def reference_of(self) -> Mapping[str, Reference]:
        """The references by their id."""
        return {reference.id: reference for reference in self.references}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content in a canonical form, in hexadecimal."""
        canonical = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
        return sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> str:
    """A decimal as text, so that 1, 1.0 and 1.00 hours are the same content."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    raise TypeError(f"no canonical form for {type(value).__name__}")
