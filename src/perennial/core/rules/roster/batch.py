"""One rule over its licensees: windows, situations, done duties, then the compiled count in each reading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import polars as pl

from perennial.core.rules.evaluate import is_unknown
from perennial.core.rules.facts import Credit
from perennial.core.rules.roster.columns import Ints, Spelling, Spellings, ordinal
from perennial.core.rules.roster.packed import KEY, TOPIC_FIRST, TOPIC_STOP, UNASKED, Read, Rows, pack
from perennial.core.rules.roster.programs import NEVER_BEFORE, Writer
from perennial.core.rules.roster.situations import Situations, View
from perennial.core.rules.roster.tables import DAY, Book, Tables
from perennial.core.rules.roster.tallies import Cases, Found, any_between, judge_all, mark_keys
from perennial.core.rules.roster.windows import UNKNOWN, Flags, Licenses, Windows, months_after, window_before, windows, year_ends
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Recurrence
from perennial.core.rules.selection import UNITS, Entry, Reading

READINGS = {Reading.AS_READ: 0, Reading.STRICT: 1, Reading.LOOSE: 2}
AT_ANY_TIME = UNKNOWN
"""Of a duty: done on a day that is not known."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What licensees have done: whose (by place), what, on which day."""

    who: Ints
    what: npt.NDArray[np.str_]
    on: Ints

    def on_record(self, names: Iterable[str], many: int, after: Ints, until: Ints) -> Flags:
        """Which of so many licensees have done one of these from one day to another, or on a day not known."""
        found = np.zeros(many, dtype=np.bool_)
        if len(self.who):
            named = np.isin(self.what, list(names))
            inside = (self.on == AT_ANY_TIME) | ((self.on >= after[self.who]) & (self.on <= until[self.who]))
            found[self.who[named & inside]] = True
        return found

    def dated_before(self, names: Iterable[str], many: int, day: Ints) -> Flags:
        """Which of them did one of these before a day."""
        found = np.zeros(many, dtype=np.bool_)
        if len(self.who):
            named = np.isin(self.what, list(names)) & (self.on != AT_ANY_TIME)
            found[self.who[named & (self.on < day[self.who])]] = True
        return found

    def of(self, chosen: Ints, many: int) -> "Duties":
        """The same for some of the licensees, by their new places."""
        place = np.full(many, -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.who] >= 0 if len(self.who) else np.zeros(0, dtype=np.bool_)
        return Duties(place[self.who[kept]], self.what[kept], self.on[kept])


@dataclass(frozen=True, slots=True)
class People:
    """Licensees of one rule: whose credits are theirs, their licenses, attributes by number, duties, and the day asked about."""

    person: Ints
    licenses: Licenses
    attributes: Sequence[Iterable[str] | None]
    duties: Duties
    as_of: Ints


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
    origin: Ints | None
    """Where the rule has rows of its own: the rows of the batch that they were."""


