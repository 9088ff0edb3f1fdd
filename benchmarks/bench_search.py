"""Search of works: time, size and memory to build the index, time to answer, and whether counts are right while works are added.

    make bench                           100,000 works; beside plain Tantivy, and FTS5 with a tenth of them
    BENCH_SEARCH=1000000 make bench      another size (a million makes 2 GB of text, which stays in BENCH_DATA)

Questions are of two or three words, any of which may be there; ours ranks by evidence and counts all that fits by design.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result import Result
from benchmarks.sample_search import write_documents
from benchmarks.search_run import MORE

MOST_MS, MILLION_S, MILLION_MB, MOST_MB, ADD_S, CORES = 25.0, 120.0, 600.0, 1024.0, 5.0, 2
START_S, START_MB = 5.0, 5.0


def measure() -> Iterator[Result]:
    """Ours against its budgets, and the peers in the same run."""
    count = int(os.environ.get("BENCH_SEARCH", "100000"))
    folder = Path(os.environ.get("BENCH_DATA") or Path(tempfile.gettempdir()) / "perennial-bench") / f"search-{count}"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "documents.tsv").exists():
        write_documents(folder / "documents.new", count + MORE)
        (folder / "documents.new").rename(folder / "documents.tsv")
    name, share = f"search, {count:,} works", count / 1e6
    ours = run("build", "ours", count, folder)
    yield Result(f"{name}: built", ours["seconds"], "s", START_S + MILLION_S * share)
    yield Result(f"{name}: built, processor time of each of {CORES} cores", ours["cpu"] / CORES, "s", START_S + MILLION_S * share)
    yield Result(f"{name}: size of the index", ours["mb"], "MB", START_MB + MILLION_MB * share)
    yield Result(f"{name}: peak memory while built", ours["peak_mb"], "MB", MOST_MB)
    asked = run("ask", "ours", count, folder)
    yield Result(f"{name}: answered, median", asked["p50"], "ms", MOST_MS)
    yield Result(f"{name}: answered, 99 of 100 within", asked["p99"], "ms", MOST_MS)
    yield Result(f"{name}: the same in processor time", asked["cpu_p99"], "ms", MOST_MS)
    more = run("add", "ours", count, folder)
    yield Result(f"{name}: {MORE:,} more taken in twice by half", more["seconds"], "s", ADD_S)
    yield Result(f"{name}: wrong counts while they were", more["wrong"], "counts", 0)
    yield from peer("tantivy", count, folder)
    yield from peer("fts5", count // 10, folder)


def peer(engine: str, count: int, folder: Path) -> Iterator[Result]:
    """What a peer as it comes takes; its figures have no budget."""
    name, built = f"search, {count:,} works, plain {engine}", run("build", engine, count, folder)
    asked = run("ask", engine, count, folder)
    for what, value, unit in (
        ("built", built["seconds"], "s"),
        ("built, processor time of each core", built["cpu"] / CORES, "s"),
        ("size of the index", built["mb"], "MB"),
        ("answered, median", asked["p50"], "ms"),
        ("answered, 99 of 100 within", asked["p99"], "ms"),
    ):
        yield Result(f"{name}: {what}", value, unit, float("inf"))


def run(step: str, engine: str, count: int, folder: Path) -> dict[str, float]:
    """One step in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.search_run", step, engine, str(count), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
