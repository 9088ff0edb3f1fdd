"""What a benchmark gives back."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """A measured figure and the most it may be, or with `at_least` the least."""

    name: str
    value: float
    unit: str
    budget: float
    at_least: bool = False

    @property
    def fine(self) -> bool:
        """Whether it is within its budget."""
        return self.value >= self.budget if self.at_least else self.value <= self.budget


def median_ms(work: Callable[[], object], times: int = 101, warm: int = 5) -> float:
    """The median time of `work` in milliseconds, after `warm` runs that do not count."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
