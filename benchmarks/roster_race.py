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
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from numba import njit

from benchmarks.result import Result
from benchmarks.roster_flat import FIRST, FORMATS, LAST, TODAY, TOPICS, ZERO, checksum, files
from perennial.core.rules.load import default_folder, load_rule
from perennial.core.rules.roster.batch import People, RuleKernel
from perennial.core.rules.roster.columns import Spelling, Spellings, topic_numbers
from perennial.core.rules.roster.duties import Duties
from perennial.core.rules.roster.flat import Kind, judge_flat
from perennial.core.rules.roster.sums import Flat
from perennial.core.rules.roster.windows import UNKNOWN, Licenses
from perennial.core.rules.rule import Rule
from perennial.core.rules.selection import UNITS
from perennial.core.rules.vocabulary import read_vocabulary

RUNS = 5
AT_ONCE = 62_500
RULE = Path(__file__).with_name("representative.toml")
ASKED = 40 * UNITS


class Part(NamedTuple):
    """The columns of some people, and where each one's credits begin."""

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
    judged(rule, *read(licensees, credits))  # compiles what is not compiled yet
    taken, answers = [], {}
    for _ in range(RUNS):
        began = time.perf_counter()
        frames = read(licensees, credits)
        ready = time.perf_counter()
        answers = judged(rule, *frames)
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


def read(licensees: Path, credits: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both files, as Polars holds them: no column is copied together."""
    return pl.read_parquet(licensees), pl.read_parquet(credits)


def judged(rule: Rule, people: pl.DataFrame, credits: pl.DataFrame) -> dict[str, Any]:
    """The seven answers of all licensees, in two threads."""
    starts = [*range(0, len(people), AT_ONCE), len(people)]
    cuts = [*credits["licensee_id"].search_sorted(people["licensee_id"].gather(starts[:-1])), len(credits)]
    frames = [(people[a:b], credits[c:d]) for a, b, c, d in zip(starts, starts[1:], cuts, cuts[1:], strict=False)]
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(partial(_part, rule), frames))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


@njit(nogil=True, cache=True)
def flat(part: Part, opens: npt.NDArray[np.int32], closes: npt.NDArray[np.int32]) -> Any:
    """The credits inside windows as the product takes them; hours of the period before as one live credit in it."""
    many = len(part.day) + len(part.month) + 1
    first = np.zeros(len(part.month) + 1, np.int64)
    day, units, kind = np.empty(many, np.int32), np.empty(many, np.int32), np.empty(many, np.uint16)
    at = 0
    for person in range(len(part.month)):
        start, end = opens[part.month[person]], closes[part.month[person]]
        day[at], units[at], kind[at] = start - 1 + ZERO, ASKED + int(part.excess[person] * UNITS), 0
        at += part.excess[person] > 0
        for row in range(part.first[person], part.first[person + 1]):
            day[at], units[at] = part.day[row] + ZERO, int(part.hours[row] * UNITS)
            kind[at] = part.form[row] * len(TOPICS) + part.topic[row]
            at += (part.day[row] >= start) & (part.day[row] <= end)  # the next is written over one outside
        first[person + 1] = at
    return first, day[:at], units[:at], kind[:at]


_KERNELS = threading.local()


def _kernel(rule: Rule) -> RuleKernel:
    """This thread's own."""
    if getattr(_KERNELS, "rule", None) is not rule:
        _KERNELS.rule, _KERNELS.kernel = rule, RuleKernel(rule)
    found: RuleKernel = _KERNELS.kernel
    return found


def _part(rule: Rule, frames: tuple[pl.DataFrame, pl.DataFrame]) -> dict[str, Any]:
    people, credits = frames
    ids, many = people["licensee_id"].to_numpy(), len(people)
    first = np.searchsorted(credits["licensee_id"].to_numpy(), np.append(ids, ids[-1] + 1)).astype(np.int64)
    whose = (people[name].to_numpy() for name in ("birth_month", "renewal_index", "prior_excess"))
    part = Part(*whose, first, *(credits[name].to_numpy() for name in ("date", "hours", "topic", "format")))
    columns = Flat(*flat(part, FIRST, LAST))
    spellings, numbers = Spellings(), topic_numbers(rule.vocabulary)
    keys = [spellings.number(Spelling(form, (), None)) for form in FORMATS]
    kinds = [Kind(key, () if topic is None else (numbers[topic],)) for key, topic in product(keys, TOPICS)]
    end, unknown = LAST[part.month].astype(np.int64) + ZERO, np.full(many, UNKNOWN)
    renewal = part.renewal.astype(np.int64) + 2  # nobody's first: the hours of the period before are given
    nothing = np.zeros(0, np.int64)
    licenses = Licenses(end, unknown, unknown, unknown, renewal, np.full(many, None))
    duties = Duties(nothing, np.zeros(0, np.str_), nothing)
    asked = People(np.arange(many), licenses, np.zeros(many, dtype=np.int64), [frozenset()], duties, end)
    found = judge_flat(_kernel(rule), asked, columns, kinds, spellings)
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
