"""Words and days as numbers: spellings of credits, topics, days."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.vocabulary import Vocabulary

Ints = npt.NDArray[np.int64]
MOST_TOPICS = 63
EPOCH = date(1970, 1, 1).toordinal()
"""Days are counted from 1970-01-01, as Parquet does."""


def ordinal(day: date) -> int:
    """A day as a number."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """A number as a day."""
    return date.fromordinal(int(number) + EPOCH)


class Spelling(NamedTuple):
    """A format with its approvals and category, as credits name them together."""

    format: str
    approvals: tuple[str, ...]
    category: str | None


@dataclass(slots=True)
class Spellings:
    """Every spelling met so far in this process, each with its number: the key of a credit."""

    numbers: dict[Spelling, int] = field(default_factory=dict)
    hashed: dict[int, int] = field(default_factory=dict)
    """The same by the hash of their words."""

    def number(self, spelling: Spelling) -> int:
        """The key that stands for a spelling."""
        return self.numbers.setdefault(spelling, len(self.numbers))

    @property
    def every(self) -> list[Spelling]:
        """Spellings by number."""
        return list(self.numbers)


def topic_numbers(vocabulary: Vocabulary) -> dict[str, int]:
    """Each topic's number, which is its bit in a mask. Raises ValueError where there are more than a mask holds."""
    if len(vocabulary.topics) > MOST_TOPICS:
        raise ValueError(f"{len(vocabulary.topics)} topics: rosters are counted with masks of {MOST_TOPICS}")
    return {slug: number for number, slug in enumerate(sorted(vocabulary.topics))}
