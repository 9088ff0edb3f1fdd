"""Rosters over all rules: time from Parquet to Parquet and peak memory; equality with `evaluate`; and, when asked, a race with OpenFisca.

    make bench                                          100,000 licensees, 1,000 of them judged one by one as well
    BENCH_ROSTER=1000000,10000000 make bench            other sizes
    BENCH_AGREE=200000 make bench                       how many are compared with `evaluate`
    BENCH_PEER=1 make bench                             beside OpenFisca with Polars, in a virtualenv made for it

Generated rosters stay in BENCH_DATA (by default `perennial-bench` in the folder for temporary files).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from benchmarks.result import Result
from benchmarks.roster_people import chunks, write_roster
from benchmarks.roster_race import race
from perennial.core.rules import load
from perennial.core.rules.roster.checking import Known, check_credits, check_licensees
from perennial.core.rules.roster.judge import Roster
from perennial.core.rules.roster.one_by_one import judge_one_by_one
from perennial.core.rules.roster.reading import ROW

START_S, MILLION_S, MOST_MB = 4.0, 8.0, 2048
AT_ONCE = 20_000


class Run(NamedTuple):
    """What a run of the command took."""

    seconds: float
    peak_mb: float


def measure() -> Iterator[Result]:
    """Time and memory of each size, mismatches with `evaluate`, and the race where it is asked for."""
    folder = Path(os.environ.get("BENCH_DATA") or Path(tempfile.gettempdir()) / "perennial-bench")
    folder.mkdir(parents=True, exist_ok=True)
    evaluated(folder, 2_000)  # compiles the count, where that was not done yet
    for size in map(int, os.environ.get("BENCH_ROSTER", "100000").split(",")):
        run = evaluated(folder, size)
        yield Result(f"roster of {size:,} licensees, Parquet to Parquet", run.seconds, "s", START_S + MILLION_S * size / 1e6)
        yield Result(f"roster of {size:,} licensees: peak memory", run.peak_mb, "MB", MOST_MB)
    many = int(os.environ.get("BENCH_AGREE", "1000"))
    yield Result(f"roster: {many:,} people judged otherwise than by evaluate", mismatches(many), "people", 0)
    if os.environ.get("BENCH_PEER"):
        yield from race(folder, int(os.environ.get("BENCH_PEER_SIZE", "1000000")))


def evaluated(folder: Path, size: int) -> Run:
    """Run the command over a roster in a process of its own."""
    licensees, credits, _ = write_roster(load(), folder, size)
    out = folder / "answers.parquet"
    command = [sys.executable, "-m", "perennial.cli", "roster", "evaluate", str(licensees), str(credits), "--out", str(out), "--json"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _held_mb(process.pid))
            time.sleep(0.2)
        told = json.loads(process.stdout.read() if process.stdout else "{}")
    assert (process.returncode, told["evaluated"]) == (0, size), told
    return Run(time.perf_counter() - began, peak)


def _held_mb(pid: int) -> float:
    """Memory of a process and all below it, as Linux tells it; pages that several share count once in all."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        below = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return 0
    held = next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)
    return held / 1024 + sum(_held_mb(int(child)) for child in below)


def mismatches(many: int) -> int:
    """How many of so many people, over all rules, are judged otherwise than `evaluate` judges them."""
    base, wrong, done = load(), 0, 0
    known, roster = Known.of(base), Roster(base)
    for people, credits in chunks(base, many):
        for start in range(0, len(people), AT_ONCE):
            some = people[start : start + AT_ONCE].with_row_index(ROW, 1)
            theirs = credits.filter(pl.col("licensee_id").is_in(some["licensee_id"].implode())).with_row_index(ROW, 1)
            good = check_licensees(some, known, "", None).good
            counted = check_credits(theirs, known, "", some["licensee_id"]).good
            fast = roster.judge(good, counted, on=date.max)
            slow = judge_one_by_one(base, good, counted, on=date.max)
            wrong += sum(one != other for one, other in zip(fast.iter_rows(), slow.iter_rows(), strict=True))
            done += len(good)
    assert done == many
    return wrong
