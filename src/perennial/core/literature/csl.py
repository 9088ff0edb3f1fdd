"""CSL-JSON: the form in which Zotero, pandoc and citation processors hold references (https://citeproc-js.readthedocs.io)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from perennial.core.literature.record import Record
from perennial.core.literature.texts import (
    LONGEST_ABSTRACT,
    MOST_AUTHORS,
    MOST_WORDS,
    day_of,
    pages_of,
    person,
    plain,
    pmcid_of,
    pmid_of,
    year_of,
)
from perennial.core.literature.wholes import items_of
from perennial.core.literature.work import plain_doi
from perennial.core.values import Problem

TYPES = {"journal-article": "article-journal", "book": "book", "book-chapter": "chapter", "dissertation": "thesis", "report": "report"}
TYPES |= {"proceedings-article": "paper-conference", "posted-content": "article", "dataset": "dataset", "guideline": "report"}


def read_csl(stream: IO[bytes]) -> Iterator[Record | Problem]:
    """Each item of the file: a list, one item, or an item on each line; a Problem for what is none, with its place."""
    for where, item in items_of(stream):
        if isinstance(item, Problem):
            yield item
        elif not isinstance(item, Mapping) or not ("title" in item or "DOI" in item):
            yield Problem(where, "is no item of CSL-JSON: it has neither title nor DOI", "Export the list again as CSL-JSON.")
        else:
            yield _record(item)


def write_csl(records: Iterable[Record]) -> str:
    """The records as a list of CSL-JSON."""
    return json.dumps([_written(record) for record in records], ensure_ascii=False, indent=1) + "\n"


def _record(item: Mapping[str, Any]) -> Record:
    parts = _parts(item.get("issued"))
    note = plain(item.get("note"))
    return Record(
        doi=plain_doi(plain(item.get("DOI"))),
        pmid=pmid_of(plain(item.get("PMID")) or _noted(note, "PMID:")),
        pmcid=pmcid_of(plain(item.get("PMCID")) or _noted(note, "PMCID:")),
        title=plain(item.get("title")),
        abstract=plain(item.get("abstract"), LONGEST_ABSTRACT),
        authors=tuple(filter(None, map(_name, _list(item.get("author"))[:MOST_AUTHORS]))),
        year=parts[0] if parts else year_of(_literal(item.get("issued"))),
        published_on=day_of(*parts[:3]) if len(parts) >= 3 else None,
        container=plain(item.get("container-title")),
        volume=plain(item.get("volume"), 80),
        issue=plain(item.get("issue"), 80),
        pages=pages_of(plain(item.get("page"), 80)),
        language=plain(item.get("language"), 40),
        kinds=tuple(filter(None, [plain(item.get("type"), 80)])),
        keywords=tuple(filter(None, (plain(word, 200) for word in plain(item.get("keyword"), LONGEST_ABSTRACT).split(",")[:MOST_WORDS]))),
        source="csl",
    )


def _written(record: Record) -> dict[str, Any]:
    on = record.published_on
    when = [on.year, on.month, on.day] if on else [record.year] if record.year else []
    item: dict[str, Any] = {
        "id": record.doi or record.pmid or record.title[:60],
        "type": TYPES.get(record.kind, "document"),
        "title": record.title,
        "author": [_named(name) for name in record.authors],
        "issued": {"date-parts": [when]} if when else None,
        "container-title": record.container,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "DOI": record.doi,
        "PMID": record.pmid,
        "PMCID": record.pmcid,
        "language": record.language,
        "abstract": record.abstract,
        "keyword": ", ".join((*record.mesh, *record.keywords)),
        "URL": record.free_url or (f"https://doi.org/{record.doi}" if record.doi else ""),
    }
    return {name: value for name, value in item.items() if value}


def _named(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _name(author: Any) -> str:
    if not isinstance(author, Mapping):
        return ""
    particle, family = plain(author.get("non-dropping-particle")), plain(author.get("family"))
    return person(f"{particle} {family}".strip(), plain(author.get("given"))) or plain(author.get("literal"))


def _parts(when: Any) -> list[int]:
    rows = _list(when.get("date-parts")) if isinstance(when, Mapping) else []
    row = _list(rows[0]) if rows else []
    parts = [int(part) for part in row if isinstance(part, int | str) and str(part).isdecimal() and len(str(part)) <= 4]
    return parts if parts and 1000 <= parts[0] <= 2199 else []


def _literal(when: Any) -> str:
    return plain(when.get("raw") or when.get("literal")) if isinstance(when, Mapping) else ""


def _noted(note: str, name: str) -> str:
    _, found, rest = note.partition(name)
    return rest.split()[0] if found and rest.split() else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
