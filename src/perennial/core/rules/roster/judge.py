"""A whole roster judged in columns: the same answers as `evaluate`, some hundred times as fast.

    judge(load(), licensees, credits, on=date(2026, 11, 25))

Licensees of one rule are judged together by compiled code (`batch`, `kernel`); who needs the linear program, or anything
else that is not compiled, is judged by `evaluate` itself. See docs/algorithms/roster.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from perennial.core.rules.evaluate import evaluate
from perennial.core.rules.load import RuleBase
from perennial.core.rules.roster.batch import Judged, People, RuleKernel
from perennial.core.rules.roster.columns import Ints, Spellings, day_of
from perennial.core.rules.roster.duties import AT_ANY_TIME, Duties
from perennial.core.rules.roster.held import hold, join
from perennial.core.rules.roster.kernel import TOPICS
from perennial.core.rules.roster.naming import named_rows
from perennial.core.rules.roster.one_by_one import HOURS, RESULT, Row, answer_row, standing_of
from perennial.core.rules.roster.packed import (
    DAY,
    INCOMPLETE,
    KEY,
    ORIGIN,
    TOPIC_BITS,
    TOPIC_FIRST,
    TOPIC_STOP,
    UNASKED,
    UNITS_OF,
    Rows,
)
from perennial.core.rules.roster.windows import UNKNOWN, Licenses, window_before

MISSING = pl.Struct({"what": pl.String(), "hours": HOURS})


@dataclass(slots=True)
class Roster:
    """A judge of rosters: rules made ready, and what was learned of spellings and situations. Not for several threads at once."""

    base: RuleBase
    spellings: Spellings = field(default_factory=Spellings)
    kernels: dict[tuple[str, str], RuleKernel] = field(default_factory=dict)
    by_evaluate: int = 0
    """How many licensees so far only `evaluate` could judge."""
    _by_title: list[str] | None = None

    def judge(self, licensees: pl.DataFrame, credits: pl.DataFrame, *, on: date) -> pl.DataFrame:
        """The answers to a checked roster, rows in the order of the licensees; columns as in `one_by_one.RESULT`."""
        held = self.gather(on)
        held.add(licensees, credits)
        return held.answers()

    def gather(self, on: date) -> "Gathering":
        """Take a roster in pieces, of each of which only what is needed is kept, and judge them together."""
        return Gathering(self, on)

    @property
    def by_title(self) -> list[str]:
        """Rules (`WA|counselor`) that look at which credits are of one course or else of one title."""
        if self._by_title is None:
            named = [(rule, any(limit.each == "course" for limit in rule.file.limits.values())) for rule in self.base.rules.values()]
            self._by_title = [f"{rule.jurisdiction}|{rule.profession}" for rule, looks in named if looks]
        return self._by_title

    def kernel(self, jurisdiction: str, profession: str) -> RuleKernel:
        """The rule, ready to judge many."""
        found = self.kernels.get((jurisdiction, profession))
        if found is None:
            rule = self.base.rule(jurisdiction, profession)
            if rule is None:
                raise KeyError(f"no rule for {profession} in {jurisdiction}")
            found = self.kernels[jurisdiction, profession] = RuleKernel(rule)
        return found


_ROSTERS: dict[int, Roster] = {}


def judge(base: RuleBase, licensees: pl.DataFrame, credits: pl.DataFrame, *, on: date) -> pl.DataFrame:
    """The answers to a checked roster; what is learned of a rule base is kept from call to call."""
    roster = _ROSTERS.get(id(base))
    if roster is None or roster.base is not base:
        roster = _ROSTERS[id(base)] = Roster(base)
    return roster.judge(licensees, credits, on=on)


def days(column: pl.Series) -> Ints:
    """Days as numbers, UNKNOWN where there is none."""
    return column.to_physical().fill_null(UNKNOWN).to_numpy().astype(np.int64)


class Gathering:
    """Checked licensees and credits as they come in, piece by piece, a person's all in one; then the answers."""

    def __init__(self, roster: Roster, on: date) -> None:
        self.roster, self.on = roster, on
        self._licensees: list[pl.DataFrame] = []
        self._names: list[pl.DataFrame] = []
        self._rows: list[Rows] = []
        self._person: list[Ints] = []
        self._people = 0

    def add(self, licensees: pl.DataFrame, credits: pl.DataFrame) -> None:
        """A piece: all rows of some people."""
        people = licensees["licensee_id"].unique(maintain_order=True)
        numbered = pl.DataFrame({"licensee_id": people}).with_row_index("person")
        joined = licensees.select("licensee_id").join(numbered, on="licensee_id", how="left", maintain_order="left")
        person = joined["person"].to_numpy().astype(np.int64)
        looks = pl.concat_str("jurisdiction", "profession", separator="|").is_in(self.roster.by_title)
        by_title = np.zeros(len(people), dtype=np.bool_)
        by_title[person[licensees.select(looks).to_series().to_numpy()]] = True
        self._rows.append(hold(people, credits, by_title, (self.roster.base.vocabulary, self.roster.spellings)))
        self._licensees.append(licensees)
        self._names.append(credits.select("title", "course_id"))
        self._person.append(person + self._people)
        self._people += len(people)

    def answers(self) -> pl.DataFrame:
        """Rows in the order in which the licensees came; columns as in `one_by_one.RESULT`."""
        rows = join(self._rows, [len(names) for names in self._names])
        licensees, names = pl.concat(self._licensees), pl.concat(self._names)
        batch = _Batch(self.roster, licensees, (rows, names, np.concatenate(self._person)), self.on)
        self._rows.clear()
        key = licensees.select(pl.struct("jurisdiction", "profession").hash()).to_series().to_numpy()
        _, first, rule = np.unique(key, return_index=True, return_inverse=True)
        order, named = np.argsort(rule, kind="stable"), licensees.select("jurisdiction", "profession")[first].rows()
        for (jurisdiction, profession), mine in zip(named, np.split(order, np.cumsum(np.bincount(rule))[:-1]), strict=False):
            batch.add(jurisdiction, profession, mine)
        return batch.result()


