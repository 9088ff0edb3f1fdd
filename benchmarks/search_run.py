"""One step of one engine in a process of its own, so that time and memory are its own.

`python -m benchmarks.search_run STEP ENGINE COUNT FOLDER` prints JSON. Steps are `build`, `ask` and `add`; engines `ours`, plain `tantivy`
and `fts5` of SQLite. Ours ranks by evidence, counts all that fits by design, and looks for slips of the pen; the others give ten keys.
"""

import json
import random
import resource
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from benchmarks.sample_search import questions
from perennial.core.literature import Level
from perennial.core.search import Asked, Entry, SearchIndex, read_asked

LEVELS = tuple(Level)
PRACTICES = [f"practice-{number}" for number in range(120)]
MORE = 1_000  # works that are added to the others
Row = tuple[int, str, str]


def entries(rows: Iterator[Row]) -> Iterator[Entry]:
    """Documents as works with an author, two practices, a design and a year."""
    dice = random.Random(7)
    for key, title, abstract in rows:
        level = LEVELS[dice.randrange(len(LEVELS))]
        yield Entry(
            id=key + 1,
            title=title,
            abstract=abstract,
            authors=(f"Sample{dice.randrange(5000)}, A.",),
            practices=dice.sample(PRACTICES, 2),
            level=level.value,
            rank=level.rank,
            year=dice.randrange(1980, 2027),
            free=dice.random() < 0.4,
            retracted=dice.random() < 0.001,
        )


def documents(folder: Path, first: int, last: int) -> Iterator[Row]:
    """Documents from `first` to before `last`."""
    with (folder / "documents.tsv").open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number >= last:
                return
            if number >= first:
                key, title, abstract = line.rstrip("\n").split("\t")
                yield int(key), title, abstract


def build_ours(folder: Path, count: int) -> None:
    """Build by the product's own index."""
    SearchIndex(folder / "ours").keep(entries(documents(folder, 0, count)))


def build_tantivy(folder: Path, count: int) -> None:
    """Build by Tantivy as it comes: title and abstract, nothing else."""
    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("id", stored=True)
    schema.add_text_field("title")
    schema.add_text_field("body")
    (folder / "tantivy").mkdir()
    writer = tantivy.Index(schema.build(), path=str(folder / "tantivy")).writer(heap_size=300_000_000, num_threads=2)
    for key, title, abstract in documents(folder, 0, count):
        writer.add_document(tantivy.Document(id=key, title=title, body=abstract))
    writer.commit()
    writer.wait_merging_threads()


def build_fts5(folder: Path, count: int) -> None:
    """Build by SQLite's FTS5, the index alone."""
    (folder / "fts5").mkdir()
    base = sqlite3.connect(folder / "fts5" / "base")
    base.executescript("pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-400000; pragma page_size=8192")
    base.execute("create virtual table work using fts5(title, body, content='')")
    base.executemany("insert into work(rowid, title, body) values(?, ?, ?)", documents(folder, 0, count))
    base.commit()
    base.execute("insert into work(work) values('optimize')")
    base.commit()


def ask_ours(folder: Path) -> Callable[[str], object]:
    """The best ten with their count by design, for any of the words."""
    index = SearchIndex(folder / "ours")

    def ask(text: str) -> object:
        groups, without = read_asked(text)
        return index.search(Asked(text, groups, without), most=10)

    return ask


def ask_tantivy(folder: Path) -> Callable[[str], object]:
    """The keys of the best ten for any of the words."""
    index = tantivy.Index.open(str(folder / "tantivy"))
    searcher = index.searcher()

    def ask(text: str) -> object:
        found = searcher.search(index.parse_query(text, ["title", "body"]), 10, count=False)
        return [searcher.doc(address)["id"] for _, address in found.hits]

    return ask


def ask_fts5(folder: Path) -> Callable[[str], object]:
    """The keys of the best ten for any of the words."""
    base = sqlite3.connect(folder / "fts5" / "base")
    base.executescript("pragma cache_size=-400000; pragma mmap_size=8000000000")

    def ask(text: str) -> object:
        words = " OR ".join(f'"{word}"' for word in text.split())
        return base.execute("select rowid from work where work match ? order by rank limit 10", (words,)).fetchall()

    return ask


def timed(ask: Callable[[str], object], texts: list[str]) -> dict[str, float]:
    """Milliseconds of the second run of each question, the median and that of the slowest but one in 100, by clock and of the processor."""
    clock, used = [], []
    for text in texts:
        ask(text)
        began, cpu = time.perf_counter(), time.process_time()
        ask(text)
        clock.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - cpu) * 1000)
    return {
        "p50": float(np.percentile(clock, 50)),
        "p99": float(np.percentile(clock, 99)),
        "cpu_p50": float(np.percentile(used, 50)),
        "cpu_p99": float(np.percentile(used, 99)),
    }


def added(folder: Path, count: int) -> dict[str, float]:
    """Seconds to take in some more works, and how many counts are wrong after half of them and after all, for those who read meanwhile."""
    writing, reading, wrong, seconds = SearchIndex(folder / "ours"), SearchIndex(folder / "ours"), 0, 0.0
    new = list(entries(documents(folder, count, count + MORE)))
    for part in (new[: MORE // 2], new[MORE // 2 :]):
        before = {level: reading.search(Asked(levels=frozenset({level})), most=1).count for level in LEVELS}
        began = time.perf_counter()
        writing.keep(part)
        seconds += time.perf_counter() - began
        for level in LEVELS:
            now = reading.search(Asked(levels=frozenset({level})), most=1).count
            wrong += now != before[level] + sum(one.level == level for one in part)
    writing.drop(one.id for one in new)
    return {"seconds": seconds, "wrong": wrong + (reading.count != count)}


def main(step: str, engine: str, count: int, folder: Path) -> dict[str, Any]:
    """Run the step, and say what it took."""
    if step == "build":
        shutil.rmtree(folder / engine, ignore_errors=True)
        began = time.perf_counter()
        {"ours": build_ours, "tantivy": build_tantivy, "fts5": build_fts5}[engine](folder, count)
        seconds, use = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
        size = sum(file.stat().st_size for file in (folder / engine).rglob("*") if file.is_file())
        return {"seconds": seconds, "cpu": use.ru_utime + use.ru_stime, "mb": size / 1e6, "peak_mb": use.ru_maxrss / 1024}
    if step == "add":
        return added(folder, count)
    return timed({"ours": ask_ours, "tantivy": ask_tantivy, "fts5": ask_fts5}[engine](folder), questions())


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
