"""One rule over its licensees: windows, situations, done duties, then the compiled count in each reading."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import polars as pl

from perennial.core.rules.evaluate import is_unknown
from perennial.core.rules.facts import Credit
from perennial.core.rules.roster.columns import Ints, Spelling, Spellings, ordinal
from perennial.core.rules.roster.duties import Duties
from perennial.core.rules.roster.kernel import TOPICS
from perennial.core.rules.roster.mixing import mixed
from perennial.core.rules.roster.packed import (
    KEY,
    NEVER_BEFORE,
    ORIGIN,
    TOPIC_FIRST,
    TOPIC_STOP,
    UNASKED,
    Laid,
    LaidTables,
    Read,
    Rows,
    lay_out,
    lay_out_tables,
    pack,
)
from perennial.core.rules.roster.programs import Program, Writer
from perennial.core.rules.roster.situations import Situations, View
from perennial.core.rules.roster.tables import DAY, Book, Tables
from perennial.core.rules.roster.tallies import Cases, Found, any_between, judge_all, mark_keys
from perennial.core.rules.roster.windows import (
    Flags,
    Licenses,
    Windows,
    months_after,
    window_before,
    windows,
    year_ends,
    years_before,
)
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Recurrence
from perennial.core.rules.selection import UNITS, Entry, Reading

READINGS = {Reading.AS_READ: 0, Reading.STRICT: 1, Reading.LOOSE: 2}


@dataclass(frozen=True, slots=True)
class People:
    """Licensees of one rule: whose credits are theirs, their licenses, numbers of their attributes, duties, and the day asked about."""

    person: Ints
    licenses: Licenses
    attributes: Ints
    spelled: Sequence[frozenset[str]]
    """Attributes by number."""
    duties: Duties
    as_of: Ints

    def some(self, chosen: Ints) -> "People":
        """Some of them."""
        whose = self.duties.of(chosen, len(self.person))
        return People(self.person[chosen], self.licenses.some(chosen), self.attributes[chosen], self.spelled, whose, self.as_of[chosen])


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers to the licensees of one rule. `unsure`: only `evaluate` can tell; the rest of their row says nothing."""

    windows: Windows
    compliant: Flags
    unknown: Flags
    certain: Flags
    counted: Ints
    short: npt.NDArray[np.int64]
    unsure: Flags
    unaccepted: Flags
    situation: Ints
    duties: npt.NDArray[np.bool_]
    tables: Tables
    read: Read
    person: Ints


