"""Flat columns are judged as `evaluate` judges: sums by kind where they tell all, the count for the others."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from perennial.core.rules.load import RuleBase, load
from perennial.core.rules.roster import batch
from perennial.core.rules.roster.batch import Judged, People, RuleKernel
from perennial.core.rules.roster.columns import Spellings
from perennial.core.rules.roster.flat import Kind, judge_flat
from perennial.core.rules.roster.judge import Roster
from perennial.core.rules.roster.kernel import TOPICS
from perennial.core.rules.roster.one_by_one import judge_one_by_one
from perennial.core.rules.roster.packed import DAY, KEY, TOPIC_FIRST, TOPIC_STOP, UNITS_OF, Rows
from perennial.core.rules.roster.people import random_roster
from perennial.core.rules.roster.sums import Flat
from perennial.core.rules.selection import Reading

ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load()


def whole(credits: pl.DataFrame) -> pl.DataFrame:
    """The same credits, untitled, all of each in each of its topics."""
    once = credits.unique(["licensee_id", "credit_id"], keep="first", maintain_order=True)
    topic = pl.col("topics").struct.field("topic")
    each = once.explode("topics").select("licensee_id", "credit_id", topics=pl.when(topic.is_not_null()).then(pl.struct(topic, "units")))
    lists = each.unique(maintain_order=True).group_by("licensee_id", "credit_id", maintain_order=True).agg(pl.col("topics").drop_nulls())
    untitled = once.drop("topics").with_columns(title=pl.lit(None, dtype=pl.String), course_id=pl.lit(None, dtype=pl.String))
    return untitled.join(lists, on=["licensee_id", "credit_id"], how="left", maintain_order="left").select(credits.columns)


class Columns:
    """Rows made flat columns before they are judged; counts who was judged, and who of them by the count."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.judged = self.counted = 0
        self._count = RuleKernel.judge
        monkeypatch.setattr(batch.RuleKernel, "judge", lambda *given: self._by_sums(monkeypatch, *given))

    def _by_sums(
        self, monkeypatch: pytest.MonkeyPatch, kernel: RuleKernel, people: People, rows: Rows, spellings: Spellings, _: pl.Series
    ) -> Judged:
        kinds: dict[Kind, int] = {}
        topics = [tuple((rows.topics[row[TOPIC_FIRST] : row[TOPIC_STOP]] & TOPICS).tolist()) for row in rows.rows]
        kind = [kinds.setdefault(Kind(int(row[KEY]), each), len(kinds)) for row, each in zip(rows.rows, topics, strict=True)]
        flat = Flat(rows.first, rows.rows[:, DAY].copy(), rows.rows[:, UNITS_OF].copy(), np.array(kind, dtype=np.uint16))
        self.judged += len(people.person)
        with monkeypatch.context() as within:
            within.setattr(batch.RuleKernel, "judge", self._counting)
            found = judge_flat(kernel, people, flat, list(kinds), spellings)
        if kernel.book.by_key:  # who is named is read from the rows
            read = kernel.read(found.tables, Reading.AS_READ, rows, people.person)
            found = replace(found, read=read, person=people.person)
        return found

    @property
    def _counting(self) -> object:
        def judge(kernel: RuleKernel, people: People, rows: Rows, spellings: Spellings, titles: pl.Series) -> Judged:
            self.counted += len(people.person)
            return self._count(kernel, people, rows, spellings, titles)

        return judge


@pytest.mark.parametrize("hard", [False, True])
def test_flat_columns_of_every_rule_get_the_answers_of_evaluate(base: RuleBase, monkeypatch: pytest.MonkeyPatch, hard: bool) -> None:
    licensees, credits = random_roster(base, 2 if hard else 3, seed=17, hard=hard)
    credits = whole(credits)
    columns = Columns(monkeypatch)
    got = Roster(base).judge(licensees, credits, on=ON)
    want = judge_one_by_one(base, licensees, credits, on=ON)
    differ = [(one, other) for one, other in zip(got.iter_rows(), want.iter_rows(), strict=True) if one != other]
    assert differ == []
    assert columns.judged == len(licensees)
    assert columns.counted < columns.judged * (0.6 if hard else 0.5)
