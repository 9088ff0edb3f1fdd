"""Which credits, and how many of their hours, a rule's words pick out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal

from perennial.core.rules.facts import Credit
from perennial.core.rules.schema import Class, RuleFile, Selection
from perennial.core.rules.vocabulary import OWN, Vocabulary

UNITS = 10_000
"""Hours are counted in whole ten-thousandths, so that sums are exact."""

WORD = re.compile(r"[^\W\d_]+")
Key = int
"""Stands for a format and a set of labels: credits with the same key match the same selections."""


Settled = Literal["in", "out"] | None
"""How open membership is settled: in, out, or (None) as the file reads it."""


class Reading(Enum):
    """How open points are read: as the file reads them, all against the person, or all in favor."""

    AS_READ = "as_read"
    STRICT = "strict"
    LOOSE = "loose"


def settled_by(reading: Reading, *, is_limit: bool = False) -> Settled:
    """How a reading settles membership: a favorable one lets an hour serve, and leaves it out of a limit."""
    if reading is Reading.AS_READ:
        return None
    return "in" if (reading is Reading.LOOSE) != is_limit else "out"


@dataclass(slots=True, eq=False)
class Entry:
    """A credit on its way through the count: its hours in units, and the words it is matched by."""

    credit: Credit
    day: date
    units: int
    topics: Mapping[str, int]
    labels: frozenset[str]
    key: Key

    @property
    def title(self) -> str:
        """The credit's title without case."""
        return self.credit.title.casefold()

    def in_topics(self, topics: frozenset[str]) -> int:
        """Units inside any of these topics, never more than the credit has."""
        if not self.topics:
            return 0
        found = 0
        for topic, units in self.topics.items():
            if topic in topics:
                found += units
        return found if found < self.units else self.units


@dataclass(slots=True)
class Matcher:
    """A selection, compiled: `units(entry)` is how much of a credit it picks out."""

    formats: frozenset[str]
    not_formats: frozenset[str]
    approvals: frozenset[str]
    not_approvals: frozenset[str]
    topics: frozenset[str]
    classes: tuple["ClassMatcher", ...]
    words: tuple[str, ...]
    by_key: bool = True
    """Whether format and labels alone decide on whole credits, so that the answer may be kept."""
    _seen: dict[Settled, dict[Key, bool]] = field(default_factory=lambda: {None: {}, "in": {}, "out": {}})

    def units(self, entry: Entry, settled: Settled) -> int:
        """Units picked out; `settled` says how open class membership is read."""
        return self.units_of_all((entry,), settled)[0]

    def units_of_all(self, entries: Iterable[Entry], settled: Settled) -> list[int]:
        """The same for many entries."""
        seen, topics, found = self._seen[settled], self.topics, []
        for entry in entries:
            whole = seen.get(entry.key) if self.by_key else self._whole(entry, settled)
            if whole is None:
                whole = seen[entry.key] = self._whole(entry, settled)
            if not whole or (self.words and not self._titled(entry)):
                found.append(0)
            else:
                found.append(entry.in_topics(topics) if topics else entry.units)
        return found

    def _whole(self, entry: Entry, settled: Settled) -> bool:
        form = entry.credit.format
        if (self.formats and form not in self.formats) or form in self.not_formats:
            return False
        if (self.approvals and not self.approvals & entry.labels) or self.not_approvals & entry.labels:
            return False
        return not self.classes or any(kind.holds(entry, settled) for kind in self.classes)

    def _titled(self, entry: Entry) -> bool:
        return any(part.startswith(word) for part in WORD.findall(entry.title) for word in self.words)


@dataclass(slots=True)
class ClassMatcher:
    """A class of credit, compiled."""

    labels: frozenset[str]
    not_labels: frozenset[str]
    any: tuple[Matcher, ...]
    unsure: tuple[Matcher, ...]
    unsure_in: bool

    @property
    def has_doubt(self) -> bool:
        """Whether the membership of some credits was not settled."""
        return bool(self.unsure) or any(kind.has_doubt for m in self.any for kind in m.classes)

    @property
    def by_key(self) -> bool:
        """Whether format and labels alone decide."""
        return not any(m.topics or m.words or not m.by_key for m in (*self.any, *self.unsure))

    def holds(self, entry: Entry, settled: Settled) -> bool:
        """Whether the credit belongs; a label that states it outright wins."""
        if self.labels & entry.labels:
            return True
        if self.not_labels & entry.labels:
            return False
        if any(m.units(entry, settled) for m in self.unsure):
            return self.unsure_in if settled is None else settled == "in"
        return any(m.units(entry, settled) for m in self.any)


