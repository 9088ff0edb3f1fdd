"""Reads the file of the Retraction Watch database, row by row, as Crossref hands it out."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from perennial.core.literature.texts import pmid_of
from perennial.core.literature.work import Nature, Told, plain_doi
from perennial.core.values import Problem

# Those that are read; OriginalPaperPubMedID too, where it is there. The others (Title, Subject, Institution, Journal, Publisher, Country,
# Author, URLS, ArticleType, RetractionPubMedID, OriginalPaperDate, Paywalled, Notes) are of no use here.
COLUMNS = ("Record ID", "OriginalPaperDOI", "RetractionDOI", "RetractionDate", "RetractionNature", "Reason")
NATURES = {
    "retraction": Nature.RETRACTION,
    "expression of concern": Nature.CONCERN,
    "correction": Nature.CORRECTION,
    "reinstatement": Nature.REINSTATEMENT,
}
SOURCE = "Retraction Watch"
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")  # month/day/year, and the time of day, which is always midnight


def read_retractions(lines: Iterable[str]) -> Iterator[Told | Problem | None]:
    """Each row as a notice; None for a row about a work with neither DOI nor PMID; a Problem for one that cannot be read, with its line.

    Where the file is not of this format, a single Problem. Nothing is held but the row at hand.
    """
    text = _without_nul(lines)
    head = next(text, "").removeprefix("\ufeff")
    rows = csv.DictReader(chain([head], text), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            yield Problem("line 1", f"lacks the columns {', '.join(missing)}", "Give the CSV of the Retraction Watch database.")
            return
        for row in rows:
            yield _told(row, rows.line_num)
    except csv.Error as fault:
        yield Problem(f"line {rows.line_num}", f"is not CSV ({fault})", "Download the file again; nothing after this line was read.")


def _told(row: dict[str, str], line: int) -> Told | Problem | None:
    nature = NATURES.get((row["RetractionNature"] or "").strip().casefold())
    record = (row["Record ID"] or "").strip()
    if nature is None or not record.isdecimal():
        what = f"has the nature “{(row['RetractionNature'] or '')[:40]}” and the record “{record[:20]}”"
        return Problem(f"line {line}", what, "Known natures: Retraction, Expression of concern, Correction, Reinstatement.")
    doi, pmid = plain_doi(row["OriginalPaperDOI"] or ""), pmid_of(row.get("OriginalPaperPubMedID") or "")
    if not doi and not pmid:
        return None
    reasons = "; ".join(part.strip().lstrip("+") for part in (row["Reason"] or "").split(";") if part.strip())
    on, notice = _day(row["RetractionDate"] or ""), plain_doi(row["RetractionDOI"] or "")
    return Told(doi, nature, on, notice, reasons[:1000], SOURCE, f"rw:{record}", pmid)


def _day(text: str) -> date | None:
    found = DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("\x00", "") for line in lines)
