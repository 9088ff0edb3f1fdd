"""Reads the works of the starter library: TOML files of bibliographic facts with two own lines each; faults by file and work."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from perennial.core.literature.level import Level
from perennial.core.literature.record import Record
from perennial.core.literature.texts import address_of, pmid_of
from perennial.core.literature.work import plain_doi
from perennial.core.values import Problem

NEEDED = {"title", "authors", "year", "kind", "design", "practices", "summary", "checked"}
TEXTS = {"doi", "pmid", "container", "volume", "issue", "pages", "free"}
LONGEST_SUMMARY, SHORTEST_SUMMARY = 500, 40
FORM = f"Each has {', '.join(sorted(NEEDED))}, and doi or pmid; and may have {', '.join(sorted(TEXTS))}."


@dataclass(frozen=True, slots=True)
class Shelved:
    """A work of the starter library: its facts, design, the practices it is about (short names), two own lines, and where it stands."""

    record: Record
    design: Level
    practices: tuple[str, ...]
    summary: str
    checked: date
    where: str


def read_library(folder: Path) -> tuple[list[Shelved], list[Problem]]:
    """The works in the TOML files of a folder, in their order, and what is wrong with the rest; a faulty work is left out."""
    found: list[Shelved] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            rows = tomllib.loads(file.read_text(encoding="utf-8")).get("work", [])
        except (OSError, ValueError) as fault:
            problems.append(Problem(file.name, f"cannot be read ({fault})", "Write it as TOML in UTF-8."))
            continue
        for place, row in enumerate(rows if isinstance(rows, list) else [], 1):
            where = f"{file.name}: {(row.get('doi') or row.get('pmid') or place) if isinstance(row, Mapping) else place}"
            wrong = [*_faults(row, where), *(_twice(row, where, taken) if isinstance(row, Mapping) else [])]
            problems += wrong
            found += [] if wrong else [_shelved(row, where)]
    return found, problems


def _shelved(row: Mapping[str, Any], where: str) -> Shelved:
    record = Record(
        doi=plain_doi(row.get("doi", "")),
        pmid=pmid_of(row.get("pmid", "")),
        title=row["title"].strip(),
        authors=tuple(row["authors"]),
        year=row["year"],
        container=row.get("container", ""),
        volume=row.get("volume", ""),
        issue=row.get("issue", ""),
        pages=row.get("pages", ""),
        kinds=(row["kind"],),
        free_url=row.get("free", ""),
        source="library",
    )
    return Shelved(record, Level(row["design"]), tuple(row["practices"]), " ".join(row["summary"].split()), row["checked"], where)


def _faults(row: Any, where: str) -> Iterator[Problem]:
    if not isinstance(row, Mapping) or not set(row) >= NEEDED or not set(row) <= NEEDED | TEXTS:
        yield Problem(where, "has not these fields and no others", FORM)
        return
    if any(not isinstance(row.get(name, ""), str) for name in (*TEXTS, "title", "kind", "design", "summary")):
        yield Problem(where, "has a field that should be a text and is none", "Write numbers of volumes, issues and pages in quotes.")
        return
    yield from _faults_of_numbers(row, where)
    if row["design"] not in set(Level):
        yield Problem(where, f"unknown design '{row['design']}'", f"Known: {', '.join(Level)}.")
    if not _texts(row["authors"]) or any(name.count(",") > 1 for name in row["authors"]):
        yield Problem(where, "`authors` are not written as we write them", 'Write ["Family, G. H.", "A group"].')
    if not _texts(row["practices"]):
        yield Problem(where, "`practices` is not a list of short names", 'Write it as ["anxiety"], with names of library/practices.')
    if not SHORTEST_SUMMARY <= len(row["summary"]) <= LONGEST_SUMMARY:
        yield Problem(where, "its summary is not of two lines", f"Write {SHORTEST_SUMMARY} to {LONGEST_SUMMARY} characters of your own.")


def _faults_of_numbers(row: Mapping[str, Any], where: str) -> Iterator[Problem]:
    doi, pmid = row.get("doi", ""), row.get("pmid", "")
    if not (doi or pmid) or (doi and plain_doi(doi) != doi) or (pmid and pmid_of(pmid) != pmid):
        yield Problem(
            where, "has no plain DOI or PMID", "Write the DOI in small letters without an address, the PMID as figures in quotes."
        )
    if type(row["year"]) is not int or not 1500 <= row["year"] <= 2199:
        yield Problem(where, "`year` is no year", "Write it as 2019.")
    if type(row["checked"]) is not date:
        yield Problem(where, "`checked` is not a day", "Write it as 2026-11-27.")
    if row.get("free") and not address_of(row["free"]):
        yield Problem(where, "`free` is no address", "Write it with https://, or leave it out.")


def _twice(row: Mapping[str, Any], where: str, taken: dict[str, str]) -> list[Problem]:
    numbers = [str(row[name]) for name in ("doi", "pmid") if row.get(name)]
    others = [taken[number] for number in numbers if number in taken]
    taken.update(dict.fromkeys(numbers, where))
    return [Problem(where, f"is there twice, also at {others[0]}", "Keep one of the two.")] if others else []


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one.strip() for one in value)
