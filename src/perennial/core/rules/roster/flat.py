"""Rosters in flat columns: a credit is a day, units and a kind. Where sums by kind tell all, no credit is put in a row of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import polars as pl

from perennial.core.rules.roster.batch import READINGS, Counting, Judged, People, RuleKernel
from perennial.core.rules.roster.columns import Ints, Spellings
from perennial.core.rules.roster.packed import KEY, Read, Rows
from perennial.core.rules.roster.packing import Given, put_in_rows, sort_by_day
from perennial.core.rules.roster.sums import Flat, Weights, judge_sums, weigh
from perennial.core.rules.roster.tables import REPEATS
from perennial.core.rules.roster.tallies import Cases, Found
from perennial.core.rules.selection import UNITS, Reading

ANSWERS = ("compliant", "certain", "counted", "short", "unsure", "unaccepted")
ODD = np.uint64(0x9E3779B97F4A7C15)


class Kind(NamedTuple):
    """What credits of one kind have in common: the number of their spelling, and the topics, by number, in which they lie whole."""

    key: int
    topics: tuple[int, ...]


def judge_flat(kernel: RuleKernel, people: People, credits: Flat, kinds: Sequence[Kind], spellings: Spellings) -> Judged:
    """The answers of `RuleKernel.judge`; for whom sums by kind do not tell, credits are put in rows after all.

    Credits have neither title nor course. `Judged.read` holds one credit of each kind instead of those of the people.
    """
    samples = rows_of(_one_of_each(len(kinds)), kinds, np.arange(len(kinds)))
    untitled = pl.repeat(None, len(credits.day), dtype=pl.String, eager=True)
    if not _is_plain(kernel):
        rows = rows_of(credits, kinds, people.person)
        return kernel.judge(replace(people, person=np.arange(len(people.person))), rows, spellings, untitled)
    every, seen = spellings.every, np.zeros(len(spellings.every), dtype=np.bool_)
    seen[samples.rows[:, KEY]] = True
    found = kernel.judged(Summing(kernel, people, kernel.book.tables(seen, every), samples, credits))
    chosen = np.flatnonzero(found.unsure)
    if len(chosen):
        some = replace(people.some(chosen), person=np.arange(len(chosen)))
        exact = kernel.judge(some, rows_of(credits, kinds, people.person[chosen]), spellings, untitled)
        for name in ANSWERS:
            getattr(found, name)[chosen] = getattr(exact, name)
    return found


def _one_of_each(kinds: int) -> Flat:
    """One credit of each kind, each of another person."""
    every = np.arange(kinds)
    return Flat(np.arange(kinds + 1), np.zeros(kinds, np.int32), np.full(kinds, UNITS, np.int32), every.astype(np.uint16))


def _is_plain(kernel: RuleKernel) -> bool:
    """Whether nothing in a rule looks at single credits: what each is, and when, decides."""
    file, watch = kernel.rule.file, kernel.situations.watch
    counting = file.counting
    measured = counting.step_hours or counting.step_after_hours or counting.least_hours or REPEATS[counting.repeats]
    looked_for = watch.since_last or watch.recurs
    return kernel.book.by_key and not measured and not looked_for


def rows_of(credits: Flat, kinds: Sequence[Kind], person: Ints) -> Rows:
    """The credits of some people as the count reads them, people numbered anew in their order."""
    many = credits.first[person + 1] - credits.first[person]
    first = np.concatenate(([0], np.cumsum(many))).astype(np.int64)
    order = np.repeat(credits.first[person] - first[:-1], many) + np.arange(first[-1])
    sort_by_day(first, order, credits.day, np.zeros(len(credits.day), dtype=np.int32))
    topics = [kind.topics for kind in kinds]
    each = np.array([len(names) for names in topics], dtype=np.int64)[credits.kind]
    topic_first = np.concatenate(([0], np.cumsum(each))).astype(np.int64)
    begins = np.concatenate(([0], np.cumsum([len(names) for names in topics]))).astype(np.int64)[credits.kind]
    at = np.repeat(begins - topic_first[:-1], each) + np.arange(topic_first[-1])
    nothing = np.zeros(len(credits.day), dtype=np.uint64)
    given = Given(
        day=credits.day,
        units=credits.units.astype(np.int64),
        key=np.array([kind.key for kind in kinds], dtype=np.int32)[credits.kind],
        ident=np.arange(len(credits.day), dtype=np.uint64) * ODD,
        course=nothing,
        named=nothing,
        topic_first=topic_first,
        topic=np.array([topic for names in topics for topic in names], dtype=np.uint8)[at],
        topic_units=np.repeat(credits.units, each).astype(np.int64),
    )
    return put_in_rows(first, order, given)


@dataclass(frozen=True, slots=True)
class Summing(Counting):
    """A count by sums; the rows are one credit of each kind. Whom sums do not tell is left unsure."""

    credits: Flat

    def read(self, reading: Reading) -> Read:
        """One credit of each kind."""
        return self.kernel.read(self.tables, reading, self.rows, np.arange(len(self.rows.rows)))

    def fill(self, read: Read, cases: Cases, reading: Reading, found: Found) -> None:
        """Add up by kind."""
        if len(cases.person):
            weights = self._weights(reading)
            weigh(read, np.full(len(self.rows.rows), UNITS), cases, READINGS[reading], weights)
            judge_sums(read, self.credits, cases, READINGS[reading], (weights, found))

    def _weights(self, reading: Reading) -> Weights:
        """Nothing yet, for so many situations, demands and limits."""
        program, kinds = self.kernel.program(reading), len(self.rows.rows)
        total, gives = (np.zeros((len(first) - 1, kinds), dtype=np.int64) for first in (program.demand_first, program.within_first))
        holds = np.zeros((len(program.limit_units), kinds), dtype=np.int64)
        return Weights(total, gives, holds, np.zeros((2, kinds), dtype=np.int64), np.zeros(len(total), dtype=np.bool_))
