"""What is asked in each situation, laid out in numbers for the kernel."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.asked import Ask, Cap, units_of
from perennial.core.rules.count import full_of, on_top, outside_total
from perennial.core.rules.question import Question
from perennial.core.rules.roster.columns import Ints, ordinal
from perennial.core.rules.roster.dues import counts_days
from perennial.core.rules.roster.packed import (
    ALL_UNITS,
    COURSE,
    CREDIT,
    FORM,
    INCOMPLETE,
    NEVER_BEFORE,
    ON_DAY,
    PERIOD,
    TOPIC,
    YEAR,
)
from perennial.core.rules.roster.tables import Book, starts
from perennial.core.rules.rule import Rule, in_force
from perennial.core.rules.selection import Reading

EACH = {"period": PERIOD, "year": YEAR, "day": ON_DAY, "credit": CREDIT, "course": COURSE, "format": FORM, "topic": TOPIC}
OPEN = 1 << 63
"""Marks a demand of an unread clause; its topics are the other bits."""


class Program(NamedTuple):
    """What is asked in each situation that a rule can put a license in, under one reading.

    Demands of situation s are `demand_first[s]:demand_first[s + 1]`; likewise limits, unread caps, pairs that share no
    hour, and topics that come on top of the hours in all.
    """

    demand_first: Ints
    requirement: Ints
    picker: Ints
    asked: Ints
    yearly: Ints
    in_total: npt.NDArray[np.bool_]
    is_total: npt.NDArray[np.bool_]
    lookback: Ints
    open_topics: npt.NDArray[np.uint64]
    first_only: Ints
    within_first: Ints
    within_picker: Ints
    within_units: Ints
    limit_first: Ints
    limit_picker: Ints
    limit_units: Ints
    limit_each: Ints
    cap_first: Ints
    cap_matcher: Ints
    cap_units: Ints
    pair_first: Ints
    pair_one: Ints
    pair_other: Ints
    outside_first: Ints
    outside_topics: npt.NDArray[np.uint64]
    outside_where: Ints
    where_first: Ints
    where: Ints
    kinds_first: Ints
    kinds: Ints
    kinds_least: Ints
    carry: Ints
    carry_late: Ints
    carry_not: npt.NDArray[np.uint64]
    full: Ints
    years: Ints


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine asks in one situation."""

    question: Question
    asked: dict[str, Ask]
    limits: tuple[Cap, ...]
    needs: bool


def not_due(ask: Ask) -> Ask:
    """A requirement that asks nothing now."""
    return replace(ask, state="not_due", units=0)


