"""Cut a roster into chunks: some licensees with all the credits that are theirs, however the two files are ordered."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import polars as pl

from perennial.core.rules.roster.reading import ROW, Table
from perennial.core.rules.roster.spill import Spill

CREDITS_AT_ONCE = 500_000
"""Credits read in one batch."""
NAMES_AT_ONCE = 1_000_000
"""Credits of which only the licensee is read in one batch."""
WHO = "licensee_id"


class Unsorted(Exception):
    """A file turned out not to be sorted by licensee_id."""


class Part(Protocol):
    """Some rows of a file, not read yet; another process may read them."""

    def read(self) -> pl.DataFrame:
        """The rows, each with its number in its file. Raises UnusableRoster where the file is damaged."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows that follow one another in a file."""

    table: Table
    start: int
    many: int

    def read(self) -> pl.DataFrame:
        """The rows as they stand in the file."""
        return self.table.read(self.start, self.many) if self.many else self.table.empty()


class Rows(NamedTuple):
    """All the rows of some people as they were read."""

    licensees: pl.DataFrame
    credits: pl.DataFrame


class Chunk(NamedTuple):
    """Where all the rows of some people are found."""

    licensees: Part
    credits: Part

    def read(self) -> Rows:
        """The rows themselves."""
        return Rows(self.licensees.read(), self.credits.read())


def in_order(licensees: Table, credits: Table, size: int) -> Iterator[Chunk]:
    """Chunks of two files that are both sorted by licensee_id, read side by side. Raises Unsorted where one is not."""
    if licensees.known[WHO] != credits.known[WHO] or isinstance(licensees.known[WHO], pl.Categorical | pl.Enum):
        raise Unsorted
    theirs = _Ahead(credits)
    for people in _whole_people(licensees.batches(size, [WHO])):
        yield Chunk(_slice(licensees, people), theirs.up_to(people[WHO][-1]))
    while (beyond := theirs.beyond()) is not None:
        yield Chunk(Slice(licensees, 0, 0), beyond)


def _slice(table: Table, rows: pl.DataFrame) -> Slice:
    return Slice(table, rows[ROW][0] - 1, rows.height) if rows.height else Slice(table, 0, 0)


def _ascending(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The batches that hold rows, as long as their licensees ascend."""
    last = None
    for batch in batches:
        if not batch.height:
            continue
        people = batch[WHO]
        if people.null_count() or not people.is_sorted() or (last is not None and people[0] < last):
            raise Unsorted
        last = people[-1]
        yield batch


def _whole_people(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The batches, cut so that nobody's rows lie in two."""
    held: pl.DataFrame | None = None
    for batch in _ascending(batches):
        together = batch if held is None else pl.concat([held, batch])
        first = together[WHO].search_sorted(together[WHO][-1], side="left")
        held = together[first:]
        if first:
            yield together[:first]
    if held is not None:
        yield held


class _Ahead:
    """The credits of a sorted file, given out person by person."""

    def __init__(self, credits: Table) -> None:
        self._credits = credits
        self._batches = _ascending(credits.batches(NAMES_AT_ONCE, [WHO]))
        self._held = self._nothing = credits.empty().select(ROW, WHO)

    def up_to(self, last: str | int) -> Slice:
        """All credits not yet given out of people up to `last`."""
        taken = [self._nothing]
        while self._more():
            cut = self._held[WHO].search_sorted(last, side="right")
            taken.append(self._held[:cut])
            self._held = self._held[cut:]
            if self._held.height:
                break
        return _slice(self._credits, pl.concat(taken))

    def beyond(self) -> Slice | None:
        """The next credits of people beyond the last licensee, None where there are no more."""
        if not self._more():
            return None
        found, self._held = self._held[:CREDITS_AT_ONCE], self._held[CREDITS_AT_ONCE:]
        return _slice(self._credits, found)

    def _more(self) -> bool:
        if not self._held.height:
            self._held = next(self._batches, self._nothing)
        return bool(self._held.height)


def by_hash(licensees: Table, credits: Table, size: int, folder: Path) -> Iterator[Chunk]:
    """Chunks of files in any order: both are first put by on disk by a hash of the licensee."""
    parts = max(1, -(-licensees.rows // size), -(-credits.rows // (size * 40)))
    people, theirs = _spilled(licensees, parts, size, folder), _spilled(credits, parts, CREDITS_AT_ONCE, folder)
    for part in range(parts):
        yield Chunk(people.part(part), theirs.part(part))


def _spilled(table: Table, parts: int, size: int, folder: Path) -> Spill:
    spill = Spill(folder, table.kind, table.empty().schema)
    for batch in table.batches(size):
        spill.put(batch, batch[WHO].cast(pl.String()).fill_null("").hash(seed=0) % parts)
    return spill


def numbered(rows: pl.DataFrame, size: int) -> pl.Series:
    """In which of the ranges of `size` rows each row lies."""
    return (rows[ROW] - 1) // size
