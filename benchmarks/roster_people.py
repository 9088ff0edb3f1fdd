"""Makes a roster of people spread over all rules, with credits as they have them; written in chunks, so that size does not matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.io.plugins import register_io_source

from perennial.core.rules import Rule, RuleBase

AT_ONCE = 50_000
HOURS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
HOURS_P = (0.2, 0.1, 0.3, 0.2, 0.1, 0.1)
FORMATS = ("live_in_person", "live_online", "asynchronous", "self_study", "reading", "teaching")
FORMATS_P = (0.25, 0.33, 0.33, 0.05, 0.02, 0.02)
MIXES = 12
"""Mixes of topics in use for each rule: some credits have none, most one of the rule's own."""
_FIRST = np.datetime64("2025-07", "M")
_TOPICS = pl.List(pl.Struct({"topic": pl.String(), "hours": pl.Float64()}))
LICENSEES = pl.Schema(
    {
        "licensee_id": pl.String(),
        "jurisdiction": pl.String(),
        "profession": pl.String(),
        "issued": pl.Date(),
        "birth_date": pl.Date(),
        "expires": pl.Date(),
        "renewal_number": pl.Int32(),
        "number": pl.String(),
        "attributes": pl.List(pl.String()),
    }
)
CREDITS = pl.Schema(
    {
        "licensee_id": pl.String(),
        "credit_id": pl.String(),
        "title": pl.String(),
        "date": pl.Date(),
        "hours": pl.Float64(),
        "topics": _TOPICS,
        "format": pl.String(),
        "approvals": pl.List(pl.String()),
        "category": pl.String(),
        "course_id": pl.String(),
    }
)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the rules say, to be picked from by number."""

    jurisdiction: pl.Series
    profession: pl.Series
    months: npt.NDArray[np.int64]
    topics: pl.Series
    """For each rule, mix of topics and length of credit."""
    approvals: pl.Series
    """Four for each rule."""
    attributes: pl.Series
    """Two for each rule: none, and those that the rule asks about."""


def tables_of(base: RuleBase) -> Tables:
    """The words of every rule."""
    rules = list(base.rules.values())
    return Tables(
        jurisdiction=pl.Series([rule.jurisdiction for rule in rules]),
        profession=pl.Series([rule.profession for rule in rules]),
        months=np.array([rule.file.period.months or 24 for rule in rules]),
        topics=pl.Series([mix for rule in rules for mix in _mixes(rule)], dtype=_TOPICS),
        approvals=pl.Series([names for rule in rules for names in _approvals(rule)], dtype=pl.List(pl.String)),
        attributes=pl.Series([words for rule in rules for words in _attributes(rule)], dtype=pl.List(pl.String)),
    )


def _mixes(rule: Rule) -> Iterator[list[dict[str, object]]]:
    own = sorted({topic for asked in rule.file.requirements.values() for topic in asked.topics}) or ["clinical"]
    single = [[own[n % len(own)]] for n in range(MIXES - 5)]
    for mix in [[], [], [], *single, ["clinical"], [own[0], own[-1]][: len(own)]]:
        for hours in HOURS:
            yield [{"topic": topic, "hours": min(hours, 3.0)} for topic in mix]


def _approvals(rule: Rule) -> Iterator[list[str]]:
    accepted = sorted(rule.accepted - {"ANY"}) or ["APA"]
    yield [accepted[0]]
    yield [accepted[-1]]
    yield [accepted[len(accepted) // 2], "STATE_BOARD"]
    yield ["NBCC_ACEP"]


def _attributes(rule: Rule) -> Iterator[list[str]]:
    yield []
    yield sorted({word for asked in rule.file.requirements.values() for word in asked.applies_to})[:2]


@dataclass(frozen=True, slots=True)
class _People:
    """People of one chunk by number, as their credits need them."""

    ids: pl.Series
    rule: npt.NDArray[np.int64]
    expires: npt.NDArray[np.datetime64]


def chunks(base: RuleBase, many: int, *, mean_credits: int = 20, seed: int = 11) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Licensees and their credits, sorted by licensee; the same for the same seed."""
    tables = tables_of(base)
    for number, start in enumerate(range(0, many, AT_ONCE)):
        rng = np.random.default_rng([seed, number])
        size = min(AT_ONCE, many - start)
        people, licensees = _licensees(tables, rng, start, size)
        yield licensees, _credits(tables, rng, people, mean_credits)


