"""Credits as flat columns: where each person's lie, words as small numbers, topics in a list beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from perennial.core.rules.vocabulary import Vocabulary

Ints = npt.NDArray[np.int64]
MOST_TOPICS = 63
EPOCH = date(1970, 1, 1).toordinal()
"""Days are counted from 1970-01-01, as Parquet does."""


def ordinal(day: date) -> int:
    """A day as a number."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """A number as a day."""
    return date.fromordinal(int(number) + EPOCH)


class Columns(NamedTuple):
    """Credits for the kernel.

    `order[first[p]:first[p + 1]]` are the rows of person p, by day; `topic_first[i]:topic_first[i + 1]` the topics of row i. `course`
    is 0 where a credit names none; `named` stands for the course or else for the title.
    """

    first: npt.NDArray[np.int64]
    order: npt.NDArray[np.int64]
    day: npt.NDArray[np.int32]
    units: npt.NDArray[np.int64]
    key: npt.NDArray[np.int32]
    ident: npt.NDArray[np.uint64]
    course: npt.NDArray[np.uint64]
    named: npt.NDArray[np.uint64]
    topic_first: npt.NDArray[np.int64]
    topic: npt.NDArray[np.uint8]
    topic_units: npt.NDArray[np.int64]


class Spelling(NamedTuple):
    """A format with its approvals and category, as credits name them together."""

    format: str
    approvals: tuple[str, ...]
    category: str | None


@dataclass(slots=True)
class Spellings:
    """Every spelling met so far in this process, each with its number: the key of a credit."""

    numbers: dict[Spelling, int] = field(default_factory=dict)

    def number(self, spelling: Spelling) -> int:
        """The key that stands for a spelling."""
        return self.numbers.setdefault(spelling, len(self.numbers))

    @property
    def every(self) -> list[Spelling]:
        """Spellings by number."""
        return list(self.numbers)


def hold(people: pl.Series, credits: pl.DataFrame, vocabulary: Vocabulary, spellings: Spellings) -> Columns:
    """The credits of these people (each once) in columns; credits of anyone else are left aside."""
    numbered = pl.DataFrame({"licensee_id": people}).with_row_index("person")
    runs = credits["licensee_id"].rle().struct.unnest()
    of_run = runs.join(numbered, left_on="value", right_on="licensee_id", how="left", maintain_order="left")
    person = np.repeat(of_run["person"].fill_null(len(people)).to_numpy().astype(np.int64), of_run["len"].to_numpy())
    day = credits["date"].to_physical().to_numpy().astype(np.int32)
    order = _by_person_and_day(person, day)
    first = np.searchsorted(person[order], np.arange(len(people) + 1)).astype(np.int64)
    topic_first, topic, topic_units = _topics(credits["topics"], vocabulary)
    hashes = credits.select(
        pl.col("credit_id").hash().alias("ident"),
        pl.when(pl.col("course_id").fill_null("") == "").then(0).otherwise(pl.col("course_id").hash() | 1).cast(pl.UInt64).alias("course"),
        pl.coalesce(pl.when(pl.col("course_id") != "").then("course_id"), _without_case(credits["title"])).hash().alias("named"),
    )
    return Columns(
        first=first,
        order=order,
        day=day,
        units=credits["units"].to_numpy().astype(np.int64),
        key=_keys(credits, spellings),
        ident=hashes["ident"].to_numpy().astype(np.uint64),
        course=hashes["course"].to_numpy().astype(np.uint64),
        named=hashes["named"].to_numpy().astype(np.uint64),
        topic_first=topic_first,
        topic=topic,
        topic_units=topic_units,
    )


def _without_case(titles: pl.Series) -> pl.Series:
    """Titles as `evaluate` compares them; where there is none, an empty one."""
    said = titles.fill_null("")
    beyond = said.str.len_bytes() != said.str.len_chars()
    if not beyond.any():
        return said.str.to_lowercase()
    spelled = said.filter(beyond).unique()
    folded = pl.Series([title.casefold() for title in spelled], dtype=pl.String)
    return said.replace(spelled, folded).zip_with(beyond, said.str.to_lowercase())


def topic_numbers(vocabulary: Vocabulary) -> dict[str, int]:
    """Each topic's number, which is its bit in a mask. Raises ValueError where there are more than a mask holds."""
    if len(vocabulary.topics) > MOST_TOPICS:
        raise ValueError(f"{len(vocabulary.topics)} topics: rosters are counted with masks of {MOST_TOPICS}")
    return {slug: number for number, slug in enumerate(sorted(vocabulary.topics))}


def _by_person_and_day(person: Ints, day: npt.NDArray[np.int32]) -> Ints:
    """Rows by person and day, those of one day as they came."""
    step = np.diff(person)
    if bool(np.all((step > 0) | ((step == 0) & (np.diff(day) >= 0)))):
        return np.arange(len(person), dtype=np.int64)
    if bool(np.all(step >= 0)):
        return np.argsort((person << 20) + (day.astype(np.int64) + (1 << 19)), kind="stable").astype(np.int64)
    return np.lexsort((day, person)).astype(np.int64)


def _topics(topics: pl.Series, vocabulary: Vocabulary) -> tuple[Ints, npt.NDArray[np.uint8], Ints]:
    many = topics.list.len().fill_null(0).to_numpy().astype(np.int64)
    flat = topics.filter(topics.list.len() > 0).list.explode(empty_as_null=False, keep_nulls=False).struct.unnest()
    number = flat["topic"].cast(pl.Enum(list(topic_numbers(vocabulary)))).to_physical().to_numpy().astype(np.uint8)
    return np.concatenate(([0], np.cumsum(many))).astype(np.int64), number, flat["units"].to_numpy().astype(np.int64)


def _keys(credits: pl.DataFrame, spellings: Spellings) -> npt.NDArray[np.int32]:
    """The key of each credit; a spelling not met before gets the next number."""
    hashed = credits.select(pl.struct("format", "approvals", "category").hash().alias("spelling"))
    firsts = hashed.with_row_index("row").group_by("spelling").agg(pl.col("row").first())
    shown = credits[firsts["row"]].select("format", "approvals", "category")
    numbers = [spellings.number(spelling) for spelling in _spelled(shown.iter_rows())]
    keyed = firsts.select("spelling").with_columns(key=pl.Series(numbers, dtype=pl.Int32))
    return hashed.join(keyed, on="spelling", how="left", maintain_order="left")["key"].to_numpy().astype(np.int32)


def _spelled(rows: Iterable[tuple[str, list[str] | None, str | None]]) -> Iterable[Spelling]:
    for form, approvals, category in rows:
        yield Spelling(form, tuple(approvals or ()), category)


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
