"""The race with OpenFisca: one representative rule over flat columns, ours through a rule file, the same answers in the same run."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from benchmarks.result import Result
from benchmarks.roster_flat import FIRST, FORMATS, LAST, TODAY, TOPICS, ZERO, checksum, files
from perennial.core.rules.load import default_folder, load_rule
from perennial.core.rules.roster.batch import Duties, People, RuleKernel
from perennial.core.rules.roster.columns import Spelling, Spellings, topic_numbers
from perennial.core.rules.roster.packed import (
    COURSE_OF,
    DAY,
    KEY,
    NAMED,
    ORIGIN,
    TOPIC_BITS,
    TOPIC_FIRST,
    TOPIC_STOP,
    UNITS_OF,
    Rows,
)
from perennial.core.rules.roster.windows import UNKNOWN, Licenses
from perennial.core.rules.rule import Rule
from perennial.core.rules.selection import UNITS
from perennial.core.rules.vocabulary import read_vocabulary

RUNS = 5
AT_ONCE = 62_500
RULE = Path(__file__).with_name("representative.toml")
ASKED = 40 * UNITS


class Flat(NamedTuple):
    """The columns of both files, and where each person's credits begin."""

    month: npt.NDArray[np.int8]
    renewal: npt.NDArray[np.int16]
    excess: npt.NDArray[np.float32]
    first: npt.NDArray[np.int64]
    day: npt.NDArray[np.int32]
    hours: npt.NDArray[np.float32]
    topic: npt.NDArray[np.int8]
    form: npt.NDArray[np.int8]


def race(folder: Path, many: int) -> Iterator[Result]:
    """Seconds of both and their ratio, which may be 1 at most. Fails where one answer differs."""
    licensees, credits = files(folder, many)
    rule, _ = load_rule(RULE, read_vocabulary(default_folder() / "vocabulary.toml"))
    assert rule is not None
    judged(rule, read(licensees, credits))  # compiles what is not compiled yet
    taken, answers = [], {}
    for _ in range(RUNS):
        began = time.perf_counter()
        flat = read(licensees, credits)
        ready = time.perf_counter()
        answers = judged(rule, flat)
        taken.append((time.perf_counter() - began, ready - began))
    ours, reading = np.median(np.array(taken), axis=0)
    peer = _peer(folder, many)
    assert checksum(answers) == peer["check"], (checksum(answers), peer["check"])
    yield Result(f"one rule over {many:,} licensees, of which reading", reading, "s", ours)
    yield Result(f"one rule over {many:,} licensees, OpenFisca with Polars", peer["seconds"], "s", float("inf"))
    yield Result(f"one rule over {many:,} licensees, ours", ours, "s", peer["seconds"])


