"""A published work as a value: what one service, or one file, tells of it."""

from dataclasses import dataclass
from datetime import date

from perennial.core.literature.citing import in_apa, in_vancouver
from perennial.core.literature.work import Told

# What sources call a work, in small letters, and the one word that we keep for it: Crossref's, of those that people cite.
KINDS = {
    "journal article": "journal-article",
    "article": "journal-article",
    "article-journal": "journal-article",
    "jour": "journal-article",
    "review": "journal-article",
    "research-article": "journal-article",
    "review-article": "journal-article",
    "letter": "journal-article",
    "editorial": "journal-article",
    "inbook": "book-chapter",
    "incollection": "book-chapter",
    "chapter": "book-chapter",
    "chap": "book-chapter",
    "monograph": "book",
    "phdthesis": "dissertation",
    "mastersthesis": "dissertation",
    "thesis": "dissertation",
    "thes": "dissertation",
    "rprt": "report",
    "techreport": "report",
    "inproceedings": "proceedings-article",
    "conference": "proceedings-article",
    "paper-conference": "proceedings-article",
    "conf": "proceedings-article",
    "preprint": "posted-content",
    "practice guideline": "guideline",
}
KNOWN = {
    *KINDS.values(),
    "edited-book",
    "reference-book",
    "dataset",
    "other",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A work as a source tells of it. Texts are empty, and lists too, where it tells nothing.

    `doi` is in small letters; `pmid` and `pmcid` ("PMC123") as PubMed writes them; `authors` are "Family, G. H." or the name of a group;
    `kinds` are publication types in the source's own words; `mesh` are names of descriptors; `free_url` is an address where the whole
    text is free, empty where none is known; `source` names the service or the format of the file.
    """

    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    published_on: date | None = None
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    language: str = ""
    kinds: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    free_url: str = ""
    told: tuple[Told, ...] = ()
    source: str = ""

    @property
    def kind(self) -> str:
        """One word for what it is, Crossref's where it has one: "journal-article", "book", "guideline"; else the source's first."""
        known = [word for word in map(_kind, self.kinds) if word in KNOWN]
        return "guideline" if "guideline" in known else next(iter([*known, *self.kinds]), "")[:80]

    @property
    def citation(self) -> str:
        """The work as a line of a list of references in the manner of APA, without its DOI."""
        return in_apa(self.authors, self.year, self.title, (self.container, self.volume, self.pages))

    @property
    def vancouver(self) -> str:
        """The work as a line of a list of references in the manner of Vancouver (ICMJE), with its DOI where it has one."""
        return in_vancouver(self.authors, self.title, self.container, (self.year, self.volume, self.issue, self.pages), self.doi)


def _kind(word: str) -> str:
    plain = word.casefold()
    return KINDS.get(plain, plain)