def _licensees(tables: Tables, rng: np.random.Generator, start: int, size: int) -> tuple[_People, pl.DataFrame]:
    rule = rng.integers(0, len(tables.months), size)
    month = _FIRST + rng.integers(0, 24, size).astype("timedelta64[M]")
    expires = (month + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    renewal = rng.integers(1, 12, size)
    issued = (month - (renewal * tables.months[rule]).astype("timedelta64[M]")).astype("datetime64[D]") + rng.integers(0, 28, size)
    birth = np.datetime64("1955-01-01") + rng.integers(0, 14_000, size)
    ids = pl.select(pl.format("L{}", pl.int_range(start, start + size).cast(pl.String).str.zfill(9))).to_series()
    frame = pl.DataFrame(
        {
            "licensee_id": ids,
            "jurisdiction": tables.jurisdiction.gather(rule),
            "profession": tables.profession.gather(rule),
            "issued": issued.astype("datetime64[D]"),
            "birth_date": birth.astype("datetime64[D]"),
            "expires": expires,
            "renewal_number": renewal.astype(np.int32),
            "number": pl.Series(rng.integers(1000, 99_999, size)).cast(pl.String),
            "attributes": tables.attributes.gather(2 * rule + (rng.random(size) < 0.1)),
        },
        schema=LICENSEES,
    )
    return _People(ids, rule, expires), frame


def _credits(tables: Tables, rng: np.random.Generator, people: _People, mean: int) -> pl.DataFrame:
    each = rng.poisson(mean, len(people.ids))
    each[rng.random(len(each)) < 0.02] = 0
    who = np.repeat(np.arange(len(each)), each)
    many = len(who)
    rule = people.rule[who]
    length = rng.choice(len(HOURS), many, p=HOURS_P)
    back = (rng.random(many) * tables.months[rule] * 30.4 * 1.2).astype(np.int64)
    number = np.arange(many) - (rng.random(many) < 0.004)
    course = rng.integers(0, 20_000, many)
    titles = pl.Series([f"Course {n}: practice, law and ethics" for n in range(4000)])
    return pl.DataFrame(
        {
            "licensee_id": people.ids.gather(who),
            "credit_id": pl.select(pl.format("C{}", pl.Series(np.maximum(number, 0)))).to_series(),
            "title": titles.gather(course % 4000),
            "date": (people.expires[who] - back.astype("timedelta64[D]")).astype("datetime64[D]"),
            "hours": np.array(HOURS)[length],
            "topics": tables.topics.gather((rule * MIXES + rng.integers(0, MIXES, many)) * len(HOURS) + length),
            "format": pl.Series(FORMATS).gather(rng.choice(len(FORMATS), many, p=FORMATS_P)),
            "approvals": tables.approvals.gather(rule * 4 + rng.choice(4, many, p=(0.5, 0.25, 0.15, 0.1))),
            "category": pl.Series([None, "I", "II"], dtype=pl.String).gather((rng.random(many) < 0.05) * rng.integers(1, 3, many)),
            "course_id": pl.select(pl.when(pl.Series(rng.random(many) < 0.5)).then(pl.format("K{}", pl.Series(course)))).to_series(),
        },
        schema=CREDITS,
    )


def write_roster(base: RuleBase, folder: Path, many: int) -> tuple[Path, Path, int]:
    """Write the two files of a roster of `many` licensees; their paths, and how many credits there are."""
    licensees, credits = folder / f"licensees-{many}.parquet", folder / f"credits-{many}.parquet"
    if not credits.exists():
        parts = folder / "licensees.part"
        parts.mkdir(exist_ok=True)
        _sink(_saving(base, many, parts), CREDITS, credits)
        pl.scan_parquet(parts / "*.parquet").sink_parquet(licensees, row_group_size=100_000)
        for part in parts.iterdir():
            part.unlink()
        parts.rmdir()
    return licensees, credits, pl.scan_parquet(credits).select(pl.len()).collect().item()


def _saving(base: RuleBase, many: int, parts: Path) -> Iterator[pl.DataFrame]:
    for number, (licensees, credits) in enumerate(chunks(base, many)):
        licensees.write_parquet(parts / f"{number:05}.parquet")
        yield credits


def _sink(frames: Iterator[pl.DataFrame], schema: pl.Schema, path: Path) -> None:
    part = path.with_suffix(".part")
    register_io_source(lambda *_: frames, schema=schema).sink_parquet(part, row_group_size=500_000)
    part.replace(path)
