"""A rule's selections as tables, so that which hours of a credit they pick out is looked up and added."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.facts import Credit
from perennial.core.rules.ledger import COURSES
from perennial.core.rules.roster.columns import Ints, Spelling, topic_numbers
from perennial.core.rules.rule import Rule
from perennial.core.rules.selection import UNITS, WORD, Entry, Matcher, Picker, Settled
from perennial.core.rules.vocabulary import ANY

MODES: tuple[Settled, ...] = (None, "in", "out")
"""How open membership is settled, by number."""

REPEATS = {None: 0, "once_per_period": 1, "not_consecutive": 2}
DAY = date(2000, 1, 1)


class Tables(NamedTuple):
    """What the kernel looks up. M matchers, P pickers, K keys of credits.

    `whole[mode, m, k]`: matcher m takes credits with key k, settled so; `topics[m]` the mask of topics inside which it
    takes hours, 0 for whole credits. A picker has a base matcher, doubts (`doubts[doubt_first[p]:doubt_first[p + 1]]`)
    and further matchers. `own[p, k]`: such credits belong outright.
    """

    whole: npt.NDArray[np.bool_]
    topics: npt.NDArray[np.uint64]
    base: Ints
    doubt_first: Ints
    doubts: Ints
    apart: npt.NDArray[np.bool_]
    also_first: Ints
    also: Ints
    unsure_in: npt.NDArray[np.bool_]
    is_limit: npt.NDArray[np.bool_]
    own: npt.NDArray[np.bool_]
    accepted: npt.NDArray[np.bool_]
    name: Ints
    form: Ints
    excluded: Ints
    repeats_of: Ints
    repeats: int
    exclusive: bool
    names_accepted: bool
    step: int
    step_after: int
    least: int


@dataclass(slots=True)
class Book:
    """A rule's matchers and pickers in the order of their numbers, and what was worked out for the keys met so far."""

    rule: Rule
    matchers: list[Matcher] = field(default_factory=list)
    pickers: dict[int, int] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)
    _parts: list[tuple[Picker, int, list[int], list[bool], list[int]]] = field(default_factory=list)
    _ready: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    _whole: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros((3, 0, 0), dtype=np.bool_))
    _own: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.bool_))
    _accepted: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    _name: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    _form: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    _telling: dict[str, str] = field(default_factory=dict)
    _words: tuple[str, ...] = ()
    _made: Tables | None = None
    _bits: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    forms: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number everything the rule selects by."""
        rule = self.rule
        self._bits = topic_numbers(rule.vocabulary)
        pickers = [*rule.requirements.values(), *rule.limits.values(), *(p for each in rule.within.values() for p in each)]
        for picker in pickers:
            self.pickers[id(picker)] = len(self._parts)
            apart = [bool(d.topics and picker.base.topics and not d.topics & picker.base.topics) for d in picker.unsure]
            base, doubts = self.number(picker.base), [self.number(d) for d in picker.unsure]
            self._parts.append((picker, base, doubts, apart, [self.number(m) for m in picker.also]))
        single = [*rule.first_only.values(), *(m for each in (*rule.counts_where.values(), *rule.kinds.values()) for m in each)]
        for matcher in (*single, *(m for _, _, m in rule.open_caps), *rule.excluded, *rule.repeats_of):
            self.number(matcher)

        self._words = tuple(sorted({word for matcher in self.matchers for word in words_of(matcher)}))

    @property
    def by_key(self) -> bool:
        """Whether format and labels decide everywhere, so that no credit needs a look of its own."""
        return all(m.by_key and not m.words for m in self.matchers)

    def telling(self, title: str) -> str:
        """Those words of a title by which the rule could tell credits apart."""
        found = self._telling.get(title)
        if found is None:
            parts = WORD.findall(title.casefold())
            found = self._telling[title] = " ".join(sorted({p for p in parts if p.startswith(self._words)})) if self._words else ""
        return found

    def number(self, matcher: Matcher) -> int:
        """The number of a matcher."""
        found = self._numbers.get(id(matcher))
        if found is None:
            found = self._numbers[id(matcher)] = len(self.matchers)
            self.matchers.append(matcher)
        return found

    def mask(self, topics: Iterable[str]) -> int:
        """Topics as bits."""
        return sum(1 << self._bits[slug] for slug in set(topics) if slug in self._bits)

    def tables(self, seen: npt.NDArray[np.bool_], spellings: list[Spelling]) -> Tables:
        """The tables, made ready for the keys that are seen."""
        self._grow(len(spellings))
        for key in np.flatnonzero(seen & ~self._ready[: len(seen)]):
            self._learn(int(key), spellings[int(key)], None)
        return self._made or self._tables()

    def tables_of_entries(self, learned: Sequence[tuple[Spelling, Entry]], many: int) -> Tables:
        """The same for keys of this rule alone: these entries stand for the newest of so many."""
        self._grow(many)
        for number, (spelling, entry) in enumerate(learned):
            self._learn(many - len(learned) + number, spelling, entry)
        return self._made or self._tables()

    def _tables(self) -> Tables:
        counting, parts = self.rule.file.counting, self._parts
        units = [0 if h is None else int(h * UNITS) for h in (counting.step_hours, counting.step_after_hours, counting.least_hours)]
        self._made = Tables(
            whole=self._whole,
            topics=np.array([self.mask(m.topics) for m in self.matchers], dtype=np.uint64),
            base=np.array([p[1] for p in parts], dtype=np.int64),
            doubt_first=starts([len(p[2]) for p in parts]),
            doubts=np.array([d for p in parts for d in p[2]], dtype=np.int64),
            apart=np.array([a for p in parts for a in p[3]], dtype=np.bool_),
            also_first=starts([len(p[4]) for p in parts]),
            also=np.array([m for p in parts for m in p[4]], dtype=np.int64),
            unsure_in=np.array([p[0].unsure_in for p in parts], dtype=np.bool_),
            is_limit=np.array([p[0].is_limit for p in parts], dtype=np.bool_),
            own=self._own,
            accepted=self._accepted,
            name=self._name,
            form=self._form,
            excluded=np.array([self.number(m) for m in self.rule.excluded], dtype=np.int64),
            repeats_of=np.array([self.number(m) for m in self.rule.repeats_of], dtype=np.int64),
            repeats=REPEATS[counting.repeats],
            exclusive=self.rule.file.approvals.exclusive,
            names_accepted=bool(self.rule.accepted) and not self.rule.file.approvals.exclusive,
            step=units[0],
            step_after=units[1],
            least=units[2],
        )
        return self._made

    def _grow(self, keys: int) -> None:
        if keys <= len(self._ready):
            return
        self._made = None
        room = max(keys, 2 * len(self._ready), 64)
        more = room - len(self._ready)
        if self._whole.shape[2] == 0:
            self._whole = np.zeros((3, len(self.matchers), 0), dtype=np.bool_)
            self._own = np.zeros((len(self._parts), 0), dtype=np.bool_)
        self._ready = np.pad(self._ready, (0, more))
        self._whole = np.pad(self._whole, ((0, 0), (0, 0), (0, more)))
        self._own = np.pad(self._own, ((0, 0), (0, more)))
        self._accepted = np.pad(self._accepted, (0, more))
        self._name, self._form = np.pad(self._name, (0, more)), np.pad(self._form, (0, more))

    def _learn(self, key: int, spelling: Spelling, entry: Entry | None) -> None:
        """Ask every selection once about credits spelled so."""
        rule, self._made = self.rule, None
        labels, number = rule.vocabulary.labels_of(*spelling)
        credit = Credit("", "", DAY, Decimal(1), spelling.format, approvals=spelling.approvals, category=spelling.category)
        self._learn_entry(key, entry or Entry(credit, DAY, UNITS, {}, labels, number))
        unapproved = not spelling.approvals and spelling.format not in COURSES
        self._accepted[key] = ANY in rule.accepted or unapproved or bool(rule.accepted & labels)
        name = ", ".join(rule.vocabulary.name(a) for a in spelling.approvals) or "no approver"
        self._name[key] = self.names.setdefault(name, len(self.names))
        self._form[key] = self.forms.setdefault(spelling.format, len(self.forms))

    def _learn_entry(self, key: int, entry: Entry) -> None:
        """Ask every selection whether it takes this entry at all, in each way of settling what is open."""
        for number, matcher in enumerate(self.matchers):
            plain = not matcher.classes
            for mode, settled in enumerate(MODES):
                same = mode and (plain or not any(kind.has_doubt for kind in matcher.classes))
                self._whole[mode, number, key] = self._whole[0, number, key] if same else takes(matcher, entry, settled)
        for place, part in enumerate(self._parts):
            self._own[place, key] = part[0].own is not None and part[0].own in entry.labels
        self._ready[key] = True


def words_of(matcher: Matcher) -> Iterator[str]:
    """Words that a matcher, or a class it names, looks for in titles."""
    yield from matcher.words
    for kind in matcher.classes:
        for each in (*kind.any, *kind.unsure):
            yield from words_of(each)


def takes(matcher: Matcher, entry: Entry, settled: Settled) -> bool:
    """Whether a matcher takes an entry, its topics left aside."""
    bare = Matcher(
        matcher.formats,
        matcher.not_formats,
        matcher.approvals,
        matcher.not_approvals,
        frozenset(),
        matcher.classes,
        matcher.words,
        by_key=False,
    )
    return bool(bare.units(entry, settled))


def starts(lengths: list[int]) -> Ints:
    """Where each of several lists begins when they lie one after another, and where the last ends."""
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64)
