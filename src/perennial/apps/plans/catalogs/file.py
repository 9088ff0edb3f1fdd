"""The file: which kind it is, its rows, and what becomes of each."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from perennial.apps.plans.catalogs.row import COLUMNS, REQUIRED, RowFault, course_in
from perennial.apps.plans.facts import CourseFacts
from perennial.core.rules.vocabulary import Vocabulary
from perennial.core.values import Problem

MOST_BYTES = 2_000_000
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class CatalogRead:
    """A catalog that was read: the courses taken, and a problem for each row refused. `whole`: the file itself could not be read."""

    taken: tuple[CourseFacts, ...]
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


def read_catalog(data: bytes, vocabulary: Vocabulary) -> CatalogRead:
    """Read a catalog: JSON where it begins with a bracket, else a table with named columns and commas, semicolons or tabs between."""
    try:
        text = _text(data)
        is_json = text.lstrip()[:1] in ("[", "{")
        rows = list(_json_rows(text) if is_json else _table_rows(text))
    except Unreadable as fault:
        return CatalogRead((), (), fault.problem)
    taken: list[CourseFacts] = []
    refused: list[Problem] = []
    seen: dict[str, str] = {}
    for where, row in rows:
        try:
            facts = course_in(row, vocabulary)
            _once(seen, facts, where)
        except RowFault as fault:
            refused.append(Problem(f"{where}, {'key' if is_json else 'column'} {fault.column}", fault.what, fault.mend))
        else:
            taken.append(facts)
    return CatalogRead(tuple(taken), tuple(refused))


def _once(seen: dict[str, str], facts: CourseFacts, where: str) -> None:
    key = facts.catalog_key or f"{facts.title}\x00{facts.provider_name}\x00{facts.starts_on}"
    if key in seen:
        what = f"'{facts.catalog_key}' stands in {seen[key]} already" if facts.catalog_key else f"the same course stands in {seen[key]}"
        raise RowFault("id" if facts.catalog_key else "title", what, "Give each course its own id.")
    seen[key] = where


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES // 1_000_000} MB", "Send it in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not text in UTF-8", "Save it as CSV or JSON in UTF-8.") from None
    if "\x00" in text:
        raise Unreadable("not a text file", "Save it as CSV or JSON in UTF-8.")
    if not text.strip():
        raise Unreadable("empty", "Choose the catalog, a JSON list or a CSV table.")
    return text


def _json_rows(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=lambda name: name)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error.msg}", "Correct that place.", f"line {error.lineno}, character {error.colno}") from None
    except (ValueError, RecursionError):
        raise Unreadable("not JSON that can be read", "Give a list of courses.") from None
    rows = data.get("offers") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise Unreadable("not a list of courses", "Give a JSON list, each course a table of keys and values.")
    _few(len(rows))
    for number, row in enumerate(rows, 1):
        yield f"offer {number}", row if isinstance(row, dict) else {"": row}


def _table_rows(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    head = text.splitlines()[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
            _few(len(rows) - 1)
    except csv.Error as error:
        raise Unreadable(f"not a table: {error}", "Save the table as CSV again.", f"line {reader.line_num}") from None
    names = [name.strip().lower().replace(" ", "_") for name in rows[0][1]]
    _named(names)
    for number, (line, cells) in enumerate(rows[1:], 1):
        yield f"row {number} (line {line})", _cells(names, cells)


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


def _few(count: int) -> None:
    if count > MOST_ROWS:
        raise Unreadable(f"more than {MOST_ROWS:,} courses", "Send it in parts, or leave out what you would never take.")