@dataclass(slots=True)
class Picker:
    """A requirement's or limit's selection together with what was not settled about it."""

    base: Matcher
    unsure: tuple[Matcher, ...]
    unsure_in: bool
    is_limit: bool = False
    also: tuple[Matcher, ...] = ()
    has_doubt: bool = False
    """Whether readings differ: something about it, or about a class that it names, was not settled."""
    own: str | None = None
    """The id of a requirement or limit that only this board names: a credit of that format belongs outright."""

    def units(self, entry: Entry, reading: Reading) -> int:
        """Units that serve the requirement, or fall under the limit, in this reading."""
        return self.units_of_all((entry,), reading)[0]

    def units_of_all(self, entries: tuple[Entry, ...], reading: Reading) -> list[int]:
        """The same for many entries."""
        settled = settled_by(reading, is_limit=self.is_limit)
        sure = self.base.units_of_all(entries, settled)
        taken = self.unsure_in if settled is None else settled == "in"
        for doubt in self.unsure:
            sure = self._settled(entries, sure, doubt, settled, taken=taken)
        for more in self.also:
            sure = list(map(max, sure, more.units_of_all(entries, settled)))
        if self.own is not None:
            sure = [e.units if self.own in e.labels else s for e, s in zip(entries, sure, strict=True)]
        return sure

    def _settled(self, entries: tuple[Entry, ...], sure: list[int], doubt: Matcher, settled: Settled, *, taken: bool) -> list[int]:
        """Sure units with one doubt settled; a doubt about other topics than the sure ones leaves those alone."""
        apart = bool(doubt.topics and self.base.topics and not doubt.topics & self.base.topics)
        if apart and not taken:
            return sure
        doubtful = doubt.units_of_all(entries, settled)
        if not taken:
            return [max(0, s - d) for s, d in zip(sure, doubtful, strict=True)]
        if not apart:
            return list(map(max, sure, doubtful))
        return [min(e.units, s + d) for e, s, d in zip(entries, sure, doubtful, strict=True)]


class Compiler:
    """Turns a rule file's selections into matchers, once."""

    def __init__(self, rule: RuleFile, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.classes: dict[str, ClassMatcher] = {}
        expand = vocabulary.expand
        for slug, kind in rule.classes.items():
            opposite = {s for s, k in rule.classes.items() if expand(k.labels) & expand(kind.not_labels)}
            self.classes[slug] = self._class(slug, kind, frozenset(OWN + s for s in opposite))

    def matcher(self, what: Selection) -> Matcher:
        """One selection, compiled."""
        expand = self.vocabulary.expand
        classes = tuple(self.classes[slug] for slug in what.classes)
        return Matcher(
            formats=frozenset(what.formats),
            not_formats=frozenset(what.not_formats),
            approvals=expand(what.approvals),
            not_approvals=expand(what.not_approvals),
            topics=frozenset(what.topics),
            classes=classes,
            words=tuple(word.casefold() for word in what.title_words),
            by_key=all(kind.by_key for kind in classes),
        )

    def picker(self, what: Selection, unsure: tuple[Selection, ...], unsure_read: Literal["in", "out"], *, is_limit: bool) -> Picker:
        """A requirement's or limit's selection, compiled."""
        base = self.matcher(what)
        doubt = bool(unsure) or any(kind.has_doubt for kind in base.classes)
        return Picker(base, tuple(self.matcher(u) for u in unsure), unsure_read == "in", is_limit, has_doubt=doubt)

    def _class(self, slug: str, kind: Class, opposites: frozenset[str]) -> ClassMatcher:
        expand = self.vocabulary.expand
        return ClassMatcher(
            labels=expand(kind.labels) | {OWN + slug},
            not_labels=expand(kind.not_labels) | opposites,
            any=tuple(self.matcher(m) for m in kind.any),
            unsure=tuple(self.matcher(m) for m in kind.unsure),
            unsure_in=kind.unsure_read == "in",
        )
