"""The file: which kind it is, its rows, and what becomes of each."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from perennial.core.planner.catalogs.row import COLUMNS, REQUIRED, Listed, RowFault, listed_in
from perennial.core.rules.vocabulary import Vocabulary
from perennial.core.values import Problem

Course = TypeVar("Course")


@dataclass(frozen=True, slots=True)
class Most:
    """What a file may hold at most: bytes and courses (None: any number)."""

    bytes: int | None = None
    rows: int | None = None


ANY = Most()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, in words, and what its values are called: keys or columns."""

    words: str
    called: str

    def problem(self, fault: RowFault, name: str = "") -> Problem:
        """What is wrong with it; `name` is the id of an offer, where it has one, since a list has no lines to count."""
        shown = f" ({name[:60]})" if name and self.called == "key" else ""
        return Problem(f"{self.words}{shown}, {self.called} {fault.column}", fault.what, fault.mend)


@dataclass(frozen=True, slots=True)
class Catalog(Generic[Course]):
    """A catalog that was read: the courses taken, and a problem for each row refused. `whole`: the file itself could not be read."""

    taken: tuple[Course, ...]
    refused: tuple[Problem, ...]
    whole: Problem | None = None

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return len(self.taken) + len(self.refused)


class Unreadable(Exception):
    """The whole file is of no use; carries the problem."""

    def __init__(self, what: str, mend: str, where: str = "the file") -> None:
        super().__init__(what)
        self.problem = Problem(where, what, mend)


def read_catalog(data: bytes, vocabulary: Vocabulary, made: Callable[[Listed], Course], most: Most = ANY) -> Catalog[Course]:
    """Read a catalog: JSON where it begins with a bracket, else a table with named columns and commas, semicolons or tabs between.

    `made` makes of a row what its reader wants of it, and may refuse it by raising RowFault.
    """
    try:
        text = _text(data, most)
        rows = list(_json_rows(text, most) if text.lstrip()[:1] in ("[", "{") else _table_rows(text, most))
    except Unreadable as fault:
        return Catalog((), (), fault.problem)
    taken: list[Course] = []
    refused: list[Problem] = []
    seen: dict[str, str] = {}
    for place, row in rows:
        try:
            found = listed_in(row, vocabulary)
            course = made(found)
            _once(seen, found, place.words)
        except RowFault as fault:
            name = row.get("id")
            refused.append(place.problem(fault, name if isinstance(name, str) else ""))
        else:
            taken.append(course)
    return Catalog(tuple(taken), tuple(refused))


def _once(seen: dict[str, str], found: Listed, where: str) -> None:
    key = found.id or f"\x00{found.title}\x00{found.provider}\x00{found.starts}"
    if key in seen:
        what = f"'{found.id}' stands in {seen[key]} already" if found.id else f"the same course stands in {seen[key]}"
        raise RowFault("id" if found.id else "title", what, "Give each course its own id.")
    seen[key] = where


def _text(data: bytes, most: Most) -> str:
    if most.bytes is not None and len(data) > most.bytes:
        raise Unreadable(f"larger than {most.bytes // 1_000_000} MB", "Send it in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not text in UTF-8", "Save it as CSV or JSON in UTF-8.") from None
    if "\x00" in text:
        raise Unreadable("not a text file", "Save it as CSV or JSON in UTF-8.")
    if not text.strip():
        raise Unreadable("empty", "Choose the catalog, a JSON list or a CSV table.")
    return text


def _json_rows(text: str, most: Most) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=lambda name: name, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error.msg}", "Correct that place.", f"line {error.lineno}, character {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON that can be read: {error}", "Give a list of courses.") from None
    rows = data.get("offers") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise Unreadable("not a list of courses", "Give a JSON list, each course a table of keys and values.")
    _few(len(rows), most)
    for number, row in enumerate(rows, 1):
        yield Place(f"offer {number}", "key"), row if isinstance(row, dict) else {"": row}


def _table_rows(text: str, most: Most) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    head = text.splitlines()[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
            _few(len(rows) - 1, most)
    except csv.Error as error:
        raise Unreadable(f"not a table: {error}", "Save the table as CSV again.", f"line {reader.line_num}") from None
    names = [name.strip().lower().replace(" ", "_") for name in rows[0][1]]
    _named(names)
    for number, (line, cells) in enumerate(rows[1:], 1):
        yield Place(f"row {number} (line {line})", "column"), _cells(names, cells)


def _cells(names: list[str], cells: list[str]) -> Mapping[str, Any]:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        return {"": f"{len(cells)} cells under {len(names)} columns"}
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}


def _named(names: list[str]) -> None:
    unknown = [name for name in names if name and name not in COLUMNS]
    twice = [name for name in names if name and names.count(name) > 1]
    missing = [name for name in REQUIRED if name not in names]
    known = f"The columns are: {', '.join(COLUMNS)}."
    if missing:
        raise Unreadable(f"no column '{missing[0]}'", known, "first line")
    if unknown:
        raise Unreadable(f"unknown column '{unknown[0][:60]}'", known, "first line")
    if twice:
        raise Unreadable(f"the column '{twice[0]}' stands twice", known, "first line")


def _few(count: int, most: Most) -> None:
    if most.rows is not None and count > most.rows:
        raise Unreadable(f"more than {most.rows:,} courses", "Send it in parts, or leave out what you would never take.")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(k == key for k, _ in pairs) > 1)
        raise ValueError(f"the key '{twice}' stands twice in one table")
    return found
