"""The questions that the rules of a person's licenses ask about the person: each once, with the reasons for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.fields import AnswerField
from perennial.apps.licenses.queries import License, compacts_of, license_name, licenses_of, rule_base, rule_for, said_of
from perennial.core.rules.attributes import question, reasons
from perennial.core.rules.citing import source_name
from perennial.core.values.words import partial_day

HOLDS = "holds_"
OPEN = "Open: what we read does not settle it."


@dataclass(frozen=True, slots=True)
class Why:
    """What of one license depends on an answer. `source` is what the source is called; empty where a point is open."""

    license: int
    name: str
    what: str
    says: str
    source: str
    url: str
    read: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, with the answer so far (None: not answered) and everything that depends on it."""

    slug: str
    words: str
    answer: bool | None
    whys: tuple[Why, ...]


def asked_of(person: Person) -> tuple[Asked, ...]:
    """What the rules of a person's licenses, and the compacts beside them, ask about the person; two queries.

    The questions of the license that expires first come first.
    """
    return asked_for(list(licenses_of(person)), person)


def asked_for(licenses: Sequence[License], person: Person) -> tuple[Asked, ...]:
    """The same for some of a person's licenses."""
    said, words = said_of(person), dict[str, str]()
    whys: dict[str, list[Why]] = {}
    for license in licenses:
        for slug, asks, why in (*_by_rule(license), *_by_compact(license)):
            words.setdefault(slug, asks)
            whys.setdefault(slug, []).append(why)
    return tuple(Asked(slug, words[slug], said.answer(slug), tuple(found)) for slug, found in whys.items())


def _by_rule(license: License) -> Iterator[tuple[str, str, Why]]:
    rule, name = rule_for(license.jurisdiction, license.profession), license_name(license)
    if rule is None:
        return
    for slug, told in reasons(rule).items():
        for reason in told:
            source = reason.source
            named = (source_name(source), source.url or "", partial_day(source.read)) if source else ("", "", "")
            says = " ".join(_sentence(part) for part in (reason.says, OPEN if reason.is_open else "") if part)
            yield slug, question(rule, slug), Why(license.pk, name, reason.name, says, *named)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _by_compact(license: License) -> Iterator[tuple[str, str, Why]]:
    attributes = rule_base().vocabulary.attributes
    for compact in compacts_of(license.profession):
        if compact.attribute:
            source, word = compact.source, attributes[compact.attribute]
            named = (source.cite, source.url or "", partial_day(source.read))
            yield compact.attribute, word.question or word.name, Why(license.pk, license_name(license), compact.name, compact.says, *named)


class QuestionsForm(forms.Form):
    """Yes, no or not sure to each question."""

    def __init__(self, data: Any = None, *, asked: Sequence[Asked]) -> None:
        super().__init__(data)
        self.asked = asked
        for one in asked:
            self.fields[f"{HOLDS}{one.slug}"] = AnswerField(label=one.words, initial=one.answer)

    @property
    def rows(self) -> list[tuple[Asked, forms.BoundField]]:
        """Each question with its field."""
        return [(one, self[f"{HOLDS}{one.slug}"]) for one in self.asked]

    @property
    def answers(self) -> dict[str, bool | None]:
        """The answers by attribute, as `answer_questions` takes them."""
        return {one.slug: self.cleaned_data[f"{HOLDS}{one.slug}"] for one in self.asked}