class _Batch:
    """The answers to one batch as they come in, rule after rule."""

    def __init__(self, roster: Roster, licensees: pl.DataFrame, held: tuple[Rows, pl.DataFrame, Ints], on: date) -> None:
        self.roster, self.licensees, self.on = roster, licensees, on
        self.rows, names, self.person = held
        self.titles, self.courses = names["title"], names["course_id"]
        self.licenses = _licenses(licensees)
        asked = licensees["as_of"] if "as_of" in licensees.columns else pl.Series([on] * len(licensees), dtype=pl.Date)
        self.as_of = days(asked.fill_null(on))
        self.done = _duties(licensees, self.as_of)
        _, first, back = np.unique(licensees["attributes"].hash().to_numpy(), return_index=True, return_inverse=True)
        self.attributes = back.astype(np.int64)
        self.spelled = [frozenset(each or ()) for each in licensees["attributes"].gather(first).to_list()]
        many = len(licensees)
        self.compliant = np.zeros(many, dtype=np.int8)
        self.certain = np.zeros(many, dtype=np.bool_)
        self.counted = np.zeros(many, dtype=np.int64)
        self.due = np.zeros(many, dtype=np.int64)
        self.missing: list[tuple[Ints, Ints, Ints]] = []
        """Whose row, what (by place in `asked`), how many units."""
        self.asked: list[str] = []
        self.texts: dict[tuple[str, ...], int] = {}
        self.open = np.zeros(many, dtype=np.int64)
        self.stale = np.zeros(many, dtype=np.int64)
        self.named: list[tuple[Ints, Ints, Ints]] = []
        """Whose row, which approver (by place in `approvers`), the row of the credit."""
        self.approvers: list[str] = []
        self.unsure: list[int] = []

    def add(self, jurisdiction: str, profession: str, rows: Ints) -> None:
        """Judge the licensees of one rule."""
        kernel = self.roster.kernel(jurisdiction, profession)
        granted = {grant.what for grant in kernel.rule.file.grants}
        whose = self.done.of(rows, len(self.licensees))
        people = People(
            person=self.person[rows].astype(np.int64),
            licenses=self.licenses.some(rows),
            attributes=self.attributes[rows],
            spelled=self.spelled,
            duties=whose,
            as_of=self.as_of[rows],
        )
        if not kernel.compiled:
            self.unsure += rows.tolist()
            return
        judged = kernel.judge(people, self.rows, self.roster.spellings, self.titles)
        if granted and len(whose.who):
            judged.unsure[whose.who[np.isin(whose.what, list(granted))]] = True
        self._take(kernel, judged, rows)

    def _take(self, kernel: RuleKernel, judged: Judged, rows: Ints) -> None:
        self.compliant[rows] = np.where(judged.unknown, -1, judged.compliant)
        self.certain[rows] = judged.certain
        self.counted[rows] = judged.counted
        self.due[rows] = judged.windows.end
        lacking = (judged.short != UNASKED) & (judged.short != 0)
        lacking &= (judged.windows.owed & (judged.unknown | ~judged.compliant) & ~judged.unsure)[:, None]
        who, which = np.nonzero(lacking)
        self.missing.append((rows[who], which + len(self.asked), judged.short[who, which]))
        self.asked += kernel.rule.file.requirements
        situations = kernel.situations
        self.stale[rows] = np.array([self._text(told.stale) for told in situations.told], dtype=np.int64)[judged.situation]
        duties = [tuple(bool(x) for x in each) for each in np.unique(judged.duties, axis=0)] if judged.duties.shape[1] else [()]
        codes = {each: self._text(situations.open_texts(each)) for each in duties}
        if judged.duties.shape[1]:
            self.open[rows] = [codes[tuple(bool(x) for x in each)] for each in judged.duties]
        else:
            self.open[rows] = codes[()]
        if judged.tables.names_accepted:
            self._name(kernel, judged, rows)
        self.unsure += rows[judged.unsure].tolist()

    def _text(self, lines: tuple[str, ...]) -> int:
        return self.texts.setdefault(lines, len(self.texts))

    def _name(self, kernel: RuleKernel, judged: Judged, rows: Ints) -> None:
        """Name the approvers that the rule does not name, and a credit of each."""
        chosen = np.flatnonzero(judged.unaccepted & ~judged.unsure)
        windows = judged.windows
        people, as_of = judged.person[chosen], self.as_of[rows[chosen]]
        spans = (windows.start[chosen], windows.end[chosen])
        before = window_before(kernel.rule, spans[0])
        who, credit = named_rows(judged.read, people, as_of, spans, before)
        keys, origin = judged.read.rows[credit, KEY], judged.read.rows[credit, ORIGIN]
        self.named.append((rows[chosen[who]], judged.tables.name[keys] + len(self.approvers), origin.astype(np.int64)))
        self.approvers += kernel.book.names

    def result(self) -> pl.DataFrame:
        """All answers."""
        many = len(self.licensees)
        texts = pl.DataFrame(
            {"code": range(len(self.texts)), "lines": [list(t) for t in self.texts]}, schema={"code": pl.Int64, "lines": pl.List(pl.String)}
        )
        lines = texts["lines"]
        found = self.licensees.select("licensee_id", "jurisdiction", "profession").with_columns(
            compliant=pl.Series([None, False, True], dtype=pl.Boolean)[self.compliant.astype(np.int64) + 1],
            certain=pl.Series(self.certain),
            units=pl.Series(self.counted),
            due=pl.Series(self.due.astype(np.int32)).cast(pl.Date),
            missing=_gathered(self._columns(self.missing, "what", self.asked, "units"), many),
            unchecked=_joined(lines[self.open], self._lines(), lines[self.stale]),
        )
        found = found.with_columns(counted_hours=_as_hours("units")).select(list(RESULT)).cast(RESULT)
        return self._by_evaluate(found)

    @staticmethod
    def _columns(parts: list[tuple[Ints, Ints, Ints]], name: str, names: list[str], last: str) -> pl.DataFrame:
        """Rows, names and a third column in one frame."""
        row, place, third = (np.concatenate([part[i] for part in parts]) if parts else np.zeros(0, dtype=np.int64) for i in range(3))
        return pl.DataFrame({"row": row, name: pl.Series(names, dtype=pl.String).gather(place), last: third})

    def _lines(self) -> pl.DataFrame:
        """What is said of approvers that a rule does not name."""
        found = self._columns(self.named, "name", self.approvers, "credit")
        title = self.titles.gather(found["credit"]).fill_null("")
        line = pl.format("Approver not named in the rule: {} ({}).", "name", "title").alias("line")
        return found.with_columns(title=title).select("row", line)

    def _by_evaluate(self, found: pl.DataFrame) -> pl.DataFrame:
        """The same with those that only `evaluate` could judge put in."""
        rows = np.unique(np.array(self.unsure, dtype=np.int64))
        self.roster.by_evaluate += len(rows)
        if not len(rows):
            return found
        told = []
        for person, row in zip(self.person[rows], self.licensees[rows].iter_rows(named=True), strict=True):
            rule = self.roster.kernel(row["jurisdiction"], row["profession"]).rule
            told.append(answer_row(row, evaluate(rule, standing_of(row, self._credits(person), self.on))))
        exact = pl.DataFrame(told, schema=RESULT, orient="row")
        parts, begin = [], 0
        for place, row in enumerate(rows.tolist()):
            parts += [found[begin:row], exact[place : place + 1]]
            begin = row + 1
        return pl.concat([*parts, found[begin:]], rechunk=True)

    def _credits(self, person: int) -> Iterator[Row]:
        """A person's credits as they were read; instead of its own a certificate has a name that says which comes first."""
        spellings, slugs = self.roster.spellings.every, sorted(self.roster.base.vocabulary.topics)
        for number, row in enumerate(self.rows.rows[self.rows.first[person] : self.rows.first[person + 1]].tolist()):
            topics = self.rows.topics[row[TOPIC_FIRST] : row[TOPIC_STOP]].tolist()
            yield {
                "credit_id": f"{number:09}",
                "title": self.titles[row[ORIGIN]],
                "date": day_of(row[DAY]),
                "units": row[UNITS_OF],
                "topics": [{"topic": slugs[each & TOPICS], "units": each >> TOPIC_BITS} for each in topics],
                "course_id": self.courses[row[ORIGIN]],
                **spellings[row[KEY]]._asdict(),
            }


