"""Reads spreadsheets: CSV and its kin, and XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from perennial.core.proofs.found import Found, Limits, Unreadable, Words
from perennial.core.proofs.tables import read_rows
from perennial.core.values.zips import BROKEN, never_opened

MOST_ROWS = 5_000
MOST_COLUMNS = 100
DAMAGED = "It is damaged or not a workbook. Open it, save it anew as XLSX and send that."
NO_HEADINGS = "No heading in it names a title and a day or hours. Give the columns such headings and send it again."


def read_csv(text: str, words: Words, limits: Limits, part: str) -> list[Found]:
    """The certificates of a list of separated values; raises Unreadable where no headings are found."""
    found = read_rows(list(_separated(text)), words, part=part, most=limits.most_found)
    if not found:
        raise Unreadable(NO_HEADINGS)
    return found


def _separated(text: str) -> Iterator[Sequence[str]]:
    sample = text[:8000]
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    separator = max(",;\t|", key=lambda one: sample.split("\n", 1)[0].count(one))
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator, quotechar=dialect.quotechar or '"')):
            if number >= MOST_ROWS:
                return
            yield row[:MOST_COLUMNS]
    except csv.Error:
        raise Unreadable("A cell in it is too long, or a quotation mark never ends. Save it anew as CSV and send that.") from None


def read_xlsx(data: bytes, words: Words, limits: Limits, part: str) -> list[Found]:
    """The certificates of all sheets of a workbook; raises Unreadable for one that is damaged, too large or without headings."""
    try:
        _look(data, limits)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = [one for sheet in book.worksheets for one in _sheet(sheet, words, limits, part)]
    except (InvalidFileException, TypeError, AttributeError, *BROKEN):
        raise Unreadable(DAMAGED) from None
    if not found:
        raise Unreadable(NO_HEADINGS)
    return found[: limits.most_found]


def _look(data: bytes, limits: Limits) -> None:
    """Look at the workbook's entries before any is opened: each is one that unpacks piece by piece, and all together are not too many."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
    if any(never_opened(entry) for entry in entries):
        raise Unreadable(DAMAGED)
    if sum(entry.file_size for entry in entries) > limits.most_unpacked_bytes:
        raise Unreadable("It is far larger than it looks once unpacked. Save only the sheet with your courses and send that.")


def _sheet(sheet: "openpyxl.worksheet._read_only.ReadOnlyWorksheet", words: Words, limits: Limits, part: str) -> list[Found]:
    rows = list(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True))
    named = f"{part}, sheet {sheet.title}" if part else f"sheet {sheet.title}"
    return read_rows(rows, words, part=named, most=limits.most_found)
