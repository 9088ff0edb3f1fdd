"""Read a roster's two Parquet files: which columns they hold, whether their types can be used, and their rows in batches."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from perennial.core.values import Problem

TEXT, WHOLE, NUMBER, DAY, TEXTS, HOURS_IN_TOPICS, THINGS_DONE = range(7)
_WORDS = {
    TEXT: "text",
    WHOLE: "whole numbers",
    NUMBER: "numbers (whole, decimal or float)",
    DAY: "dates, or texts such as 2026-11-25",
    TEXTS: "lists of texts",
    HOURS_IN_TOPICS: "lists of structs with the fields topic (text) and hours (a number)",
    THINGS_DONE: "lists of structs with the fields what (text) and on (a date), or lists of texts",
}
LICENSEES: Mapping[str, int] = {
    "licensee_id": TEXT,
    "jurisdiction": TEXT,
    "profession": TEXT,
    "expires": DAY,
    "issued": DAY,
    "birth_date": DAY,
    "renewal_number": WHOLE,
    "last_application_received": DAY,
    "number": TEXT,
    "attributes": TEXTS,
    "done": THINGS_DONE,
    "as_of": DAY,
}
CREDITS: Mapping[str, int] = {
    "licensee_id": TEXT,
    "credit_id": TEXT,
    "date": DAY,
    "hours": NUMBER,
    "topics": HOURS_IN_TOPICS,
    "format": TEXT,
    "approvals": TEXTS,
    "title": TEXT,
    "category": TEXT,
    "course_id": TEXT,
}
NEEDED = {
    "licensees": ("licensee_id", "jurisdiction", "profession", "expires"),
    "credits": ("licensee_id", "credit_id", "date", "hours", "topics", "format", "approvals"),
}
"""Columns without which a file cannot be used; of the others it is taken that nothing is known."""
ROW = "row"
"""The number of a row in its file, the first being 1."""

os.environ.setdefault("POLARS_ROW_GROUP_PREFETCH_SIZE", "1")  # Polars would hold eight row groups read ahead, decoded: a gigabyte and more
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:100,muzzy_decay_ms:0")  # for workers: Polars would keep what it no longer needs


class UnusableRoster(Exception):
    """A file that cannot be used at all; carries the problem to tell."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(where, what, mend)
        self.problem = Problem(where, what, mend)

    def __str__(self) -> str:
        return self.problem.what


@dataclass(frozen=True, slots=True)
class Table:
    """A Parquet file whose columns can be used: `known` of them by name, with the types they have; how many rows."""

    path: Path
    kind: str
    known: Mapping[str, pl.DataType]
    unused: tuple[str, ...]
    rows: int

    def empty(self) -> pl.DataFrame:
        """No rows, with the columns that rows have."""
        return pl.DataFrame(schema={ROW: pl.Int64(), **self.known})

    def read(self, start: int, many: int, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """So many rows from one on, each with its number. Raises UnusableRoster where the file is damaged."""
        numbers = pl.int_range(1, 1 + pl.len(), dtype=pl.Int64).alias(ROW)
        try:
            found = pl.scan_parquet(self.path).select(columns or list(self.known)).slice(start, many).collect()
        except (pl.exceptions.PolarsError, OSError) as fault:
            raise _damaged(self.path, fault) from fault
        return found.select(numbers + start, pl.all())

    def batches(self, size: int, columns: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """Its rows in their order, `size` at a time, asked for one by one: an engine that reads ahead would fill the memory."""
        for start in range(0, self.rows, size):
            yield self.read(start, size, columns)


def open_table(path: Path, kind: str) -> Table:
    """A file of `licensees` or `credits`, its columns checked. Raises UnusableRoster: where, what and how to mend it."""
    name = path.name
    if not path.is_file():
        raise UnusableRoster(str(path), "there is no such file", "Check the name.")
    try:
        scanned = pl.scan_parquet(path)
        schema = scanned.collect_schema()
        rows = scanned.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise _damaged(path, fault) from fault
    wanted = LICENSEES if kind == "licensees" else CREDITS
    lacking = [column for column in NEEDED[kind] if column not in schema]
    if lacking:
        several = "columns" if len(lacking) > 1 else "column"
        raise UnusableRoster(name, f"no {several} {', '.join(lacking)} among the {kind}", f"It holds: {', '.join(schema)}.")
    for column, sort in wanted.items():
        if column in schema and not _fits(schema[column], sort):
            raise UnusableRoster(f"{name}, column {column}", f"the type {schema[column]} cannot be read", f"Give {_WORDS[sort]}.")
    known = {column: schema[column] for column in wanted if column in schema}
    return Table(path, kind, known, tuple(column for column in schema if column not in wanted), rows)


def _damaged(path: Path, fault: Exception) -> UnusableRoster:
    if isinstance(fault, PermissionError):
        return UnusableRoster(str(path), "the file may not be read", "Check who may read it.")
    said = " ".join(str(fault).split())[:160]
    return UnusableRoster(path.name, f"not a whole Parquet file ({said})", "Write it anew; it may have been cut short.")


def _fits(found: pl.DataType, sort: int) -> bool:
    """Whether a column of this type has a plain sense; a column that is empty throughout has."""
    if isinstance(found, pl.Null):
        return True
    if sort in (TEXTS, HOURS_IN_TOPICS, THINGS_DONE):
        return isinstance(found, pl.List) and _items_fit(found.inner, sort)
    return _value_fits(found, sort)


def _value_fits(found: object, sort: int) -> bool:
    kind = found if isinstance(found, pl.DataType) else pl.Null()
    text = isinstance(kind, pl.String | pl.Categorical | pl.Enum | pl.Null)
    if sort == TEXT:
        return text or kind.is_integer()
    if sort == DAY:
        return text or isinstance(kind, pl.Date | pl.Datetime)
    return kind.is_numeric() or isinstance(kind, pl.Null)


def _items_fit(inner: object, sort: int) -> bool:
    if isinstance(inner, pl.Null):
        return True
    if sort == TEXTS or not isinstance(inner, pl.Struct):
        return sort != HOURS_IN_TOPICS and isinstance(inner, pl.String | pl.Categorical | pl.Enum)
    fields = {field.name: field.dtype for field in inner.fields}
    first, second, kind = ("topic", "hours", NUMBER) if sort == HOURS_IN_TOPICS else ("what", "on", DAY)
    return set(fields) == {first, second} and _value_fits(fields[first], TEXT) and _value_fits(fields[second], kind)