def _gathered(every: pl.DataFrame, many: int) -> pl.Series:
    """What each licensee lacks, as lists."""
    hours = pl.when(pl.col("units") != INCOMPLETE).then(_as_hours("units")).otherwise(None).alias("hours")
    lists = every.select("row", pl.struct("what", hours).alias("lacks")).group_by("row", maintain_order=True).agg("lacks")
    rows = pl.DataFrame({"row": np.arange(many)})
    empty = pl.lit([], dtype=pl.List(MISSING))
    return rows.join(lists, on="row", how="left", maintain_order="left").select(pl.col("lacks").fill_null(empty)).to_series()


def _joined(first: pl.Series, lines: pl.DataFrame, last: pl.Series) -> pl.Series:
    """Open points, then approvers not named, then sources too young, as one list each."""
    lists = lines.group_by("row", maintain_order=True).agg("line")
    frame = pl.DataFrame({"first": first, "last": last, "row": np.arange(len(first))})
    frame = frame.join(lists, on="row", how="left", maintain_order="left")
    return frame.select(pl.concat_list("first", pl.col("line").fill_null(pl.lit([], dtype=pl.List(pl.String))), "last")).to_series()


def _as_hours(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int64).cast(pl.Decimal(24, 4)) / pl.lit(10_000, dtype=pl.Decimal(24, 4))


def _licenses(licensees: pl.DataFrame) -> Licenses:
    names = ("expires", "issued", "birth_date", "last_application_received")
    expires, issued, birth, applied = (days(licensees[name]) for name in names)
    renewal = licensees["renewal_number"].fill_null(-1).to_numpy().astype(np.int64)
    return Licenses(expires, issued, birth, applied, renewal, licensees["number"].to_numpy().astype(np.object_))


def _duties(licensees: pl.DataFrame, as_of: Ints) -> Duties:
    """What licensees have done, without what is dated after the day asked about."""
    flat = licensees.select("done").with_row_index("row").filter(pl.col("done").list.len() > 0).explode("done").unnest("done")
    on = flat["on"].cast(pl.Date).to_physical().fill_null(AT_ANY_TIME).to_numpy().astype(np.int64)
    row = flat["row"].to_numpy().astype(np.int64)
    known = (on == AT_ANY_TIME) | (on <= as_of[row])
    return Duties(row[known], np.array(flat["what"].to_list(), dtype=np.str_)[known], on[known])