@dataclass(slots=True)
class RuleKernel:
    """A rule ready to judge many; what it learns of situations and spellings it keeps."""

    rule: Rule
    book: Book = field(init=False)
    situations: Situations = field(init=False)
    _writers: dict[Reading, Writer] = field(init=False)
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
        rule, many = self.rule, len(people.person)
        tables, rows, origin = self._tables(people.person, rows, spellings, titles)
        if origin is not None:
            people = replace(people, person=np.arange(many))
        asked = windows(rule, people.licenses)
        attributes = self.situations.attribute_codes(people.attributes)
        effects = self.situations.effect_codes(people.licenses, asked.end, asked.renewal, attributes)
        duties = [people.duties.on_record([duty], many, asked.start, asked.end) for duty in rule.file.duties]
        view = View(people.licenses, asked.start, asked.end, asked.renewal, asked.needs, attributes, effects, _side_by_side(duties, many))
        count = Counting(self, people, tables, rows)
        found, situation, read = count.run(view, Reading.AS_READ, np.zeros(many, dtype=np.bool_))
        told = [self.situations.told[s] for s in situation]
        suspended = np.array([t.suspended for t in told], dtype=np.bool_)
        unknown = asked.needs | is_unknown(rule)
        met = (found.status == 1) | ~asked.owed
        compliant = suspended | met
        certain = ~unknown & ~np.array([t.anything or bool(t.stale) for t in told], dtype=np.bool_)
        open_duty = ~np.all(view.flags[:, : len(rule.file.duties)], axis=1)
        doubt = np.array([rule.has_doubt or bool(self.situations.effects[e]) for e in effects], dtype=np.bool_)
        against = found.unaccepted | open_duty
        first = np.isin(asked.renewal, (1, -1)) & (rule.file.first_renewal.unknown or bool(rule.file.first_renewal.steps))
        in_favor = first | (rule.file.carry_over.unknown & found.earlier) | np.array([t.needs for t in told], dtype=np.bool_)
        again = certain & asked.owed & ~suspended & (doubt | np.where(compliant, against, in_favor)) & (found.status != 2)
        unsure = found.status == 2
        for reading, whom in ((Reading.STRICT, again & compliant), (Reading.LOOSE, again & ~compliant)):
            chosen = np.flatnonzero(whom)
            if len(chosen):
                earlier = np.array([told[i].closes_earlier for i in chosen], dtype=np.int64)
                other = self._recount(count, _some(view, chosen), reading, found.unaccepted[chosen], earlier, chosen)
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
            tables,
            read,
            people.person,
            origin,
        )

    def _recount(
        self, count: "Counting", view: View, reading: Reading, unaccepted: Flags, earlier: Ints, chosen: Ints
    ) -> npt.NDArray[np.int8]:
        strict = reading is Reading.STRICT
        if strict and earlier.any():
            view = replace(view, end=np.where(earlier > 0, months_after(view.end, -earlier), view.end))
        people = count.people
        some = People(
            people.person[chosen],
            view.licenses,
            [people.attributes[i] for i in chosen],
            people.duties.of(chosen, len(people.person)),
            people.as_of[chosen],
        )
        duties = [some.duties.on_record([duty], len(chosen), view.start, view.end) for duty in self.rule.file.duties]
        view = replace(view, flags=_side_by_side(duties, len(chosen)))
        found, _, _ = replace(count, people=some).run(view, reading, unaccepted & strict)
        return found.status

    def _tables(self, person: Ints, rows: Rows, spellings: Spellings, titles: pl.Series) -> tuple[Tables, Rows, Ints | None]:
        if not self.book.by_key:
            return self._by_credit(person, rows, spellings, titles)
        every = spellings.every
        seen = np.zeros(len(every), dtype=np.bool_)
        mark_keys(rows.first, rows.order, rows.rows, person, seen)
        return self.book.tables(seen, every), rows, None

    def _by_credit(self, person: Ints, rows: Rows, spellings: Spellings, titles: pl.Series) -> tuple[Tables, Rows, Ints]:
        """The same where titles or topics decide too: each spelling with its topics and title has a key of its own."""
        every = spellings.every
        slugs = sorted(self.rule.vocabulary.topics)
        origin = np.concatenate([rows.order[rows.first[p] : rows.first[p + 1]] for p in person])
        first = np.concatenate(([0], np.cumsum(rows.first[person + 1] - rows.first[person])))
        mine = rows.rows[origin].copy()
        named = titles.gather(origin).to_list()
        learned: list[tuple[Spelling, Entry]] = []
        for place, title in enumerate(named):
            topics = sorted({int(t) & 255 for t in rows.topics[mine[place, TOPIC_FIRST] : mine[place, TOPIC_STOP]]})
            own = (int(mine[place, KEY]), sum(1 << t for t in topics), self.book.telling(title or ""))
            if own not in self._own_keys:
                spelling = every[own[0]]
                learned.append((spelling, _entry(self.rule, spelling, own[2], [slugs[t] for t in topics])))
            mine[place, KEY] = self._own_keys.setdefault(own, len(self._own_keys))
        packed = Rows(first.astype(np.int64), np.arange(len(origin)), mine, rows.topics)
        return self.book.tables_of_entries(learned, len(self._own_keys)), packed, origin

    def program_of(self, reading: Reading) -> Writer:
        """The writer of a reading, brought up to the situations met so far."""
        writer = self._writers[reading]
        for asked in self.situations.asked[reading][len(writer.lengths) :]:
            writer.add(asked)
        return writer


