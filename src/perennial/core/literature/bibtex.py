"""BibTeX, read with bibtexparser (MIT) and its LaTeX decoder; written by our own hand. Why: docs/decisions/0042."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import IO, TYPE_CHECKING

from perennial.core.literature.record import Record
from perennial.core.literature.texts import (
    LONGEST_ABSTRACT,
    MOST_AUTHORS,
    MOST_WORDS,
    address_of,
    day_of,
    month_of,
    pages_of,
    person,
    plain,
    pmcid_of,
    pmid_of,
    year_of,
)
from perennial.core.literature.titles import family
from perennial.core.literature.wholes import MOST_BYTES
from perennial.core.literature.work import plain_doi
from perennial.core.values import Problem
from perennial.core.values.late import late

if TYPE_CHECKING:
    from bibtexparser import entrypoint, model
    from bibtexparser.middlewares import names
    from pylatexenc import latex2text
else:
    entrypoint, model = late("bibtexparser.entrypoint"), late("bibtexparser.model")
    names, latex2text = late("bibtexparser.middlewares.names"), late("pylatexenc.latex2text")

LATEX = re.compile(r"[\\{}$~]|``|''|--")
ESCAPES = {letter: f"\\{letter}" for letter in "&%$#_"} | {"{": "\\{", "}": "\\}", "\\": "\\textbackslash{}", "~": "\\textasciitilde{}"}
TYPES = {"journal-article": "article", "book": "book", "book-chapter": "incollection", "dissertation": "phdthesis", "report": "techreport"}
TYPES |= {"proceedings-article": "inproceedings", "guideline": "techreport"}


def read_bibtex(stream: IO[bytes]) -> Iterator[Record | Problem]:
    """Each entry of the file; a Problem with its line for a block that cannot be read. The file is held whole, up to 64 MB."""
    body = stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        yield Problem("file", f"is larger than {MOST_BYTES // 1024 // 1024} MB", "Split the file; nothing of it was taken.")
        return
    text = body.decode("utf-8-sig", errors="replace")
    if "@" not in text:
        yield Problem("line 1", "is no BibTeX: the file holds no entry (@article{…})", "Export the file again as BibTeX.")
        return
    library = entrypoint.parse_string(text)
    for block in library.blocks:
        if isinstance(block, model.Entry):
            yield _entry(block)
    for failed in library.failed_blocks:
        what = f"begins an entry that has no end, or is no BibTeX ({(failed.raw or '')[:40]!r})"
        yield Problem(f"line {(failed.start_line or 0) + 1}", what, "Mend the entry and import the file again; the others were taken.")


def write_bibtex(records: Iterable[Record]) -> str:
    """The records as BibTeX in UTF-8; keys are family name, year and a letter where two would be the same."""
    taken: dict[str, int] = {}
    return "\n".join(_written(record, _key(record, taken)) for record in records)


def _entry(entry: "model.Entry") -> Record | Problem:
    fields = {field.key.casefold(): str(field.value) for field in entry.fields}
    try:
        return _record(entry.entry_type.casefold(), fields)
    except RecursionError:
        return Problem(f"line {(entry.start_line or 0) + 1}", "is nested too deep", "Mend the entry and import the file again.")


def _record(kind: str, fields: Mapping[str, str]) -> Record:
    def text(*names: str, longest: int = 1000) -> str:
        return next((plain(_decoded(fields[name]), longest) for name in names if fields.get(name)), "")

    year = year_of(text("year", "date"))
    day = text("day") or text("date")[8:10]
    month = month_of(text("month") or text("date")[5:7])
    return Record(
        doi=plain_doi(fields.get("doi", "").replace("\\", "")) or plain_doi(fields.get("url", "").replace("\\", "")),
        pmid=pmid_of(text("pmid")),
        pmcid=pmcid_of(text("pmcid", "pmc")),
        title=text("title"),
        abstract=text("abstract", longest=LONGEST_ABSTRACT),
        authors=tuple(filter(None, map(_name, names.split_multiple_persons_names(fields.get("author", ""))[:MOST_AUTHORS]))),
        year=year,
        published_on=day_of(year, month, int(day)) if day.isdecimal() and len(day) < 3 else None,
        container=text("journal", "journaltitle", "booktitle", "series"),
        volume=text("volume", longest=80),
        issue=text("number", "issue", longest=80),
        pages=pages_of(text("pages", longest=80)),
        language=text("language", "langid", longest=40),
        kinds=tuple(filter(None, [plain(kind, 80)])),
        keywords=tuple(
            filter(None, (plain(word, 200) for word in re.split(r"[,;]", text("keywords", longest=LONGEST_ABSTRACT))[:MOST_WORDS]))
        ),
        free_url=address_of(fields.get("free_url", "")),
        source="bibtex",
    )


def _decoded(value: str) -> str:
    return str(_decoder().latex_to_text(value)) if LATEX.search(value) else value


@cache
def _decoder() -> "latex2text.LatexNodes2Text":
    return latex2text.LatexNodes2Text(math_mode="verbatim", keep_comments=False)


def _name(raw: str) -> str:
    """A name in any of BibTeX's three forms, or that of a group in braces of its own."""
    name, text = raw.strip(), plain(_decoded(raw))
    if name.startswith("{") and name.endswith("}"):
        return text
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1:
        return person(parts[0], parts[-1])
    words = text.split()
    lower = next((place for place, word in enumerate(words) if place and word[0].islower()), len(words) - 1)
    return person(" ".join(words[lower:]), " ".join(words[:lower])) if len(words) > 1 else text


def _key(record: Record, taken: dict[str, int]) -> str:
    name = f"{(family(record.authors[0]) if record.authors else '').encode('ascii', 'ignore').decode() or 'work'}{record.year or ''}"
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"


def _written(record: Record, key: str) -> str:
    authors = " and ".join(name if ", " in name else "{" + name + "}" for name in map(_escaped, record.authors))
    fields = {
        "title": "{" + _escaped(record.title) + "}" if record.title else "",
        "author": authors,
        "year": str(record.year or ""),
        "date": record.published_on.isoformat() if record.published_on else "",
        "booktitle" if record.kind == "book-chapter" else "journal": _escaped(record.container),
        "volume": _escaped(record.volume),
        "number": _escaped(record.issue),
        "pages": _escaped(record.pages.replace("-", "--")),
        "doi": record.doi,
        "pmid": record.pmid,
        "pmcid": record.pmcid,
        "language": _escaped(record.language),
        "keywords": _escaped(", ".join((*record.mesh, *record.keywords))),
        "abstract": _escaped(record.abstract),
        "free_url": record.free_url,
        "url": f"https://doi.org/{record.doi}" if record.doi else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{TYPES.get(record.kind, 'misc')}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(text: str) -> str:
    return "".join(ESCAPES.get(letter, letter) for letter in text)
