"""The few situations that a rule puts many licenses in: those in one situation are asked the same.

What is asked hangs on dates only through comparisons: with the days on which figures begin and end, with each other, with
first licensure. Licenses that compare alike share a situation, and the engine's own `asks` and `caps` are called once for each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.asked import ask_of, asks, caps
from perennial.core.rules.evaluate import is_suspended, left_open, stale_sources
from perennial.core.rules.facts import Done, Standing
from perennial.core.rules.periods import CreditWindow
from perennial.core.rules.question import Question, open_effects
from perennial.core.rules.roster.columns import Ints, day_of, ordinal
from perennial.core.rules.roster.dues import Days, Due, Dues, counts_days
from perennial.core.rules.roster.mixing import mixed
from perennial.core.rules.roster.programs import Asked, not_due
from perennial.core.rules.roster.windows import UNKNOWN, Flags, Licenses, months_after, months_of
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Effect, Figure, FirstStep, Recurrence, Waiver
from perennial.core.rules.selection import Reading

LONG_AGO = Done("", date(1900, 1, 2))


class Watch:
    """What a rule compares, so that licenses can be told apart by it."""

    def __init__(self, rule: Rule) -> None:
        file = rule.file
        self.rule = rule
        self.days = np.array(sorted(set(_days(rule))), dtype=np.int64)
        begun = {f.start for r in file.requirements.values() if r.due == "once" for f in (*r.at_least, *r.each_year) if f.start}
        self.begun = np.array(sorted(ordinal(day) for day in begun), dtype=np.int64)
        self.deadlines = sorted({r.first_due.months for r in file.requirements.values() if r.first_due and r.first_due.months})
        steps = file.first_renewal.steps
        self.held = sorted({s.held_less_than_months for s in steps if s.held_less_than_months is not None})
        self.issued_within = sorted({s.issued_within_months for s in steps if s.issued_within_months is not None})
        self.prorated = sorted({s.prorate.months for s in steps if s.prorate})
        self.half_years = any(s.prorate.per_six_months for s in steps if s.prorate)
        self.renewals = np.array(sorted({1, *_renewals(rule)}), dtype=np.int64)
        self.every = sorted({d.renewals for r in file.requirements.values() if isinstance(d := r.due, Recurrence) and d.renewals})
        effects = [e for point in file.open.values() for e in point.could]
        self.attributes = frozenset(_attributes(rule, effects))
        self.since_last = [
            k for k, r in file.requirements.items() if isinstance(r.due, Recurrence) and r.due.years and r.due.counted == "last"
        ]
        self.recurs = [e.recurs for e in effects if e.recurs in file.requirements]
        self.dues = [Dues(rule, key, self.days) for key, requirement in file.requirements.items() if counts_days(requirement)]

    def codes(self, view: "View") -> list[Ints]:
        """For each license numbers that are alike where nothing that the rule asks of them can differ, what counts back left aside."""
        licenses, start, end, renewal = view.licenses, view.start, view.end, view.renewal
        known = licenses.issued != UNKNOWN
        found = [np.searchsorted(self.days, end, "right"), np.searchsorted(self.days, start, "right"), known, renewal < 0]
        found += [np.searchsorted(self.renewals, renewal, "left"), np.searchsorted(self.renewals, renewal, "right")]
        found += [np.where(renewal < 0, 0, renewal % every) for every in self.every]
        if len(self.begun):
            found.append(np.searchsorted(self.begun, licenses.issued, "right"))
        for months in self.deadlines:
            deadline = months_after(licenses.issued, months)
            found.append((deadline >= start).astype(np.int64) + (deadline > end))
        return found + self._first_codes(licenses, renewal == 1)

    def _first_codes(self, licenses: Licenses, first: Flags) -> list[npt.NDArray[np.int64]]:
        """What the steps of a first renewal look at."""
        found = [first & (months_after(licenses.issued, months) <= licenses.expires + 1) for months in self.held]
        found += [first & (licenses.issued > months_after(licenses.expires, -months)) for months in self.issued_within]
        wide = first & (licenses.issued != UNKNOWN)
        if self.prorated:
            issued = np.where(wide, licenses.issued, 0)
            apart = months_of(licenses.expires) - months_of(issued)
            whole = months_of(licenses.expires + 1) - months_of(issued)
            whole -= months_after(issued, whole) > licenses.expires + 1
            found += [np.where(wide, whole if how in ("whole", "six_month_blocks") else apart, 0) for how in self.prorated]
            found += [np.where(wide, whole // 6, 0)] if self.half_years else []
        return [np.asarray(each, dtype=np.int64) for each in found]


def _renewals(rule: Rule) -> Iterator[int]:
    """Numbers of renewals that something is asked at, up to or from."""
    for requirement in rule.file.requirements.values():
        due, first = requirement.due, requirement.first_due
        if first is not None and first.renewal:
            yield first.renewal
        if isinstance(due, Recurrence):
            yield from (number for number in (due.at, due.from_renewal) if number is not None)


def _days(rule: Rule) -> Iterator[int]:
    """Days on which something begins to hold, or no longer holds."""
    file = rule.file
    figures: list[Figure] = [f for r in file.requirements.values() for f in (*r.at_least, *r.each_year)]
    figures += [f for r in file.requirements.values() for w in r.within for f in w.at_most]
    figures += [f for limit in file.limits.values() for f in limit.at_most]
    figures += file.carry_over.at_most
    waivers = [*file.suspended, *(w for limit in file.limits.values() for w in limit.waived)]
    effects = [e for point in file.open.values() for e in point.could]
    spans: list[Figure | Waiver | Effect | FirstStep] = [*figures, *waivers, *effects, *file.first_renewal.steps]
    for span in spans:
        if span.start is not None:
            yield ordinal(span.start)
        if span.until is not None:
            yield ordinal(span.until) + 1
    for source in file.sources.values():
        if source.as_of is not None:
            parts = [int(part) for part in source.as_of.split("-")]
            yield ordinal(date(*[*parts, 1, 1][:3]))


def _attributes(rule: Rule, effects: Sequence[Effect]) -> Iterator[str]:
    for effect in effects:
        yield from effect.applies_to
    for part in (*rule.file.requirements.values(), *rule.file.limits.values()):
        yield from getattr(part, "applies_to", ())
        for figure in (*getattr(part, "at_least", ()), *getattr(part, "each_year", ()), *getattr(part, "at_most", ())):
            yield from figure.applies_to


@dataclass(frozen=True, slots=True)
class Told:
    """What the rest of an answer says of one situation, beside the count."""

    suspended: bool
    stale: tuple[str, ...]
    anything: bool
    needs: bool
    closes_earlier: int


class ToldOf(NamedTuple):
    """The same of many licenses; `anything`: a stale source too leaves everything open."""

    suspended: Flags
    anything: Flags
    needs: Flags
    closes_earlier: Ints


@dataclass(slots=True)
class Situations:
    """Every situation met so far under one rule, by reading."""

    rule: Rule
    watch: Watch = field(init=False)
    asked: dict[Reading, list[Asked]] = field(default_factory=lambda: {reading: [] for reading in Reading})
    told: list[Told] = field(default_factory=list)
    effects: list[tuple[Effect, ...]] = field(default_factory=list)
    attributes: dict[frozenset[str], int] = field(default_factory=dict)
    left_open: dict[tuple[bool, ...], tuple[str, ...]] = field(default_factory=dict)
    _told: ToldOf | None = None
    _effects: dict[int, int] = field(default_factory=dict)
    _numbers: dict[tuple[Reading, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at the rule once."""
        self.watch = Watch(self.rule)

    def attribute_codes(self, attributes: Ints, spelled: Sequence[frozenset[str]]) -> Ints:
        """For each person a number for those attributes that this rule looks at."""
        if not self.watch.attributes:
            self.attributes.setdefault(frozenset(), 0)
            return np.zeros(len(attributes), dtype=np.int64)
        values, back = np.unique(attributes, return_inverse=True)
        looked_at = [self.watch.attributes.intersection(spelled[value]) for value in values]
        codes = [self.attributes.setdefault(each, len(self.attributes)) for each in looked_at]
        return np.array(codes, dtype=np.int64)[back]

    def effect_codes(self, licenses: Licenses, end: Ints, renewal: Ints, attributes: Ints) -> Ints:
        """For each license a number for the open points that concern it."""
        key = mixed([np.searchsorted(self.watch.days, end, "right"), renewal == 1, attributes])
        values, first, back = np.unique(key, return_index=True, return_inverse=True)
        held = list(self.attributes)
        codes = np.zeros(len(values), dtype=np.int64)
        for place, (value, i) in enumerate(zip(values, first, strict=True)):
            code = self._effects.get(int(value))
            if code is None:
                day, number = day_of(end[i]), int(renewal[i])
                standing = Standing(licenses.one(int(i)), day, attributes=held[attributes[i]])
                found = open_effects(self.rule, standing, CreditWindow(day, day), None if number < 0 else number)
                code = self._effects[int(value)] = len(self.effects)
                self.effects.append(found)
            codes[place] = code
        return codes[back]

    def numbers(self, view: "View", reading: Reading) -> tuple[Ints, npt.NDArray[np.int64]]:
        """For each license the number of its situation, and since when hours serve each requirement that counts back."""
        dues = [self._due(view, due, reading) for due in self.watch.dues]
        key = mixed([*self.watch.codes(view), view.attributes, view.effects, *view.flags.T, *(due.code for due in dues)])
        values, first, back = np.unique(key, return_index=True, return_inverse=True)
        numbers = np.zeros(len(values), dtype=np.int64)
        for place, (value, i) in enumerate(zip(values.tolist(), first.tolist(), strict=True)):
            number = self._numbers.get((reading, value))
            if number is None:
                number = self._numbers[reading, value] = self._look(view, i, reading)
            numbers[place] = number
        since = np.stack([due.since for due in dues], axis=1) if dues else np.zeros((len(view.start), 0), dtype=np.int64)
        return numbers[back], since

    def _due(self, view: "View", due: Dues, reading: Reading) -> Due:
        """What a requirement that counts back asks of each."""
        names = self.watch.since_last
        late = view.flags[:, len(self.rule.file.duties) + names.index(due.key)] if due.key in names else np.zeros(len(view.start), np.bool_)
        days = Days(view.start, view.end, view.renewal, view.attributes, late)
        requirement = self.rule.file.requirements[due.key]
        return due.of(view.licenses, days, reading, lambda i: ask_of(self._question(view, i, reading), due.key, requirement))

    def _question(self, view: "View", i: int, reading: Reading) -> Question:
        """The engine's question about one license, its credits left aside."""
        license, number = view.licenses.one(i), int(view.renewal[i])
        window = CreditWindow(day_of(view.start[i]), day_of(view.end[i]))
        duties, flags = self.rule.file.duties, view.flags[i]
        done = [Done(duty) for duty, on in zip(duties, flags, strict=False) if on]
        done += [Done(key, LONG_AGO.on) for key, on in zip(self.watch.since_last, flags[len(duties) :], strict=False) if on]
        standing = Standing(license, window.end, attributes=list(self.attributes)[view.attributes[i]], done=tuple(done))
        effects = self.effects[view.effects[i]]
        return Question(self.rule, standing, window, (), (), reading, None if number < 0 else number, effects)

    def _look(self, view: "View", i: int, reading: Reading) -> int:
        """Ask the engine about one license of a new situation."""
        question = self._question(view, i, reading)
        asked = asks(question)
        limits = caps(question, asked)
        flags = view.flags[i]
        for place, key in enumerate(self.watch.recurs):
            if reading is Reading.LOOSE and flags[len(flags) - len(self.watch.recurs) + place] and asked[key].state == "asked":
                asked[key] = not_due(asked[key])
        self.asked[reading].append(Asked(question, asked, tuple(limits), needs=bool(view.needs[i])))
        if reading is Reading.AS_READ:
            self.told.append(
                Told(
                    is_suspended(self.rule, question.window),
                    tuple(stale_sources(question, asked, limits)),
                    any(e.anything for e in question.effects),
                    any(ask.needs for ask in asked.values()),
                    max((e.closes_months_earlier or 0 for e in question.effects), default=0),
                )
            )
        return len(self.asked[reading]) - 1

    def told_of(self, situation: Ints) -> ToldOf:
        """What the rest of an answer says, for the situation of each license."""
        if self._told is None or len(self._told.suspended) != len(self.told):
            flags = np.array([(t.suspended, t.anything or bool(t.stale), t.needs) for t in self.told], dtype=np.bool_).reshape(-1, 3)
            earlier = np.array([t.closes_earlier for t in self.told], dtype=np.int64)
            self._told = ToldOf(flags[:, 0], flags[:, 1], flags[:, 2], earlier)
        held = self._told
        return ToldOf(held.suspended[situation], held.anything[situation], held.needs[situation], held.closes_earlier[situation])

    def open_texts(self, duties: tuple[bool, ...]) -> tuple[str, ...]:
        """What the file leaves open for someone who has done these of its duties."""
        found = self.left_open.get(duties)
        if found is None:
            lacking = [duty for duty, done in zip(self.rule.file.duties, duties, strict=True) if not done]
            found = self.left_open[duties] = tuple(left_open(self.rule, lacking))
        return found


@dataclass(frozen=True, slots=True)
class View:
    """Licenses as one reading sees them. `flags`: duties done, topics done too long ago, topics done of late."""

    licenses: Licenses
    start: Ints
    end: Ints
    renewal: Ints
    needs: npt.NDArray[np.bool_]
    attributes: Ints
    effects: Ints
    flags: npt.NDArray[np.bool_]