@dataclass(frozen=True, slots=True)
class Counting:
    """A count of many licensees under one reading."""

    kernel: RuleKernel
    people: People
    tables: Tables
    rows: Rows

    def run(self, view: View, reading: Reading, strict: Flags) -> tuple[Found, Ints, Read]:
        """The answers, the situations, and what was read."""
        kernel, many = self.kernel, len(view.start)
        before_start, before_end = window_before(kernel.rule, view.start)
        bare = self._cases(view, (before_start, before_end), strict)
        view = replace(view, flags=np.concatenate([view.flags, self._flags(view, bare, reading)], axis=1))
        situation = kernel.situations.numbers(view, reading)
        renewal = np.where(view.renewal > 0, view.renewal - 1, -1)
        past = replace(view, start=before_start, end=before_end, renewal=renewal, needs=np.zeros(many, dtype=np.bool_))
        carries = kernel.rule.file.carry_over
        carried = bool(carries.at_most) or carries.unknown
        before = kernel.situations.numbers(past, reading) if carried else situation
        read = pack(self.tables, kernel.program_of(reading).program(), self.rows)
        cases = bare._replace(situation=situation, before=before, done=self._done(view, situation, reading))
        width = len(kernel.rule.file.requirements)
        found = Found(
            np.zeros(many, dtype=np.int8),
            np.zeros(many, dtype=np.int64),
            np.full((many, width), UNASKED, dtype=np.int64),
            np.zeros(many, dtype=np.bool_),
            np.zeros(many, dtype=np.bool_),
        )
        judge_all(read, cases, READINGS[reading], found)
        return found, situation, read

    def _cases(self, view: View, before: tuple[Ints, Ints], strict: Flags) -> Cases:
        late = self.kernel.rule.file.carry_over.earned_in_last_months
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
            years=year_ends(view.end, view.start),
            years_before=year_ends(before[1], before[0]),
            strict=strict,
        )

    def _flags(self, view: View, cases: Cases, reading: Reading) -> npt.NDArray[np.bool_]:
        """Which topics were done too long ago, and which of late."""
        rule, watch, many = self.kernel.rule, self.kernel.situations.watch, len(view.start)
        found = []
        if not watch.since_last and not watch.recurs:
            return np.zeros((many, 0), dtype=np.bool_)
        read = pack(self.tables, Writer(rule, self.kernel.book, reading).program(), self.rows)  # nothing is asked yet
        for key in watch.since_last:
            requirement = rule.file.requirements[key]
            years = requirement.due.years if isinstance(requirement.due, Recurrence) else None
            since = _years_before(view.end, years or 1) + 1
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

    def _done(self, view: View, situation: Ints, reading: Reading) -> npt.NDArray[np.bool_]:
        """Which requirements are met by something done."""
        many, kernel = len(view.start), self.kernel
        requirements = kernel.rule.file.requirements
        if not len(self.people.duties.who):
            return np.zeros((many, len(requirements)), dtype=np.bool_)
        asked = kernel.situations.asked[reading]
        found = []
        for key, requirement in requirements.items():
            lookback = [a.asked[key].lookback for a in asked]
            starts = np.array([NEVER_BEFORE if window is None else ordinal(window.start) for window in lookback], dtype=np.int64)
            start = starts[situation]
            after = np.where(start == NEVER_BEFORE, view.start, start)
            found.append(self.people.duties.on_record([key, *requirement.met_by], many, after, view.end))
        return _side_by_side(found, many)


def _side_by_side(columns: Sequence[Flags], many: int) -> npt.NDArray[np.bool_]:
    return np.stack(columns, axis=1) if columns else np.zeros((many, 0), dtype=np.bool_)


def _some(view: View, chosen: Ints) -> View:
    licenses = view.licenses.some(chosen)
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


def _years_before(day: Ints, years: int) -> Ints:
    """The same days so many years earlier, February 28 always from February 28."""
    found = months_after(day, -12 * years)
    month = day.astype("datetime64[D]").astype("datetime64[M]")
    is_february_28 = (month.astype(np.int64) % 12 == 1) & (day - month.astype("datetime64[D]").astype(np.int64) == 27)
    after = found.astype("datetime64[D]").astype("datetime64[M]")
    late = found - after.astype("datetime64[D]").astype(np.int64) == 28
    return np.where(is_february_28 & late, found - 1, found)


def _entry(rule: Rule, spelling: Spelling, title: str, topics: Sequence[str]) -> Entry:
    labels, number = rule.vocabulary.labels_of(*spelling)
    credit = Credit("", title, DAY, Decimal(1), spelling.format, approvals=spelling.approvals, category=spelling.category)
    return Entry(credit, DAY, UNITS, dict.fromkeys(topics, 1), labels, number)
