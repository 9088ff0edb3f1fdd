"""Judge a roster on a Ray cluster: chunks go to its workers, answers come back in order, the same to the byte as at home."""

import importlib
import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from perennial.core.rules.roster.chunks import Chunk, Rows
from perennial.core.rules.roster.judge import Roster
from perennial.core.rules.roster.reading import UnusableRoster
from perennial.core.rules.roster.run import Judged, Question, judge_rows

LOOPBACK = "127.0.0.1"


class _Worker:
    """Lives in a process of the cluster: the rules made ready once, for all its chunks."""

    def __init__(self, question: Question) -> None:
        self.question, self.roster = question, Roster(question.base)

    def judge(self, rows: Rows) -> Judged:
        """The answers to the rows of a chunk, which need not be at hand here."""
        return judge_rows(self.roster.judge, self.question, Rows(*rows))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Judges on the cluster that RAY_ADDRESS names, or on one that is started on this machine with so many workers."""

    workers: int | None = None

    def __call__(self, question: Question, chunks: Iterator[Chunk]) -> Iterator[Judged]:
        """Answers in the order of the chunks. Raises UnusableRoster where Ray is not installed."""
        ray = _ray()
        ours = not ray.is_initialized()
        if ours:
            _join(ray, self.workers)
        try:
            yield from _spread(ray, question, chunks)
        finally:
            if ours:
                ray.shutdown()


def _ray() -> Any:
    try:
        return importlib.import_module("ray")
    except ImportError:
        raise UnusableRoster("--engine ray", "Ray is not installed", "Install it with: pip install 'perennial[cluster]'.") from None


def _join(ray: Any, workers: int | None) -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would report to its makers
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    address = os.environ.get("RAY_ADDRESS")
    if address:
        ray.init(address=address, **quiet)
    else:
        ray.init(address="local", num_cpus=workers, include_dashboard=False, _node_ip_address=LOOPBACK, **quiet)


def _spread(ray: Any, question: Question, chunks: Iterator[Chunk]) -> Iterator[Judged]:
    """Give each chunk to the next worker in turn; two for each are under way at once."""
    many = max(1, int(ray.cluster_resources().get("CPU", 1)))
    kind = ray.remote(num_cpus=1)(_Worker)
    held = ray.put(question)
    workers = [kind.remote(held) for _ in range(many)]
    waiting: deque[Any] = deque()
    try:
        for number, chunk in enumerate(chunks):
            waiting.append(workers[number % many].judge.remote(chunk.read()))
            if len(waiting) >= 2 * many:
                yield Judged(*ray.get(waiting.popleft()))
        while waiting:
            yield Judged(*ray.get(waiting.popleft()))
    finally:
        for worker in workers:
            ray.kill(worker)
