"""Which study of a trial database a published work is: by DOI, by the number at PubMed, by title and year; never against an identifier."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perennial.apps.trials.reading import MOST_FILES, Source, read
from perennial.core.literature import plain_doi
from perennial.core.literature.joining import tells
from perennial.core.literature.texts import pmid_of
from perennial.core.literature.titles import title_key
from perennial.core.synthesis.metapsy import Trial

DOI_COLUMNS, PMID_COLUMNS = ("doi", "study_doi"), ("pmid", "pubmed_id", "pubmed")
REFERENCE_COLUMNS = ("full_ref", "full_reference", "reference", "citation", "title", "article_title")
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,]+", re.IGNORECASE)
PMID = re.compile(r"\b(?:PMID|PubMed(?: ID)?)\s*:?\s*(\d{4,9})\b", re.IGNORECASE)
ENDS = re.compile(r"[.?!()\[\]\"“”]+")
"""What a title stands between in a reference."""
YEARS_APART = 1  # a work that is first published on the web often has two years


@dataclass(frozen=True, slots=True)
class Paper:
    """A published work, as far as it is known: `key` is the asker's own name for it, the DOI is in small letters."""

    key: str
    doi: str = ""
    pmid: str = ""
    title: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of a database tells of the paper that it is from; `text` is its reference in small letters, parted by bars."""

    study: str
    year: int | None
    dois: frozenset[str]
    pmids: frozenset[str]
    text: str


def study_of(source: Source, paper: Paper) -> str:
    """The name of the study that the paper is about in the file, empty where there is none or more than one could be meant.

    Raises OSError or Unreadable where the file cannot be read.
    """
    rows = _told(source)
    found = {one.study for one in rows if (paper.doi and paper.doi in one.dois) or (paper.pmid and paper.pmid in one.pmids)}
    if not found:
        found = set(_by_title(rows, paper))
    return found.pop() if len(found) == 1 else ""


def _by_title(rows: Sequence[Told], paper: Paper) -> Iterator[str]:
    if paper.year is None or not tells(title_key(paper.title, paper.year)):
        return
    title = parted(paper.title)
    for one in rows:
        near = one.year is not None and abs(one.year - paper.year) <= YEARS_APART
        other = (paper.doi and one.dois) or (paper.pmid and one.pmids)  # it has identifiers, and they are others
        if near and not other and title in one.text:
            yield one.study


def parted(text: str) -> str:
    """A reference or a title in small letters without accents and signs; its parts, as full stops and brackets end them, between bars."""
    parts = (title_key(part, None).rstrip("|") for part in ENDS.split(text))
    return f"|{'|'.join(filter(None, parts))}|"


@lru_cache(maxsize=MOST_FILES)
def _told(source: Source) -> tuple[Told, ...]:
    """What the rows tell, each once."""
    file = read(source)
    columns = {column.casefold(): column for column in reversed(file.columns)}
    return tuple(dict.fromkeys(_row(one, columns) for one in file.trials))


def _row(one: Trial, columns: Mapping[str, str]) -> Told:
    def cells(names: Sequence[str]) -> list[str]:
        return [one.cells[columns[name]] for name in names if name in columns and one.cells[columns[name]]]

    references = cells(REFERENCE_COLUMNS)
    dois = {plain_doi(found) for found in [*cells(DOI_COLUMNS), *_within(references, DOI)]}
    pmids = {pmid_of(found) for found in [*cells(PMID_COLUMNS), *_within(references, PMID)]}
    text = "".join(parted(reference) for reference in references)
    return Told(one.study, one.year, frozenset(dois - {""}), frozenset(pmids - {""}), text)


def _within(references: Sequence[str], shape: re.Pattern[str]) -> list[str]:
    return [found.rstrip(".)]") for reference in references for found in shape.findall(reference)]