def _peer(folder: Path, many: int) -> dict[str, Any]:
    """Run the peer in its virtualenv, made where it is not there yet."""
    home = folder / "peer"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "openfisca-core>=46", "polars", "numpy"], check=True)
    command = [str(python), "-m", "benchmarks.roster_peer", str(folder), str(many), str(RUNS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=RULE.parents[1], env={**os.environ, "PYTHONPATH": ""})
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def read(licensees: Path, credits: Path) -> Flat:
    """Both files in columns."""
    people, theirs = pl.read_parquet(licensees), pl.read_parquet(credits)
    first = np.searchsorted(theirs["licensee_id"].to_numpy(), np.arange(len(people) + 1, dtype=np.int32)).astype(np.int64)
    names = ("birth_month", "renewal_index", "prior_excess"), ("date", "hours", "topic", "format")
    return Flat(*(people[name].to_numpy() for name in names[0]), first, *(theirs[name].to_numpy() for name in names[1]))


@njit(nogil=True, cache=True)
def packed(flat: Flat, start: int, stop: int, numbers: npt.NDArray[np.int64], tables: Any) -> Any:
    """The credits of some people inside their windows as the kernel's rows; hours of the period before as one credit in it."""
    opens, closes = tables
    room = flat.first[stop] - flat.first[start] + stop - start
    rows, topics = np.empty((room, 8), np.int32), np.empty(room, np.int32)
    first = np.zeros(stop - start + 1, np.int64)
    at = held = 0
    for person in range(start, stop):
        month = flat.month[person]
        if flat.excess[person] > 0:
            fill(rows, at, (opens[month] - 1 + ZERO, 40 * UNITS + int(flat.excess[person] * UNITS), 0), held)
            at += 1
        for row in range(flat.first[person], flat.first[person + 1]):
            if opens[month] <= flat.day[row] <= closes[month]:
                units = int(flat.hours[row] * UNITS)
                fill(rows, at, (flat.day[row] + ZERO, units, flat.form[row]), held)
                if flat.topic[row]:
                    topics[held] = (units << TOPIC_BITS) + numbers[flat.topic[row]]
                    held += 1
                    rows[at, TOPIC_STOP] = held
                at += 1
        first[person - start + 1] = at
    return first, rows[:at], topics[:held]


@njit(nogil=True, cache=True)
def fill(rows: Any, at: int, told: Any, held: int) -> None:
    """Put a credit in a row: day, units, key; no course, no topics yet."""
    rows[at, DAY], rows[at, UNITS_OF], rows[at, KEY] = told[0], told[1], told[2]
    rows[at, COURSE_OF] = rows[at, NAMED] = 0
    rows[at, TOPIC_FIRST] = rows[at, TOPIC_STOP] = held
    rows[at, ORIGIN] = at


def judged(rule: Rule, flat: Flat) -> dict[str, Any]:
    """The seven answers of all licensees, in two threads."""
    every = len(flat.month)
    starts = range(0, every, AT_ONCE)
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(partial(_part, rule, flat), starts))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


_KERNELS = threading.local()


def _kernel(rule: Rule) -> RuleKernel:
    """This thread's own."""
    if getattr(_KERNELS, "rule", None) is not rule:
        _KERNELS.rule, _KERNELS.kernel = rule, RuleKernel(rule)
    found: RuleKernel = _KERNELS.kernel
    return found


def _part(rule: Rule, flat: Flat, start: int) -> dict[str, Any]:
    stop = min(start + AT_ONCE, len(flat.month))
    many = stop - start
    slugs = topic_numbers(rule.vocabulary)
    numbers = np.array([0 if slug is None else slugs[slug] for slug in TOPICS], dtype=np.int64)
    first, rows, topics = packed(flat, start, stop, numbers, (FIRST.astype(np.int64), LAST.astype(np.int64)))
    spellings = Spellings()
    for form in FORMATS:
        spellings.number(Spelling(form, (), None))
    end = LAST[flat.month[start:stop]].astype(np.int64) + ZERO
    unknown = np.full(many, UNKNOWN)
    renewal = flat.renewal[start:stop].astype(np.int64) + 2  # nobody's first: the hours of the period before are given
    nothing = np.zeros(0, np.int64)
    duties = Duties(nothing, np.zeros(0, np.str_), nothing)
    licenses = Licenses(end, unknown, unknown, unknown, renewal, np.full(many, None))
    people = People(np.arange(many), licenses, np.zeros(many, dtype=np.int64), [frozenset()], duties, end)
    found = _kernel(rule).judge(people, Rows(first, rows, topics), spellings, pl.Series([], dtype=pl.String))
    assert not found.unsure.any(), int(found.unsure.sum())
    short = dict(zip(rule.file.requirements, np.maximum(found.short, 0).T / UNITS, strict=True))
    return {
        "compliant": found.compliant,
        "d_total": short["total"],
        "d_eth": short["ethics"],
        "d_sui": short["suicide_prevention"],
        "carry": np.clip(found.counted - ASKED, 0, 10 * UNITS) / UNITS,
        "days": found.windows.end - ZERO - TODAY,
        "counted": found.counted / UNITS,
    }
