"""A course as values: what a course folder says, and nothing that happens to it later."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any
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

    `topics` are hours inside `hours`, not beside them. `difficulty` is known only for the Mergener formula. `pilots` are the minutes that
    readers needed who tried the course, each of whom `pilot_rationale` says how representative they are.
    """

    hours: Decimal
    minutes_per_hour: int
    method: str
    difficulty: Decimal | None
    topics: tuple[tuple[str, Decimal], ...]
    pilots: tuple[int, ...] = ()
    pilot_rationale: str = ""


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
class Media:
    """A file of the folder's `media`: a picture, sound, film, or something to keep.

    `minutes` is the running time of sound and film. `captions` is a WebVTT file of film, `transcript` its words as text.
    `alt` says what a picture shows; of a picture that says nothing beyond the text it is empty.
    """

    file: str
    kind: str
    title: str
    alt: str = ""
    minutes: Decimal | None = None
    captions: str = ""
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a planner or author said, on a day, of dealings with companies whose products the course may concern, 24 months back."""

    name: str
    role: str
    on: date
    says: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader may do at a step of a case, the step it leads to, and what is said of it there."""

    text: str
    goto: str
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a case; without choices the case ends there."""

    id: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case that goes on as its reader chooses: its steps by id, beginning at `start`."""

    id: str
    title: str
    section: str
    objective: str
    start: str
    steps: tuple[Step, ...]

    @property
    def step_of(self) -> Mapping[str, Step]:
        """The steps by id."""
        return {step.id: step for step in self.steps}


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
class Pair:
    """What belongs together in a matching question; with `left` empty, `right` belongs to nothing."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Numeric:
    """The number that is right, give or take `tolerance`, in `unit` (empty: a bare number)."""

    value: Decimal
    tolerance: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the bank, with the objective it tests and the section that answers it.

    `kind` says which field holds the answer: `options` (single, multiple, true_false), `pairs` (matching), `steps` in their right order
    (ordering), `numeric`; a reflection has none and is never scored. Options carry a rationale each; the other kinds one for the
    whole item. A `pretest` item is asked before reading and counts for nothing.
    """

    id: str
    kind: str
    objective: str
    section: str
    stem: str
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    steps: tuple[str, ...] = ()
    numeric: Numeric | None = None
    rationale: str = ""
    pretest: bool = False


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
    media: tuple[Media, ...] = ()
    cases: tuple[Case, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    prerequisites: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """The counted words of all sections."""
        return sum(section.words for section in self.sections)

    @property
    def tested(self) -> tuple[Item, ...]:
        """The items that the test may ask and score."""
        return tuple(item for item in self.items if not item.pretest and item.kind != "reflection")

    @property
    def asks_before(self) -> bool:
        """Whether anything is asked before reading."""
        return any(item.pretest for item in self.items)

    @property
    def running_minutes(self) -> Decimal:
        """The running time of all sound and film."""
        return sum((one.minutes for one in self.media if one.minutes is not None), Decimal(0))

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
        """SHA-256 of the content in a canonical form, in hexadecimal. What a course may leave out counts only where it is there."""
        canonical = json.dumps(_without_empty(asdict(self)), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
        return sha256(canonical.encode()).hexdigest()


LATER = frozenset(
    {"media", "cases", "declarations", "prerequisites", "pilots", "pilot_rationale", "pairs", "steps", "numeric", "pretest"}
)  # keys that came after the first courses: empty, they leave the digest as it was


def _without_empty(value: Any) -> Any:
    """The same without the later keys that hold nothing; of an item's rationale too."""
    if isinstance(value, dict):
        return {key: _without_empty(one) for key, one in value.items() if one or not _is_later(key, value)}
    return [_without_empty(one) for one in value] if isinstance(value, list | tuple) else value


def _is_later(key: str, table: dict[str, Any]) -> bool:
    return key in LATER or (key == "rationale" and "stem" in table)


def _plain(value: object) -> str:
    """A decimal as text, so that 1, 1.0 and 1.00 hours are the same content; a day by ISO 8601."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