@dataclass(slots=True)
class RuleKernel:
    """A rule ready to judge many; what it learns of situations and spellings it keeps."""

    rule: Rule
    book: Book = field(init=False)
    situations: Situations = field(init=False)
    _writers: dict[Reading, Writer] = field(init=False)
    _laid: dict[Reading, tuple[Tables, Program, Laid]] = field(default_factory=dict)
    _tables_laid: tuple[Tables, LaidTables] | None = None
    _own_keys: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the rule's selections."""
        self.book = Book(self.rule)
        self.situations = Situations(self.rule)
        self._writers = {reading: Writer(self.rule, self.book, reading) for reading in Reading}

    @property
    def compiled(self) -> bool:
        """Whether the kernel knows every shape in the rule: all but a share of the hours earned."""
        return not any(f.of == "earned" and f.percent is not None for limit in self.rule.file.limits.values() for f in limit.at_most)

    def judge(self, people: People, rows: Rows, spellings: Spellings, titles: pl.Series) -> Judged:
        """Judge them all: as the file reads, then what could go against those compliant and in favor of the others."""
        tables, mine = self._tables(people.person, rows, spellings, titles)
        if mine is not None:
            people, rows = replace(people, person=np.arange(len(people.person))), mine
        return self.judged(Counting(self, people, tables, rows))

    def judged(self, count: "Counting") -> Judged:
        """The same by a count of some people."""
        rule, people, many = self.rule, count.people, len(count.people.person)
        asked = windows(rule, people.licenses)
        attributes = self.situations.attribute_codes(people.attributes, people.spelled)
        effects = self.situations.effect_codes(people.licenses, asked.end, asked.renewal, attributes)
        duties = [people.duties.on_record([duty], many, asked.start, asked.end) for duty in rule.file.duties]
        view = View(people.licenses, asked.start, asked.end, asked.renewal, asked.needs, attributes, effects, _side_by_side(duties, many))
        bare = count.cases(view)
        found, situation, read = count.run(view, bare, Reading.AS_READ)
        told = self.situations.told_of(situation)
        suspended = told.suspended
        unknown = asked.needs | is_unknown(rule)
        met = (found.status == 1) | ~asked.owed
        compliant = suspended | met
        certain = ~unknown & ~told.anything
        open_duty = ~np.all(view.flags[:, : len(rule.file.duties)], axis=1)
        doubt = rule.has_doubt | np.array([bool(each) for each in self.situations.effects], dtype=np.bool_)[effects]
        against = found.unaccepted | open_duty
        first = np.isin(asked.renewal, (1, -1)) & (rule.file.first_renewal.unknown or bool(rule.file.first_renewal.steps))
        in_favor = first | (rule.file.carry_over.unknown & found.earlier) | told.needs
        again = certain & asked.owed & ~suspended & (doubt | np.where(compliant, against, in_favor)) & (found.status != 2)
        unsure = found.status == 2
        for reading, which in ((Reading.STRICT, again & compliant), (Reading.LOOSE, again & ~compliant)):
            chosen = np.flatnonzero(which)
            if len(chosen):
                strict = found.unaccepted[chosen] & (reading is Reading.STRICT)
                some = some_cases(bare, chosen)._replace(strict=strict)
                whom = people.some(chosen)
                other = self._recount(
                    replace(count, people=whom), (_some(view, chosen, whom.licenses), some), reading, told.closes_earlier[chosen]
                )
                certain[chosen] = (other == 1) == compliant[chosen]
                unsure[chosen] |= other == 2
        return Judged(
            asked,
            compliant,
            unknown,
            certain,
            found.counted,
            found.short,
            unsure,
            found.unaccepted,
            situation,
            view.flags,
            count.tables,
            read,
            people.person,
        )

    def _recount(self, count: "Counting", of: tuple[View, Cases], reading: Reading, earlier: Ints) -> npt.NDArray[np.int8]:
        view, bare = of
        many, done = len(view.start), count.people.duties
        if reading is Reading.STRICT and earlier.any():
            view = replace(view, end=np.where(earlier > 0, months_after(view.end, -earlier), view.end))
            bare = bare._replace(end=view.end, years=year_ends(self.rule, view.end, view.start))
        duties = [done.on_record([duty], many, view.start, view.end) for duty in self.rule.file.duties]
        view = replace(view, flags=_side_by_side(duties, many))
        found, _, _ = count.run(view, bare, reading)
        return found.status

    def _tables(self, person: Ints, rows: Rows, spellings: Spellings, titles: pl.Series) -> tuple[Tables, Rows | None]:
        if not self.book.by_key:
            return self._by_credit(person, rows, spellings, titles)
        every = spellings.every
        seen = np.zeros(len(every), dtype=np.bool_)
        mark_keys(rows.first, rows.rows, person, seen)
        return self.book.tables(seen, every), None

    def _by_credit(self, person: Ints, rows: Rows, spellings: Spellings, titles: pl.Series) -> tuple[Tables, Rows]:
        """The same where titles or topics decide too: each spelling with its topics and title has a key of its own."""
        every = spellings.every
        slugs = sorted(self.rule.vocabulary.topics)
        many = rows.first[person + 1] - rows.first[person]
        first = np.concatenate(([0], np.cumsum(many)))
        mine = rows.rows[np.repeat(rows.first[person] - first[:-1], many) + np.arange(first[-1])]
        named, masks = titles.gather(mine[:, ORIGIN]).fill_null(""), _topic_masks(mine, rows.topics)
        spelled = named.unique()
        words = [self.book.telling(title) for title in spelled]
        number = {each: i for i, each in enumerate(dict.fromkeys(words))}
        telling: Ints = named.replace_strict(spelled, [number[each] for each in words], return_dtype=pl.Int64).to_numpy()
        _, shown, back = np.unique(mixed([mine[:, KEY].astype(np.int64), masks, telling]), return_index=True, return_inverse=True)
        learned: list[tuple[Spelling, Entry]] = []
        keys = np.zeros(len(shown), dtype=np.int64)
        for place, i in enumerate(shown.tolist()):
            topics = [topic for topic in range(len(slugs)) if int(masks[i]) >> topic & 1]
            own = (int(mine[i, KEY]), int(masks[i]), self.book.telling(named[i]))
            if own not in self._own_keys:
                learned.append((every[own[0]], _entry(self.rule, every[own[0]], own[2], [slugs[t] for t in topics])))
            keys[place] = self._own_keys.setdefault(own, len(self._own_keys))
        mine[:, KEY] = keys[back]
        packed = Rows(first.astype(np.int64), mine, rows.topics)
        return self.book.tables_of_entries(learned, len(self._own_keys)), packed

    def read(self, tables: Tables, reading: Reading, rows: Rows, person: Ints) -> Read:
        """What a count reads; all but the rows is laid out anew only when something was learned."""
        program, held = self.program(reading), self._laid.get(reading)
        if held is None or held[0] is not tables or held[1] is not program:
            if self._tables_laid is None or self._tables_laid[0] is not tables:
                self._tables_laid = (tables, lay_out_tables(tables))
            held = self._laid[reading] = (tables, program, lay_out(self._tables_laid[1], program))
        return pack(held[2], rows, person)

    def program(self, reading: Reading) -> Program:
        """What is asked in every situation met so far."""
        writer = self._writers[reading]
        for asked in self.situations.asked[reading][len(writer.lengths) :]:
            writer.add(asked)
        return writer.program()


