"""A form for appraising one design of study: its questions, what to look for, and what each answer means. There is no score."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Answer(StrEnum):
    """What can be answered to every question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """For people: Yes, Not reported."""
        return self.value.replace("_", " ").capitalize()


ORDERED = (Answer.NO, Answer.PARTLY, Answer.YES)
"""Those answers that have an order, the worst first."""


class Toward(StrEnum):
    """Where the finding tends to go where the answer is no."""

    LARGER = "larger"
    SMALLER = "smaller"
    EITHER = "either"
    NOT_BIAS = "not_bias"


TOWARD = {
    Toward.LARGER: "Where this is missing, {finding} tends to look better than it is.",
    Toward.SMALLER: "Where this is missing, {finding} tends to look smaller than it is.",
    Toward.EITHER: "Where this is missing, {finding} may be wrong in either direction.",
    Toward.NOT_BIAS: "This does not bend {finding}; it decides how far one can use it.",
}


@dataclass(frozen=True, slots=True)
class Domain:
    """A group of questions; `id` is the same kind of question in every form, `title` what this form calls it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question: what to look for, why it matters, an example, and what each answer means here."""

    id: str
    domain: str
    question: str
    look: str
    why: str
    example: str
    means: Mapping[str, str]
    toward: str


@dataclass(frozen=True, slots=True)
class Form:
    """The questions for one design; `finding` is what such a study finds, in a few words: the effect."""

    design: str
    version: int
    title: str
    about: str
    finding: str
    levels: Sequence[str]
    domains: Sequence[Domain]
    items: Sequence[Item]

    def item(self, id: str) -> Item | None:
        """The question with this id."""
        return next((one for one in self.items if one.id == id), None)

    def of_domain(self, domain: str) -> list[Item]:
        """The questions of a domain, in their order."""
        return [one for one in self.items if one.domain == domain]

    def toward_words(self, item: Item) -> str:
        """In a sentence, where the finding tends to go where the answer is no."""
        return TOWARD[Toward(item.toward)].format(finding=self.finding)

    @property
    def digest(self) -> str:
        """SHA-256 of all that the form says; it changes with every word."""
        return hashlib.sha256(json.dumps(plain(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def plain(form: Form) -> dict[str, Any]:
    """The form as values that JSON holds."""
    return asdict(form)


def from_plain(data: Mapping[str, Any]) -> Form:
    """The form that `plain` gave."""
    parts = {**data, "domains": tuple(Domain(**one) for one in data["domains"]), "items": tuple(Item(**one) for one in data["items"])}
    return Form(**{**parts, "levels": tuple(data["levels"])})
