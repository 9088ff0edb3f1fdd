"""A file of text as a table, whatever separates its columns, marks its decimals and encodes its letters."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from perennial.core.values import Problem
from perennial.core.values.words import counted

LARGEST_BYTES = 64 * 2**20
MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 500, 200_000, 4_000_000
DELIMITERS = {";": "semicolons", "\t": "tabs", ",": "commas", "|": "bars"}
ABSENT = {"", "na", "n/a", "n.a.", "nan", "null", "none", "missing", ".", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "?"}
NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
LONGEST_NUMBER = 30
DECIMAL = re.compile(r"[+-]?(?:(?:\d{4,}|0|)([.,])\d+|\d+([.,])(?:\d{1,2}|\d{4,}))")
"""A number whose sign is one of decimals for sure."""
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
OF_ONE_BYTE = {"latin-1": "latin-1", "cp1252": "Windows-1252"}
WINDOWS = re.compile(r"[\x80-\x9f]")
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class Unreadable(ValueError):
    """The file cannot be used at all."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(what)
        self.problem = Problem(where, what, mend)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the file, its cells by column, and the signs that part thousands, or may do so (empty: none does).

    A sign of `thousands` parts them for sure, since the file writes decimals by the other one; one of `unsure` may do so or not.
    """

    line: int
    cells: Mapping[str, str]
    thousands: str = ""
    unsure: str = ""

    def text(self, column: str) -> str:
        """What stands in the column; empty where it is absent or says so (NA)."""
        value = self.cells.get(column, "").strip()
        return "" if value.casefold() in ABSENT else value

    def number(self, column: str, *, small: bool = False) -> float | None:
        """The figure in the column, None where there is none. Raises ValueError where something else stands in its place, and for
        thousands where only a `small` figure can be meant."""
        value = self.text(column)
        if not value:
            return None
        value = value.replace("\N{MINUS SIGN}", "-")
        grouped = THOUSANDS.fullmatch(value)
        if grouped and grouped[1] in self.thousands and not small:
            value = value.replace(grouped[1], "")
        elif not NUMBER.fullmatch(value) or (grouped and grouped[1] in self.thousands + self.unsure):
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
    lines = list(_lines(reader, name, skipped))
    if len(lines) * len(columns) > MOST_CELLS:
        raise Unreadable(name, f"has over {MOST_CELLS:,} cells", "Leave out columns that are not needed, or split the file.")
    if lines and reader.line_num + skipped > lines[-1][0]:
        _closed(text, lines[-1][0] - skipped, delimiter, name)
    lines, columns = _evened(lines, columns)
    rows = tuple(_rows(lines, columns, name, problems, _grouping(lines, delimiter)))
    if not rows:
        raise Unreadable(name, "has no rows that can be read", str(problems[0]) if problems else "Export it once more.")
    assumed = [f"columns are separated by {DELIMITERS.get(delimiter, delimiter)}", *again]
    if any(row.thousands for row in rows[:1]):
        assumed.append(f"“{rows[0].thousands}” between three digits parts thousands, since decimals are written otherwise")
    if encoding in OF_ONE_BYTE:
        assumed.append(f"letters are read as {OF_ONE_BYTE[encoding]}, since they are not UTF-8")
    return Table(name, tuple(columns), rows, tuple(assumed), tuple(problems))


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if len(data) > LARGEST_BYTES:
        raise Unreadable(
            name, f"has over {LARGEST_BYTES // 2**20} MB", "A trial database has some megabytes: leave out columns of long text."
        )
    if not data.strip():
        raise Unreadable(name, "is empty", "Export it once more.")
    marked = next((encoding for mark, encoding in ENCODINGS if data.startswith(mark)), _unmarked(data))
    try:
        text, encoding = data.decode(marked), marked
    except UnicodeDecodeError:
        text, encoding = _of_one_byte(data)
    if "\x00" in text:
        raise Unreadable(name, "is no text", "Save it as CSV in UTF-8, not as a workbook.")
    if text.lstrip()[:1] == "<":
        raise Unreadable(name, "is HTML or XML, not CSV", "Download the data file itself, not the page that shows it.")
    if text.lstrip()[:1] in ("{", "["):
        raise Unreadable(name, "is JSON, not CSV", "Give the file with one line for each comparison of two arms.")
    return text, encoding


def _unmarked(data: bytes) -> str:
    """The encoding of a file that does not name it: UTF-16 where every second byte of its beginning is empty, else UTF-8."""
    first, second = data[:400:2], data[1:400:2]
    if second and 2 * second.count(0) > len(second) and not first.count(0):
        return "utf-16-le"
    return "utf-16-be" if first and 2 * first.count(0) > len(first) and not second.count(0) else "utf-8"


def _of_one_byte(data: bytes) -> tuple[str, str]:
    """Latin-1; as Windows has it where it holds signs that only Windows has, such as curly quotes."""
    text = data.decode("latin-1")
    if WINDOWS.search(text):
        try:
            return data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            pass
    return text, "latin-1"


def _grouping(lines: Sequence[tuple[int, list[str]]], delimiter: str) -> tuple[str, str]:
    """The sign that parts thousands in the numbers of a file for sure, and the one that may; empty where none does.

    The file tells by its other numbers, such as 0.25 and 0,25, which sign it writes decimals by.
    """
    grouped, decimals = False, set()
    for cell in (cell.strip() for _, cells in lines for cell in cells if len(cell) < LONGEST_NUMBER and ("," in cell or "." in cell)):
        if THOUSANDS.fullmatch(cell):
            grouped = True
        elif told := DECIMAL.fullmatch(cell):
            decimals.add(told[1] or told[2])
    if grouped and len(decimals) == 1:
        return "".join({".", ","} - decimals), ""
    return "", "," if delimiter == "," else ""


def _delimiter(text: str, name: str) -> str:
    head = re.sub(r'"[^"]*"', "", text.lstrip().split("\n", 1)[0])
    best = max(DELIMITERS, key=head.count)
    if not head.count(best):
        raise Unreadable(f"{name}, line 1", "has one column", "Separate the columns by semicolons, commas or tabs.")
    return best


def _columns(reader: Iterator[list[str]], name: str) -> tuple[list[str], list[str]]:
    """The names of the columns, those that come again with a number behind, and what is said of these. Empty lines before go unread."""
    try:
        told = [cell.strip() for cell in next((cells for cells in reader if any(cell.strip() for cell in cells)), [])]
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


def _closed(text: str, line: int, delimiter: str, name: str) -> None:
    """Look at the last row, which begins at the line and has several. Raises Unreadable where a quote in it is never closed, so that it
    holds the rows after it."""
    last = "".join(list(io.StringIO(text, newline=""))[line - 1 :])
    try:
        list(csv.reader(io.StringIO(last, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        if "end of data" in str(fault):
            what = "opens a quote that is never closed"
            raise Unreadable(f"{name}, line {line}", what, "Close it: all that follows is taken as one cell.") from fault


def _evened(lines: list[tuple[int, list[str]]], columns: list[str]) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Where every line has one cell more than the first: without an empty last one, else with a nameless column of row names before."""
    if not lines or any(len(cells) != len(columns) + 1 for _, cells in lines):
        return lines, columns
    if not any(cells[-1].strip() for _, cells in lines):
        return [(line, cells[:-1]) for line, cells in lines], columns
    return lines, ["", *columns]


def _lines(reader: Iterator[list[str]], name: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    count = 0
    while count < MOST_ROWS:
        line = getattr(reader, "line_num", 0) + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Unreadable(
                f"{name}, line {line}", f"cannot be read ({fault})", "Mend its quotes: nothing after it can be read."
            ) from fault
        if any(cell.strip() for cell in cells):
            count += 1
            yield line, cells
    raise Unreadable(name, f"has over {MOST_ROWS:,} rows", "Split the file.")


def _rows(
    lines: Sequence[tuple[int, list[str]]], columns: Sequence[str], name: str, problems: list[Problem], grouping: tuple[str, str]
) -> Iterator[Row]:
    for line, cells in lines:
        if len(cells) == len(columns):
            yield Row(line, dict(zip(columns, cells, strict=True)), *grouping)
        else:
            what = f"has {counted(len(cells), 'cell')} for {len(columns)} columns"
            problems.append(Problem(f"{name}, line {line}", what, "Mend its separators and quotes; the line was left out."))