@dataclass(frozen=True, slots=True)
class Counting:
    """A count of many licensees under one reading."""

    kernel: RuleKernel
    people: People
    tables: Tables
    rows: Rows

    def run(self, view: View, bare: Cases, reading: Reading) -> tuple[Found, Ints, Read]:
        """The answers, the situations, and what was read."""
        kernel, many = self.kernel, len(view.start)
        view = replace(view, flags=np.concatenate([view.flags, self._flags(view, bare, reading)], axis=1))
        situation, since = kernel.situations.numbers(view, reading)
        before = situation
        if kernel.rule.file.carry_over.at_most or kernel.rule.file.carry_over.unknown:
            renewal = np.where(view.renewal > 0, view.renewal - 1, -1)
            past = replace(view, start=bare.before_start, end=bare.before_end, renewal=renewal, needs=np.zeros(many, dtype=np.bool_))
            before = kernel.situations.numbers(past, reading)[0]
        read = self.read(reading)
        cases = bare._replace(situation=situation, before=before, done=self._done(view, situation, since, reading), since=since)
        width = len(kernel.rule.file.requirements)
        found = Found(
            np.zeros(many, dtype=np.int8),
            np.zeros(many, dtype=np.int64),
            np.full((many, width), UNASKED, dtype=np.int64),
            np.zeros(many, dtype=np.bool_),
            np.zeros(many, dtype=np.bool_),
        )
        self.fill(read, cases, reading, found)
        return found, situation, read

    def read(self, reading: Reading) -> Read:
        """What is read in a reading."""
        return self.kernel.read(self.tables, reading, self.rows, self.people.person)

    def fill(self, read: Read, cases: Cases, reading: Reading, found: Found) -> None:
        """Count each case."""
        judge_all(read, cases, READINGS[reading], found)

    def cases(self, view: View) -> Cases:
        """The cases as far as dates tell; nobody's approvers are looked at strictly."""
        before, late = window_before(self.kernel.rule, view.start), self.kernel.rule.file.carry_over.earned_in_last_months
        nothing = np.zeros(len(view.start), dtype=np.int64)
        return Cases(
            person=self.people.person,
            situation=nothing,
            before=nothing,
            start=view.start,
            end=view.end,
            before_start=before[0],
            before_end=before[1],
            late=months_after(before[1], -late) if late else nothing,
            as_of=self.people.as_of,
            done=np.zeros((len(nothing), len(self.kernel.rule.file.requirements)), dtype=np.bool_),
            years=year_ends(self.kernel.rule, view.end, view.start),
            years_before=year_ends(self.kernel.rule, before[1], before[0]),
            since=np.zeros((len(nothing), 0), dtype=np.int64),
            strict=np.zeros(len(nothing), dtype=np.bool_),
        )

    def _flags(self, view: View, cases: Cases, reading: Reading) -> npt.NDArray[np.bool_]:
        """Which topics were done too long ago, and which of late."""
        rule, watch, many = self.kernel.rule, self.kernel.situations.watch, len(view.start)
        found = []
        if not watch.since_last and not watch.recurs:
            return np.zeros((many, 0), dtype=np.bool_)
        read = self.read(reading)
        for key in watch.since_last:
            requirement = rule.file.requirements[key]
            years = requirement.due.years if isinstance(requirement.due, Recurrence) else None
            since = years_before(view.end, years or 1) + 1
            flag = self.people.duties.dated_before([key, *requirement.met_by], many, since)
            self._look(read, cases, key, (np.full(many, -(10**8)), since), flag)
            found.append(flag)
        for key in watch.recurs:
            flag = np.zeros(many, dtype=np.bool_)
            due = rule.file.requirements[key].due
            years = due.years if isinstance(due, Recurrence) and due.years else 1
            if reading is Reading.LOOSE:
                self._look(read, cases, key, (months_after(view.end, -24 * years), np.full(many, 10**8)), flag)
            found.append(flag)
        return _side_by_side(found, many)

    def _look(self, read: Read, cases: Cases, key: str, spans: tuple[Ints, Ints], flag: Flags) -> None:
        picker = self.kernel.book.pickers[id(self.kernel.rule.requirements[key])]
        any_between(read, cases, picker, (spans[0].astype(np.int64), spans[1].astype(np.int64)), flag)

    def _done(self, view: View, situation: Ints, since: npt.NDArray[np.int64], reading: Reading) -> npt.NDArray[np.bool_]:
        """Which requirements are met by something done."""
        many, kernel = len(view.start), self.kernel
        requirements = kernel.rule.file.requirements
        if not len(self.people.duties.who):
            return np.zeros((many, len(requirements)), dtype=np.bool_)
        asked = kernel.situations.asked[reading]
        back = {due.key: since[:, place] for place, due in enumerate(kernel.situations.watch.dues)}
        found = []
        for key, requirement in requirements.items():
            start = back.get(key)
            if start is None:
                lookback = [a.asked[key].lookback for a in asked]
                starts = np.array([NEVER_BEFORE if window is None else ordinal(window.start) for window in lookback], dtype=np.int64)
                start = starts[situation]
            after = np.where(start == NEVER_BEFORE, view.start, start)
            found.append(self.people.duties.on_record([key, *requirement.met_by], many, after, view.end))
        return _side_by_side(found, many)


