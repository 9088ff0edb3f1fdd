"""The few situations that a rule puts many licenses in: those in one situation are asked the same.

What is asked hangs on dates only through comparisons: with the days on which figures begin and end, with each other, with
first licensure. Licenses that compare alike share a situation, and the engine's own `asks` and `caps` are called once for each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from perennial.core.rules.asked import asks, caps
from perennial.core.rules.evaluate import is_suspended, left_open, stale_sources
from perennial.core.rules.facts import Done, Standing
from perennial.core.rules.periods import CreditWindow
from perennial.core.rules.question import Question, open_effects
from perennial.core.rules.roster.columns import Ints, day_of, ordinal
from perennial.core.rules.roster.programs import Asked, not_due
from perennial.core.rules.roster.windows import UNKNOWN, Licenses, months_after
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Effect, Figure, FirstStep, Recurrence, Requirement, Waiver
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
        self.prorates = any(s.prorate for s in steps)
        effects = [e for point in file.open.values() for e in point.could]
        self.closes_earlier = any(e.closes_months_earlier for e in effects)
        self.exact = self.closes_earlier or any(_counts_days(r.due) or r.lookback_months for r in file.requirements.values())
        self.exact_issue = any(_counts_issue(r) for r in file.requirements.values())
        self.attributes = frozenset(_attributes(rule, effects))
        self.since_last = [
            k for k, r in file.requirements.items() if isinstance(r.due, Recurrence) and r.due.years and r.due.counted == "last"
        ]
        self.recurs = [e.recurs for e in effects if e.recurs in file.requirements]

    def codes(self, licenses: Licenses, start: Ints, end: Ints, renewal: Ints) -> list[Ints]:
        """For each license numbers that are alike where nothing that the rule asks of them can differ."""
        known = licenses.issued != UNKNOWN
        found = [renewal, np.searchsorted(self.days, end, "right"), np.searchsorted(self.days, start, "right"), known.astype(np.int64)]
        if self.exact:
            found += [start, end, licenses.issued if self.exact_issue else start]
        if len(self.begun):
            found.append(np.searchsorted(self.begun, licenses.issued, "right"))
        for months in self.deadlines:
            deadline = months_after(licenses.issued, months)
            found.append((deadline >= start).astype(np.int64) + (deadline > end))
        first = renewal == 1
        for months in self.held:
            found.append(first & (months_after(licenses.issued, months) <= licenses.expires + 1))
        for months in self.issued_within:
            found.append(first & (licenses.issued > months_after(licenses.expires, -months)))
        if self.prorates:
            found += [np.where(first, licenses.issued, 0), np.where(first, licenses.expires, 0)]
        return [np.asarray(each, dtype=np.int64) for each in found]


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


def _counts_days(due: object) -> bool:
    return isinstance(due, Recurrence) and (due.years is not None or due.counted == "within")


def _counts_issue(requirement: Requirement) -> bool:
    """Whether years are counted from a day that hangs on first licensure."""
    due = requirement.due
    return isinstance(due, Recurrence) and due.years is not None and (due.counted == "license" or requirement.first_due is not None)


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
    _effects: dict[int, int] = field(default_factory=dict)
    _numbers: dict[tuple[Reading, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at the rule once."""
        self.watch = Watch(self.rule)

    def attribute_codes(self, attributes: Iterable[Iterable[str] | None]) -> Ints:
        """For each person a number for those attributes that this rule looks at."""
        codes = [self.attributes.setdefault(self.watch.attributes.intersection(each or ()), len(self.attributes)) for each in attributes]
        return np.array(codes, dtype=np.int64)

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

    def numbers(self, view: "View", reading: Reading) -> Ints:
        """For each license the number of its situation."""
        key = mixed([*self.watch.codes(view.licenses, view.start, view.end, view.renewal), view.attributes, view.effects, *view.flags.T])
        values, first, back = np.unique(key, return_index=True, return_inverse=True)
        numbers = np.zeros(len(values), dtype=np.int64)
        for place, (value, i) in enumerate(zip(values, first, strict=True)):
            number = self._numbers.get((reading, int(value)))
            if number is None:
                number = self._numbers[reading, int(value)] = self._look(view, int(i), reading)
            numbers[place] = number
        return numbers[back]

    def _look(self, view: "View", i: int, reading: Reading) -> int:
        """Ask the engine about one license of a new situation."""
        license, number = view.licenses.one(i), int(view.renewal[i])
        window = CreditWindow(day_of(view.start[i]), day_of(view.end[i]))
        names = [*self.rule.file.duties, *self.watch.since_last, *self.watch.recurs]
        flagged = {name for name, on in zip(names, view.flags[i], strict=True) if on}
        done = [Done(duty) for duty in self.rule.file.duties if duty in flagged]
        done += [Done(key, LONG_AGO.on) for key in self.watch.since_last if key in flagged]
        standing = Standing(license, window.end, attributes=list(self.attributes)[view.attributes[i]], done=tuple(done))
        effects = self.effects[view.effects[i]]
        question = Question(self.rule, standing, window, (), (), reading, None if number < 0 else number, effects)
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
                    is_suspended(self.rule, window),
                    tuple(stale_sources(question, asked, limits)),
                    any(e.anything for e in effects),
                    any(ask.needs for ask in asked.values()),
                    max((e.closes_months_earlier or 0 for e in effects), default=0),
                )
            )
        return len(self.asked[reading]) - 1

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


def mixed(codes: Sequence[npt.NDArray[np.int64] | npt.NDArray[np.bool_]]) -> npt.NDArray[np.uint64]:
    """One number for each row of several; rows that differ get different ones but for one chance in some 10**13."""
    found = np.zeros(len(codes[0]), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for code in codes:
            found = (found ^ code.astype(np.int64).view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            found ^= found >> np.uint64(29)
            found *= np.uint64(0xBF58476D1CE4E5B9)
            found ^= found >> np.uint64(32)
    return found
