"""The roster of the race: flat columns made with numpy's seed 7, the tables of its rule, and the sum by which answers are compared."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

TOPICS = (None, "ethics", "suicide_prevention", "supervision", "cultural_competence", "telehealth")
TOPICS_P = (0.62, 0.16, 0.08, 0.05, 0.06, 0.03)
FORMATS = ("live_in_person", "live_online", "asynchronous")
FORMATS_P = (0.25, 0.35, 0.40)
ZERO = 10_957
"""Day 0 of the files, 2000-01-01, counted from 1970-01-01."""
TODAY = int((np.datetime64("2026-07-01") - np.datetime64("2000-01-01")).astype(int))

Floats = npt.NDArray[np.float64]


def ends(year: int) -> npt.NDArray[np.int32]:
    """The last day of each month of a year, by number of the month (0 unused), counted as in the files."""
    months = np.arange(f"{year}-02", f"{year + 1}-02", dtype="datetime64[M]").astype("datetime64[D]")
    days = (months - np.datetime64("2000-01-01")).astype(np.int32) - 1
    return np.concatenate([np.zeros(1, np.int32), days])


LAST, FIRST = ends(2026), ends(2024) + 1


def files(folder: Path, many: int) -> tuple[Path, Path]:
    """Licensees and credits in Parquet, made where they are not there yet."""
    licensees, credits = folder / f"flat-licensees-{many}.parquet", folder / f"flat-credits-{many}.parquet"
    if not credits.exists():
        people, theirs = _made(many)
        people.write_parquet(licensees)
        theirs.write_parquet(credits, row_group_size=1_000_000)
    return licensees, credits


def _made(many: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    rng = np.random.default_rng(7)
    people = {
        "licensee_id": np.arange(many, dtype=np.int32),
        "birth_month": rng.integers(1, 13, many, dtype=np.int8),
        "renewal_index": rng.integers(1, 16, many, dtype=np.int16),
        "prior_excess": np.maximum(0, rng.normal(2, 8, many)).round(0).clip(0, 30).astype(np.float32),
    }
    each = rng.poisson(20, many)
    each[rng.random(many) < 0.03] = 0
    who = np.repeat(people["licensee_id"], each)
    credits = {
        "licensee_id": who,
        "date": rng.integers(8766, 9862, who.size, dtype=np.int32),
        "hours": rng.choice([1, 1.5, 2, 3, 4, 6], who.size, p=[0.2, 0.1, 0.3, 0.2, 0.1, 0.1]).astype(np.float32),
        "topic": rng.choice(6, who.size, p=TOPICS_P).astype(np.int8),
        "format": rng.choice(3, who.size, p=FORMATS_P).astype(np.int8),
    }
    return pl.DataFrame(people), pl.DataFrame(credits)


def checksum(answers: dict[str, Any]) -> dict[str, int]:
    """A sum over the seven answers in the order of the licensees; hours are quarters, so it is exact."""
    weight = (np.arange(len(answers["compliant"]), dtype=np.int64) % 9973) + 1
    found = {"n": len(weight), "compliant": int(np.asarray(answers["compliant"]).sum())}
    for name in ("d_total", "d_eth", "d_sui", "carry", "days", "counted"):
        quarters = np.round(np.asarray(answers[name], dtype=np.float64) * 4).astype(np.int64)
        found[name] = int((quarters * weight).sum())
    return found