def _side_by_side(columns: Sequence[Flags], many: int) -> npt.NDArray[np.bool_]:
    return np.stack(columns, axis=1) if columns else np.zeros((many, 0), dtype=np.bool_)


def some_cases(cases: Cases, chosen: Ints) -> Cases:
    """Some of the cases."""
    return Cases._make(column[chosen] for column in cases)


def _some(view: View, chosen: Ints, licenses: Licenses) -> View:
    return View(
        licenses,
        view.start[chosen],
        view.end[chosen],
        view.renewal[chosen],
        view.needs[chosen],
        view.attributes[chosen],
        view.effects[chosen],
        view.flags[chosen],
    )


def _topic_masks(rows: npt.NDArray[np.int32], topics: npt.NDArray[np.int32]) -> Ints:
    """The topics of each credit as bits."""
    many = (rows[:, TOPIC_STOP] - rows[:, TOPIC_FIRST]).astype(np.int64)
    begin = np.cumsum(many) - many
    at = np.repeat(rows[:, TOPIC_FIRST] - begin, many) + np.arange(int(many.sum()))
    found = np.zeros(len(rows), dtype=np.int64)
    if len(at):
        found[many > 0] = np.bitwise_or.reduceat(np.int64(1) << (topics[at] & TOPICS).astype(np.int64), begin[many > 0])
    return found


def _entry(rule: Rule, spelling: Spelling, title: str, topics: Sequence[str]) -> Entry:
    labels, number = rule.vocabulary.labels_of(*spelling)
    credit = Credit("", title, DAY, Decimal(1), spelling.format, approvals=spelling.approvals, category=spelling.category)
    return Entry(credit, DAY, UNITS, dict.fromkeys(topics, 1), labels, number)
