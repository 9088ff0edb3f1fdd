"""Reads practices from TOML files, and says what is wrong by file and short name."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from perennial.core.values import Problem
from perennial.core.vocabulary.folding import folded
from perennial.core.vocabulary.term import Entry, Kind, Reference, Term

NEEDED = ("slug", "name", "kind", "definition", "references", "checked")
LISTS = ("synonyms", "abbreviations", "mesh", "broader", "related")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DOI = re.compile(r"10\.\d{4,9}/[^\sA-Z]+")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
SENTENCES = 2
FORM = f"The fields are {', '.join(NEEDED)}; and lists may be given as {', '.join(LISTS)}."


def read(folder: Path) -> tuple[list[Entry], list[Problem]]:
    """The practices in the TOML files of a folder, in their order, and what is wrong with the rest; a faulty practice is left out.

    A name that belongs to two, a broader or related one that is not there, and a circle of broader ones are told too, and these stay.
    """
    found: dict[str, Entry] = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            rows = tomllib.loads(file.read_text(encoding="utf-8")).get("practice", [])
        except (OSError, ValueError) as fault:
            problems.append(Problem(file.name, f"cannot be read ({fault})", "Write it as TOML in UTF-8."))
            continue
        for place, row in enumerate(rows if isinstance(rows, list) else [], 1):
            where = f"{file.name}: {row.get('slug', place) if isinstance(row, Mapping) else place}"
            wrong = list(_faults(row, where))
            problems += wrong
            if not wrong and row["slug"] in found:
                problems.append(Problem(where, "is there twice", "Give each practice a short name of its own."))
            elif not wrong:
                found[row["slug"]] = _entry(row)
    return list(found.values()), [*problems, *_between({slug: entry.term for slug, entry in found.items()})]


def _entry(row: Mapping[str, Any]) -> Entry:
    lists = {name: tuple(row.get(name, ())) for name in LISTS}
    references = tuple(Reference(one["doi"], one["text"]) for one in row["references"])
    return Entry(Term(row["slug"], row["name"], Kind(row["kind"]), **lists), row["definition"], references, row["checked"])


def _faults(row: Any, where: str) -> Iterator[Problem]:
    if not isinstance(row, Mapping) or not set(NEEDED) <= set(row) <= {*NEEDED, *LISTS}:
        yield Problem(where, "has not these fields and no others", FORM)
        return
    if not (_line(row["slug"]) and SLUG.fullmatch(row["slug"])) or not _line(row["name"]):
        yield Problem(where, "its short name or its name cannot be used", "A short name has small letters, figures and hyphens.")
    if row["kind"] not in set(Kind):
        yield Problem(where, f"unknown kind '{row['kind']}'", f"known: {', '.join(Kind)}.")
    if not _line(row["definition"]) or len(SENTENCE_END.findall(row["definition"])) != SENTENCES:
        yield Problem(where, "its definition is not of two sentences", "Write two, and no point within them that does not end one.")
    if type(row["checked"]) is not date:
        yield Problem(where, "`checked` is not a day", "Write it as 2026-11-27.")
    for name in LISTS:
        if not _texts(row.get(name, [])):
            yield Problem(where, f"`{name}` is not a list of texts, each once", 'Write it as ["one", "another"].')
    yield from _faults_of_references(row["references"], where)


def _faults_of_references(references: Any, where: str) -> Iterator[Problem]:
    form = 'Write each as {doi = "10.1000/abc", text = "…"}, the DOI in small letters and without an address.'
    if not isinstance(references, list):
        yield Problem(where, "`references` is not a list", form)
        return
    for one in references:
        whole = isinstance(one, Mapping) and set(one) == {"doi", "text"} and _line(one["text"]) and _line(one["doi"])
        if not whole or not DOI.fullmatch(one["doi"]):
            yield Problem(where, f"a reference has no plain DOI or no text: {one}", form)


def _between(terms: Mapping[str, Term]) -> Iterator[Problem]:
    """What is wrong between practices: names claimed twice, neighbors that are not there, circles."""
    claimed: dict[tuple[str, ...], str] = {}
    for term in terms.values():
        for name in dict.fromkeys(map(folded, term.names)):
            other = claimed.setdefault(name, term.slug)
            if other != term.slug:
                yield Problem(term.slug, f"'{' '.join(name)}' is also a name of {other}", "Leave it to the one that it means.")
        for slug in (*term.broader, *term.related):
            if slug not in terms or slug == term.slug:
                yield Problem(term.slug, f"'{slug}' is not another practice", "Name one that is there, by its short name.")
        if _circles(term.slug, terms):
            yield Problem(term.slug, "is broader than itself", "Take one of the broader ones out of the circle.")


def _circles(slug: str, terms: Mapping[str, Term]) -> bool:
    """Whether a practice is among those above it."""
    seen, waiting = set[str](), list(terms[slug].broader)
    while waiting:
        one = waiting.pop()
        if one == slug:
            return True
        if one not in seen and one in terms:
            seen.add(one)
            waiting.extend(terms[one].broader)
    return False


def _line(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value == value.strip()


def _texts(value: Any) -> bool:
    texts: Sequence[Any] = value if isinstance(value, list) else [None]
    return all(map(_line, texts)) and len(set(texts)) == len(texts)