class Writer:
    """Writes situations one after another into lists of numbers."""

    def __init__(self, rule: Rule, book: Book, reading: Reading) -> None:
        self.rule, self.book, self.reading = rule, book, reading
        self.back = [key for key, requirement in rule.file.requirements.items() if counts_days(requirement)]
        self.keys = {key: number for number, key in enumerate(rule.file.requirements)}
        self.demands: list[tuple[int, ...]] = []
        self.masks: list[int] = []
        self.within: list[list[tuple[int, int]]] = []
        self.limits: list[tuple[int, int, int]] = []
        self.caps: list[tuple[int, int]] = []
        self.pairs: list[tuple[int, int]] = []
        self.outside: list[tuple[int, int]] = []
        self.where: list[list[int]] = []
        self.kinds: list[int] = []
        self.carry: list[tuple[int, int, int, int]] = []
        self.lengths: list[tuple[int, ...]] = []
        self._program: Program | None = None
        self._written = 0

    def add(self, asked: Asked) -> None:
        """One situation more."""
        before = self._sizes()
        order: dict[str, int] = {}
        for key, ask in asked.asked.items():
            if ask.state == "asked":
                order[key] = len(order)
                self._demand(asked, key, ask)
        for cap in asked.limits:
            picker = self.book.pickers[id(self.rule.limits[cap.id])]
            self.limits.append((picker, cap.units, EACH[self.rule.file.limits[cap.id].each]))
        self.caps += self._open_caps(asked.question)
        self.pairs += [(order[a], order[b]) for a, b in self._apart(asked.question) if a in order and b in order]
        for key, requirement in self.rule.file.requirements.items():
            if on_top(requirement, asked.asked[key], self.reading):
                self.outside.append((self.book.mask(requirement.topics or (key,)), len(self.where)))
                self.where.append([self.book.number(m) for m in self.rule.counts_where[key]])
            if key in self.rule.kinds and key in order:
                self.kinds += [self.book.number(m) for m in self.rule.kinds[key]]
        self._carry(asked)
        self.lengths.append(tuple(after - b for after, b in zip(self._sizes(), before, strict=True)))

    def _sizes(self) -> tuple[int, ...]:
        return tuple(len(x) for x in (self.demands, self.limits, self.caps, self.pairs, self.outside, self.kinds))

    def _demand(self, asked: Asked, key: str, ask: Ask) -> None:
        requirement = self.rule.file.requirements.get(key)
        units = INCOMPLETE if ask.units is None else ask.units
        if requirement is None:
            self.demands.append((-1, -1, units, 0, 1, 0, NEVER_BEFORE, -1, 0))
            self.masks.append(OPEN | self.book.mask(key.removeprefix("?").split("|")))
            self.within.append([])
            return
        whole = key == "total"
        lookback = NEVER_BEFORE if ask.lookback is None or key not in self.rule.requirements else ordinal(ask.lookback.start)
        lookback = NEVER_BEFORE + 1 + self.back.index(key) if key in self.back else lookback
        first_only = self.rule.first_only.get(key) if asked.question.renewal == 1 else None
        kinds = requirement.kinds.at_least if requirement.kinds else 0
        self.demands.append(
            (
                self.keys[key],
                self.book.pickers[id(self.rule.requirements[key])],
                units,
                ask.yearly,
                not outside_total(requirement, self.reading),
                whole,
                lookback,
                -1 if first_only is None else self.book.number(first_only),
                kinds,
            )
        )
        self.masks.append(0)
        parts = zip(requirement.within, self.rule.within.get(key, ()), strict=True)
        figures = [(in_force(part.at_most, asked.question.window.end), picker) for part, picker in parts]
        self.within.append([(self.book.pickers[id(p)], units_of(f.hours)) for f, p in figures if f is not None and f.hours is not None])

    def _open_caps(self, question: Question) -> Iterator[tuple[int, int]]:
        if self.reading is not Reading.STRICT:
            return
        concerned = {id(e) for e in question.effects}
        for point, index, matcher in self.rule.open_caps:
            effect = self.rule.file.open[point].could[index]
            if id(effect) in concerned:
                yield self.book.number(matcher), units_of(effect.cap_hours)

    def _apart(self, question: Question) -> list[tuple[str, str]]:
        found = [(key, other) for key, r in self.rule.file.requirements.items() for other in r.disjoint]
        if self.reading is Reading.STRICT:
            found += [(a, b) for e in question.effects for a, b in combinations(e.apart, 2)]
        return found

    def _carry(self, asked: Asked) -> None:
        """Most units that carry over into such a period, from when on they must be earned, topics that never do, what is full."""
        rule, question = self.rule.file.carry_over, asked.question
        figure = in_force(rule.at_most, question.window.end)
        most = units_of(figure.hours) if figure and figure.hours is not None else 0
        loose = self.reading is Reading.LOOSE
        if rule.unknown:
            most = ALL_UNITS if loose else 0
        for effect in question.effects if self.reading is not Reading.AS_READ else ():
            if effect.figure == "carry_over":
                hours = effect.highest if loose else effect.lowest
                most = units_of(hours) if hours is not None else ALL_UNITS if loose else 0
        if question.renewal == 1 or asked.needs:
            most = 0
        late = 1 if rule.earned_in_last_months else 0
        self.carry.append((most, late, self.book.mask(rule.not_topics), full_of(asked.asked.get("total"))))

    def program(self) -> Program:
        """Everything written so far; kept until another situation comes."""
        if self._program is None or self._written != len(self.lengths):
            self._program, self._written = self._laid_out(), len(self.lengths)
        return self._program

    def _laid_out(self) -> Program:
        demands, limits, within = _columns(self.demands, 9), _columns(self.limits, 3), [w for each in self.within for w in each]
        caps, pairs, inner = _columns(self.caps, 2), _columns(self.pairs, 2), _columns(within, 2)
        first = [starts([length[i] for length in self.lengths]) for i in range(6)]
        months = self.rule.file.period.months or 12
        return Program(
            demand_first=first[0],
            requirement=demands[0],
            picker=demands[1],
            asked=demands[2],
            yearly=demands[3],
            in_total=demands[4] == 1,
            is_total=demands[5] == 1,
            lookback=demands[6],
            first_only=demands[7],
            kinds_least=demands[8],
            open_topics=np.array(self.masks, dtype=np.uint64),
            within_first=starts([len(each) for each in self.within]),
            within_picker=inner[0],
            within_units=inner[1],
            limit_first=first[1],
            limit_picker=limits[0],
            limit_units=limits[1],
            limit_each=limits[2],
            cap_first=first[2],
            cap_matcher=caps[0],
            cap_units=caps[1],
            pair_first=first[3],
            pair_one=pairs[0],
            pair_other=pairs[1],
            outside_first=first[4],
            outside_topics=np.array([mask for mask, _ in self.outside], dtype=np.uint64),
            outside_where=np.array([place for _, place in self.outside], dtype=np.int64),
            where_first=starts([len(each) for each in self.where]),
            where=np.array([m for each in self.where for m in each], dtype=np.int64),
            kinds_first=first[5],
            kinds=np.array(self.kinds, dtype=np.int64),
            carry=np.array([c[0] for c in self.carry], dtype=np.int64),
            carry_late=np.array([c[1] for c in self.carry], dtype=np.int64),
            carry_not=np.array([c[2] for c in self.carry], dtype=np.uint64),
            full=np.array([c[3] for c in self.carry], dtype=np.int64),
            years=np.array([max(1, math.ceil(months / 12))], dtype=np.int64),
        )


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> list[Ints]:
    table = np.array(rows, dtype=np.int64).reshape(-1, width)
    return [np.ascontiguousarray(table[:, i]) for i in range(width)]
