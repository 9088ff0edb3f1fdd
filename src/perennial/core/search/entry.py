"""What the index keeps of a work, and how much its design and its year weigh."""

from collections.abc import Sequence
from dataclasses import dataclass

# By how much a work's words count more for the strength of its design; the rank is that of core.literature.Level, the strongest first.
STRONGEST, STEP, WEAKEST = 6.0, 0.25, 3.0
OLDEST, NEWEST, NEWNESS = 1980, 2030, 0.2  # a work of the newest year counts 20 % more than one of the oldest


@dataclass(frozen=True, slots=True)
class Entry:
    """A work to be found. `rank` is the place of its level from 1, the strongest; `practices` are short names of the map."""

    id: int
    title: str
    abstract: str = ""
    authors: Sequence[str] = ()
    headings: Sequence[str] = ()
    practices: Sequence[str] = ()
    level: str = "unknown"
    rank: int = 14
    year: int | None = None
    free: bool = False
    retracted: bool = False
    language: str = ""


def weight_of(entry: Entry) -> float:
    """By what the relevance of its words is multiplied: design, and newness.

    Examples with no year: a systematic review 6.0, a randomized trial 5.75, an opinion 3.5.
    """
    design = max(STRONGEST - STEP * (entry.rank - 1), WEAKEST)
    share = min(max(((entry.year or OLDEST) - OLDEST) / (NEWEST - OLDEST), 0.0), 1.0)
    return design * (1 + NEWNESS * share)
