"""A file of text as a table, whatever separates its columns, marks its decimals and encodes its letters."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from perennial.core.values import Problem

LARGEST_BYTES = 64 * 2**20
MOST_COLUMNS, MOST_ROWS = 500, 200_000
DELIMITERS = {";": "semicolons", "\t": "tabs", ",": "commas", "|": "bars"}
ABSENT = {"", "na", "n/a", "nan", "null", "none", "."}
NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class Unreadable(ValueError):
    """The file cannot be used at all."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.problem = Problem(where, what, mend)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the file, its cells by column, and whether a comma between digits may mean thousands."""

    line: int
    cells: Mapping[str, str]
    thousands: bool = False

    def text(self, column: str) -> str:
        """What stands in the column; empty where it is absent or says so (NA)."""
        value = self.cells.get(column, "").strip()
        return "" if value.casefold() in ABSENT else value

    def number(self, column: str) -> float | None:
        """The figure in the column, None where there is none. Raises ValueError where something else stands in its place."""
        value = self.text(column)
        if not value:
            return None
        value = value.replace("\N{MINUS SIGN}", "-")
        if not NUMBER.fullmatch(value) or (self.thousands and THOUSANDS.fullmatch(value)):
            raise ValueError(value)
        found = float(value.replace(",", "."))
        if abs(found) == float("inf"):
            raise ValueError(value)
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """The columns in their order, the rows, what was taken for granted in reading, and which lines could not be read."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    assumed: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_table(body: IO[bytes], name: str) -> Table:
    """Read the file, no more than 64 MB of it. Raises Unreadable where it is no table."""
    data = body.read(LARGEST_BYTES + 1)
    text, encoding = _decoded(data, name)
    given = SEPARATOR_LINE.match(text)
    if given:
        text = text[given.end() :]
    delimiter = given[1] if given else _delimiter(text, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    skipped = 1 if given else 0
    columns, again = _columns(reader, name)
    problems: list[Problem] = []
    lines = list(_lines(reader, name, skipped, problems))
    lines, columns = _evened(lines, columns)
    rows = tuple(_rows(lines, columns, name, problems, thousands=delimiter == ","))
    if not rows:
        raise Unreadable(name, "has no rows that can be read", str(problems[0]) if problems else "Export it once more.")
    assumed = [f"columns are separated by {DELIMITERS.get(delimiter, delimiter)}", *again]
    if encoding == "latin-1":
        assumed.append("letters are read as latin-1, since they are not UTF-8")
    return Table(name, tuple(columns), rows, tuple(assumed), tuple(problems))


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if len(data) > LARGEST_BYTES:
        raise Unreadable(
            name, f"has over {LARGEST_BYTES // 2**20} MB", "A trial database has some megabytes: leave out columns of long text."
        )
    if not data.strip():
        raise Unreadable(name, "is empty", "Export it once more.")
    marked = next((encoding for mark, encoding in ENCODINGS if data.startswith(mark)), "utf-8")
    if marked != "utf-16" and b"\x00" in data[:4096]:
        raise Unreadable(name, "is no text", "Save it as CSV in UTF-8, not as a workbook.")
    try:
        text, encoding = data.decode(marked), marked
    except UnicodeDecodeError:
        text, encoding = data.decode("latin-1"), "latin-1"
    if text.lstrip()[:1] == "<":
        raise Unreadable(name, "is HTML or XML, not CSV", "Download the data file itself, not the page that shows it.")
    if text.lstrip()[:1] in ("{", "["):
        raise Unreadable(name, "is JSON, not CSV", "Give the file with one line for each comparison of two arms.")
    return text, encoding


def _delimiter(text: str, name: str) -> str:
    head = re.sub(r'"[^"]*"', "", text.lstrip().split("\n", 1)[0])
    best = max(DELIMITERS, key=head.count)
    if not head.count(best):
        raise Unreadable(f"{name}, line 1", "has one column", "Separate the columns by semicolons, commas or tabs.")
    return best


def _columns(reader: Iterator[list[str]], name: str) -> tuple[list[str], list[str]]:
    """The names of the columns, those that come again with a number behind, and what is said of these."""
    try:
        told = [cell.strip() for cell in next(reader)]
    except csv.Error as fault:
        raise Unreadable(f"{name}, line 1", f"cannot be read ({fault})", "Save the file anew as CSV.") from fault
    if len(told) > MOST_COLUMNS:
        raise Unreadable(f"{name}, line 1", f"has over {MOST_COLUMNS} columns", "Leave out those that are not needed.")
    columns: list[str] = []
    for title in told:
        count = sum(1 for one in columns if one == title or one.startswith(f"{title} (again "))
        columns.append(f"{title} (again {count})" if title and count else title)
    again = sorted({title for title in told if title and told.count(title) > 1})
    return columns, [f"of the columns called “{title}” the first is taken" for title in again]


def _evened(lines: list[tuple[int, list[str]]], columns: list[str]) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Where every line has one cell more than the first: without an empty last one, else with a nameless column of row names before."""
    if not lines or any(len(cells) != len(columns) + 1 for _, cells in lines):
        return lines, columns
    if not any(cells[-1].strip() for _, cells in lines):
        return [(line, cells[:-1]) for line, cells in lines], columns
    return lines, ["", *columns]


def _lines(reader: Iterator[list[str]], name: str, skipped: int, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    count = 0
    while count < MOST_ROWS:
        line = getattr(reader, "line_num", 0) + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            problems.append(Problem(f"{name}, line {line}", f"cannot be read ({fault})", "Mend its quotes; nothing after it was read."))
            return
        if any(cell.strip() for cell in cells):
            count += 1
            yield line, cells
    problems.append(Problem(name, f"has over {MOST_ROWS:,} rows", "Split the file; the rest was not read."))


def _rows(
    lines: Sequence[tuple[int, list[str]]], columns: Sequence[str], name: str, problems: list[Problem], *, thousands: bool
) -> Iterator[Row]:
    for line, cells in lines:
        if len(cells) == len(columns):
            yield Row(line, dict(zip(columns, cells, strict=True)), thousands)
        else:
            what = f"has {len(cells)} cells for {len(columns)} columns"
            problems.append(Problem(f"{name}, line {line}", what, "Mend its separators and quotes; the line was left out."))
