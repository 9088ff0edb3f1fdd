"""PubMed's XML: records parsed and stored a second, peak memory, and a second import that doubles nothing; beside lxml that only parses.

make bench                                  a file of 30,000 records of 8 KB, as large as one of the baseline
BENCH_PUBMED=5000 make bench                another size
BENCH_DATABASE=postgresql://… make bench    in that (empty) database, rather than SQLite in a folder of its own
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from benchmarks.result import Result
from benchmarks.sample_pubmed import write_pubmed

LEAST_A_SECOND, MOST_MB = 8_000, 400
# Imports the file given, and says how many seconds that took, how much memory its process and those it started took at most, and counts.
PROGRAM = """
import json, resource, sys, time
if __name__ == "__main__":  # the processes that parse come by here too, and need none of this: nor do they when `perennial` starts them
    from perennial.cli.site import ready
    ready()
    from django.utils import timezone
    from perennial.apps.works.queries import count
    from perennial.apps.works.services import import_file
    began, before = time.perf_counter(), time.process_time()
    with open(sys.argv[1], "rb") as file:
        state = import_file(file=file, name="sample", form="pubmed", now=timezone.now)
    seconds = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = time.process_time() - before + used[1].ru_utime + used[1].ru_stime
    most = max(one.ru_maxrss for one in used) / 1024  # before anything is counted, which maps the whole database
    print(json.dumps({"seconds": seconds, "cpu": cpu, "mb": most, "works": count(), "taken": state.taken}))
"""


class Parsed(NamedTuple):
    """What plain lxml took, in seconds of processor time: which other work on the machine changes least."""

    seconds: float
    records: int


def measure() -> Iterator[Result]:
    """Speed and memory of an import into an empty site, the peer's in the same run, and what a second copy of the file adds."""
    size = int(os.environ.get("BENCH_PUBMED", "30000"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, again = folder / "sample.xml", folder / "again.xml"
        write_pubmed(file, size)
        shutil.copyfile(file, again)  # not held here: the peak of a process is handed on to those it starts
        with again.open("ab") as more:
            more.write(b"\n")
        environment = {**os.environ, "PERENNIAL_DATA": str(folder / "data"), "DATABASE_URL": os.environ.get("BENCH_DATABASE", "")}
        subprocess.run([sys.executable, "-m", "perennial.cli", "manage", "migrate", "-v0"], env=environment, check=True)
        ours = imported(folder, file, environment)
        yield Result(
            f"PubMed: {size:,} records parsed and stored, a second",
            ours["taken"] / ours["seconds"],
            "records",
            LEAST_A_SECOND,
            at_least=True,
        )
        yield Result(
            "PubMed: the same for each second of two cores' time", 2 * ours["taken"] / ours["cpu"], "records", LEAST_A_SECOND, at_least=True
        )
        peer = parsed(file)
        yield Result(
            "PubMed: plain lxml iterparse, nothing read or stored, for each second of one core's time",
            peer.records / peer.seconds,
            "records",
            0,
            at_least=True,
        )
        yield Result(
            "PubMed: ours on two cores for one of iterparse on one, by processor time",
            2 * ours["taken"] / ours["cpu"] / (peer.records / peer.seconds),
            "times",
            1,
            at_least=True,
        )
        yield Result("PubMed: peak memory of a process", ours["mb"], "MB", MOST_MB)
        twice = imported(folder, again, environment)
        yield Result("PubMed: works that a second copy of the file adds", twice["works"] - ours["works"], "works", 0)


def imported(folder: Path, file: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Import the file in a process of its own."""
    program = folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run([sys.executable, str(program), str(file)], env=environment, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def parsed(file: Path) -> Parsed:
    """Parse the file with lxml's iterparse, freeing each record; the peer, which reads nothing out of it."""
    began, records = time.process_time(), 0
    for _, element in etree.iterparse(str(file), tag="PubmedArticle", resolve_entities=False, no_network=True):
        element.clear()
        records += 1
    return Parsed(time.process_time() - began, records)
