"""RIS: what reference managers hand to one another, a tag and a value on each line; read record by record, with the line of every fault.

The tags are those of the format's description by its makers, read in ours and in the forms of Zotero, EndNote and PubMed's neighbors.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

from perennial.core.literature.record import Record
from perennial.core.literature.texts import (
    LONGEST_ABSTRACT,
    MOST_AUTHORS,
    MOST_WORDS,
    address_of,
    day_of,
    month_of,
    pages_of,
    person_of,
    plain,
    pmcid_of,
    pmid_of,
    year_of,
)
from perennial.core.literature.work import plain_doi
from perennial.core.values import Problem

LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
NOTED_PMID = re.compile(r"PMID:? ?(\d{1,9})\b", re.IGNORECASE)
MEDLINE = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
MOST_LINES, MOST_BYTES_OF_LINE = 20_000, 1024 * 1024  # of one record, and of one line
TYPES = {"journal-article": "JOUR", "book": "BOOK", "book-chapter": "CHAP", "dissertation": "THES", "report": "RPRT", "guideline": "RPRT"}
TYPES |= {"proceedings-article": "CONF", "posted-content": "UNPB", "dataset": "DATA"}
Tags = dict[str, list[str]]


@dataclass(slots=True)
class _Open:
    """The record at hand: its tags, the line where it began, the last tag, and how many lines it has."""

    tags: Tags = field(default_factory=dict)
    started: int = 0
    last: str = ""
    lines: int = 0

    def begin(self, kind: str, number: int) -> Problem | None:
        """Begin a record; a Problem where the one before has no end."""
        cut = Problem(f"line {self.started}", "begins a record that has no end (ER)", "Close it with “ER  - ”; it was left out.")
        was_open = bool(self.tags)
        self.tags, self.started, self.last, self.lines = {"TY": [kind]}, number, "TY", 1
        return cut if was_open else None

    def end(self) -> Record | None:
        """End the record at hand, if there is one."""
        tags, self.tags = self.tags, {}
        return _record(tags) if tags else None

    def take(self, tag: str, value: str, number: int) -> Record | Problem | None:
        """Take a tag and its value; what is complete by it, or a fault."""
        if tag == "TY":
            return self.begin(value, number)
        if tag == "ER":
            return self.end()
        self.last = tag
        self.tags.setdefault(tag, []).append(value)
        return None

    def refuses(self, line: str) -> bool:
        """Whether the line can stand in no record: before the first, or in one that never ends."""
        self.lines += 1
        return self.lines > MOST_LINES or (not self.started and bool(line) and not line.startswith("TY"))


def read_ris(stream: IO[bytes]) -> Iterator[Record | Problem]:
    """Each record of the file; a Problem with its line for what is none. Nothing is held but the record at hand."""
    at_hand = _Open()
    for number, raw in enumerate(iter(lambda: stream.readline(MOST_BYTES_OF_LINE), b""), 1):
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="replace").strip()
        found = LINE.fullmatch(line)
        if at_hand.refuses(line):
            yield Problem(f"line {number}", "is no RIS: a record begins with “TY  - ”", "Export the file again as RIS.")
            return
        if found:
            made = at_hand.take(found[1], (found[2] or "").strip(), number)
            if made:
                yield made
        elif at_hand.tags and line:
            at_hand.tags[at_hand.last][-1] += f" {line}"
    if at_hand.tags:
        yield Problem(f"line {at_hand.started}", "begins a record that is cut off (no “ER  - ”)", "Export the file again.")
    elif not at_hand.started:
        yield Problem("line 1", "is no RIS: the file holds no record", "Export the file again as RIS.")


def write_ris(records: Iterable[Record]) -> str:
    """The records as RIS, as Zotero, EndNote and others read it."""
    return "".join(_written(record) for record in records)


def _record(tags: Tags) -> Record:
    day = _first(tags, "DA") or _first(tags, "PY", "Y1")
    parts = [part for part in re.split(r"[/-]", day) if part][:3]
    year = year_of(_first(tags, "PY", "Y1") or day)
    on = day_of(year, month_of(parts[1]), int(parts[2])) if len(parts) == 3 and parts[2].isdecimal() and len(parts[2]) < 3 else None
    abstract = " ".join(tags.get("AB", []) or tags.get("N2", []))
    links = [link for name in ("L1", "L2", "UR") for link in tags.get(name, [])]
    return Record(
        doi=next(filter(None, map(plain_doi, [*tags.get("DO", []), *tags.get("M3", []), *links])), ""),
        pmid=_pmid(tags),
        pmcid=pmcid_of(_first(tags, "C2")),
        title=plain(_first(tags, "TI", "T1", "CT", "BT")),
        abstract=plain(abstract, LONGEST_ABSTRACT),
        authors=tuple(filter(None, (person_of(plain(name)) for name in [*tags.get("AU", []), *tags.get("A1", [])][:MOST_AUTHORS]))),
        year=year,
        published_on=on,
        container=plain(_first(tags, "JF", "T2", "JO", "JA", "J2", "BT")),
        volume=plain(_first(tags, "VL"), 80),
        issue=plain(_first(tags, "IS"), 80),
        pages=pages_of(plain(_first(tags, "SP")), plain(_first(tags, "EP"))),
        language=plain(_first(tags, "LA"), 40),
        kinds=tuple(filter(None, [plain(tags["TY"][0], 80)])),
        keywords=tuple(filter(None, (plain(word, 200) for word in tags.get("KW", [])[:MOST_WORDS]))),
        free_url=address_of(_first(tags, "L1")),
        source="ris",
    )


def _pmid(tags: Tags) -> str:
    if MEDLINE.search(" ".join([*tags.get("DB", []), *tags.get("DP", [])])):
        return pmid_of(_first(tags, "AN"))
    noted = NOTED_PMID.search(" ".join([*tags.get("AN", []), *tags.get("N1", []), *tags.get("M2", [])]))
    return pmid_of(noted[1]) if noted else ""


def _first(tags: Tags, *names: str) -> str:
    return next((tags[name][0] for name in names if tags.get(name) and tags[name][0]), "")


def _written(record: Record) -> str:
    first, _, last = record.pages.partition("-")
    day = record.published_on.strftime("%Y/%m/%d") if record.published_on else ""
    lines = [
        ("TY", TYPES.get(record.kind, "GEN")),
        ("TI", record.title),
        *(("AU", name) for name in record.authors),
        ("PY", str(record.year or "")),
        ("DA", day),
        ("T2", record.container),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", first),
        ("EP", last),
        ("DO", record.doi),
        ("AN", record.pmid),
        ("DB", "PubMed" if record.pmid else ""),
        ("C2", record.pmcid),
        ("LA", record.language),
        *(("KW", word) for word in (*record.mesh, *record.keywords)),
        ("AB", record.abstract),
        ("L1", record.free_url),
        ("UR", f"https://doi.org/{record.doi}" if record.doi else ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"
