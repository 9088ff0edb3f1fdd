"""Checked credits as rows of numbers: whose they are, words as small numbers, topics in a list beside them."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from perennial.core.rules.roster.columns import Ints, Spelling, Spellings, topic_numbers
from perennial.core.rules.roster.packed import ORIGIN, TOPIC_FIRST, TOPIC_STOP, Rows
from perennial.core.rules.roster.packing import Given, Hashes, on_one_day, put_in_rows, sort_by_day, spelled, told_apart
from perennial.core.rules.vocabulary import Vocabulary

MANY = 500
"""Of more rows than these for one person the order is worked out otherwise: putting each in its place takes the square of their number."""


def hold(people: pl.Series, credits: pl.DataFrame, by_title: npt.NDArray[np.bool_], words: tuple[Vocabulary, Spellings]) -> Rows:
    """The credits of these people (each once) as rows; credits of anyone else are left aside.

    `by_title`: for whom it matters which credits without a course have one title.
    """
    vocabulary, spellings = words
    person, first, order = _whose(people, credits["licensee_id"])
    day = credits["date"].to_physical().to_numpy().astype(np.int32)
    _sort(first, order, day, credits["credit_id"])
    topic_first, topic, topic_units = _topics(credits["topics"], vocabulary)
    given = Given(
        day=day,
        units=credits["units"].to_numpy().astype(np.int64),
        key=_keys(credits, spellings),
        ident=credits["credit_id"].hash().to_numpy(),
        course=_courses(credits["course_id"]),
        named=_named(credits, np.append(by_title, [False])[person]),
        topic_first=topic_first,
        topic=topic,
        topic_units=topic_units,
    )
    return put_in_rows(first, order, given)


def join(parts: Sequence[Rows], credits: Sequence[int]) -> Rows:
    """The rows of several groups of people, one after another; nobody may be in two. `credits`: how many each group was made of."""
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate([part.rows for part in parts])
    begins = np.cumsum([0, *(len(part.rows) for part in parts)])
    topics = np.cumsum([0, *(len(part.topics) for part in parts)])
    origins = np.cumsum([0, *credits])
    for place, (begin, stop) in enumerate(pairwise(begins)):
        rows[begin:stop, TOPIC_FIRST] += topics[place]
        rows[begin:stop, TOPIC_STOP] += topics[place]
        rows[begin:stop, ORIGIN] += origins[place]
    firsts = [part.first[1:] + begin for part, begin in zip(parts, begins, strict=False)]
    return Rows(np.concatenate([np.zeros(1, dtype=np.int64), *firsts]), rows, np.concatenate([part.topics for part in parts]))


def _whose(people: pl.Series, licensees: pl.Series) -> tuple[Ints, Ints, Ints]:
    """The person of each row (a number beyond the last for anyone else); then rows person after person, and where each person's begin."""
    numbered = pl.DataFrame({"licensee_id": people}).with_row_index("person")
    runs = licensees.rle().struct.unnest()
    of_run = runs.join(numbered, left_on="value", right_on="licensee_id", how="left", maintain_order="left")
    each, many = of_run["person"].fill_null(len(people)).to_numpy().astype(np.int64), of_run["len"].to_numpy()
    person = np.repeat(each, many)
    order = np.arange(len(person)) if bool(np.all(np.diff(each) >= 0)) else np.argsort(person, kind="stable")
    counts = np.bincount(each, weights=many, minlength=len(people) + 1).astype(np.int64)[: len(people)]
    first = np.concatenate(([0], np.cumsum(counts)))
    return person, first, order[: first[-1]].astype(np.int64)


def _sort(first: Ints, order: Ints, day: npt.NDArray[np.int32], certificates: pl.Series) -> None:
    """Put each person's rows in the order in which `evaluate` takes them: by day, then by the name of the certificate."""
    rank = np.zeros(len(day), dtype=np.int32)
    if np.max(np.diff(first), initial=0) > MANY:
        person = np.repeat(np.arange(len(first) - 1), np.diff(first))
        order[:] = order[np.lexsort((day[order], person))]
    sort_by_day(first, order, day, rank)
    beside = on_one_day(first, order, day)
    if len(beside):
        rank[beside] = certificates.gather(beside).rank("dense").to_numpy()
        if np.max(np.diff(first)) > MANY:
            order[:] = order[np.lexsort((rank[order], day[order], person))]
        sort_by_day(first, order, day, rank)


def _courses(named: pl.Series) -> Hashes:
    """Hashes of courses, 0 where none is named."""
    frame = pl.DataFrame({"course": named})
    there = pl.col("course").fill_null("") != ""
    return frame.select(pl.when(there).then(pl.col("course").hash() | 1).otherwise(pl.lit(0, pl.UInt64))).to_series().to_numpy()


def _named(credits: pl.DataFrame, looked_at: npt.NDArray[np.bool_]) -> Hashes:
    """Hashes of the course, or else of the title without case, of those rows that are looked at; 0 for the others."""
    found = np.zeros(len(looked_at), dtype=np.uint64)
    if looked_at.any():
        some = credits.select("course_id", "title").filter(pl.Series(looked_at))
        course = pl.when(pl.col("course_id") != "").then("course_id")
        found[looked_at] = some.select(pl.coalesce(course, _without_case(some["title"])).hash()).to_series().to_numpy()
    return found


def _without_case(titles: pl.Series) -> pl.Series:
    """Titles as `evaluate` compares them; where there is none, an empty one."""
    said = titles.fill_null("")
    beyond = said.str.len_bytes() != said.str.len_chars()
    if not beyond.any():
        return said.str.to_lowercase()
    spelled = said.filter(beyond).unique()
    folded = pl.Series([title.casefold() for title in spelled], dtype=pl.String)
    return said.replace(spelled, folded).zip_with(beyond, said.str.to_lowercase())


def _topics(topics: pl.Series, vocabulary: Vocabulary) -> tuple[Ints, npt.NDArray[np.uint8], Ints]:
    many = topics.list.len().fill_null(0).to_numpy().astype(np.int64)
    flat = topics.list.explode(empty_as_null=False, keep_nulls=False).struct.unnest()
    number = flat["topic"].cast(pl.Enum(list(topic_numbers(vocabulary)))).to_physical().to_numpy().astype(np.uint8)
    return np.concatenate(([0], np.cumsum(many))).astype(np.int64), number, flat["units"].to_numpy().astype(np.int64)


def _keys(credits: pl.DataFrame, spellings: Spellings) -> npt.NDArray[np.int32]:
    """The key of each credit; a spelling not met before gets the next number."""
    lists = credits["approvals"]
    many = lists.list.len().fill_null(0).to_numpy().astype(np.int64)
    approvals = lists.list.explode(empty_as_null=False, keep_nulls=False).hash().to_numpy()
    hashes = spelled(credits["format"].hash().to_numpy(), credits["category"].hash().to_numpy(), many, approvals)
    room = 1 << 14
    codes, firsts = told_apart(hashes, room)
    while len(hashes) and not len(firsts):
        room *= 8
        codes, firsts = told_apart(hashes, room)
    met = hashes[firsts].tolist()
    new = [place for place, value in enumerate(met) if value not in spellings.hashed]
    shown = credits[firsts[new]].select("format", "approvals", "category").rows()
    for place, (form, names, category) in zip(new, shown, strict=True):
        spellings.hashed[met[place]] = spellings.number(Spelling(form, tuple(names or ()), category))
    return np.array([spellings.hashed[value] for value in met], dtype=np.int32)[codes]
