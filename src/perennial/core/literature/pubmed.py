"""One article of PubMed's XML (DTD of the National Library of Medicine) as a record.

Read in one pass over the children, without paths: a baseline file has 30,000 of them.
"""

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from perennial.core.literature.record import Record
from perennial.core.literature.texts import (
    LONGEST_ABSTRACT,
    LONGEST_TEXT,
    MOST_AUTHORS,
    MOST_WORDS,
    day_of,
    month_of,
    pages_of,
    plain,
    pmcid_of,
    year_of,
)
from perennial.core.literature.work import Nature, Told, plain_doi

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element  # noqa: SLF001  lxml gives its class of elements no other name
else:
    Element = Any

NATURES = {
    "RetractionIn": Nature.RETRACTION,
    "RetractedandRepublishedIn": Nature.RETRACTION,
    "ExpressionOfConcernIn": Nature.CONCERN,
    "ErratumIn": Nature.CORRECTION,
    "CorrectedandRepublishedIn": Nature.CORRECTION,
}
# Of a record that is itself the notice: what it says of the work that it names.
NATURES_OF_OTHERS = {
    "RetractionOf": Nature.RETRACTION,
    "RetractedandRepublishedFrom": Nature.RETRACTION,
    "ExpressionOfConcernFor": Nature.CONCERN,
    "ErratumFor": Nature.CORRECTION,
    "CorrectedandRepublishedFrom": Nature.CORRECTION,
}
LONG = 100  # letters
RETRACTED, SOURCE = "Retracted Publication", "PubMed"
DAY = re.compile(r"\b(\d{4}) ([A-Z][a-z]{2}) (\d{1,2})\b")
FREE_AT = "https://pmc.ncbi.nlm.nih.gov/articles/{}/"


def read_article(article: Element) -> Record | None:
    """The record of a <PubmedArticle> or <PubmedBookArticle>; None where it has no PMID."""
    parts = {part.tag: part for part in article}
    citation = parts.get("MedlineCitation", parts.get("BookDocument"))
    if citation is None:
        return None
    found = _Found()
    inner: Iterable[Element] = ()
    for node in citation:
        tag = node.tag
        if tag in TAKES:
            TAKES[tag](found, node)
        elif tag == "Article":
            inner = node
    for node in chain(inner, parts.get("PubmedData", ())):
        tag = node.tag
        if tag in TAKES:
            TAKES[tag](found, node)
    return found.record() if found.pmid.isdecimal() and len(found.pmid) <= 9 else None


class _Found:
    """What was read of an article so far."""

    __slots__ = (
        "abstract",
        "authors",
        "day",
        "doi",
        "journal",
        "keywords",
        "kinds",
        "language",
        "later",
        "mesh",
        "others",
        "pages",
        "pmcid",
        "pmid",
        "title",
        "vernacular",
    )

    def __init__(self) -> None:
        self.pmid = self.doi = self.pmcid = self.title = self.vernacular = self.abstract = self.pages = self.language = ""
        self.authors: tuple[str, ...] = ()
        self.kinds: list[str] = []
        self.mesh: list[str] = []
        self.keywords: list[str] = []
        self.later: list[tuple[Nature, date | None, str]] = []
        self.others: list[tuple[Nature, str]] = []
        self.day: date | None = None
        self.journal: tuple[str, str, str, int | None, date | None] = ("", "", "", None, None)

    def record(self) -> Record:
        """All of it."""
        container, volume, issue, year, day = self.journal
        title = self.title
        if title.startswith("[") and title.rstrip(".").endswith("]"):
            title = title.rstrip(".")[1:-1]
            title = self.vernacular if title.startswith("Not Available") and self.vernacular else title
        return Record(
            doi=self.doi,
            pmid=self.pmid,
            pmcid=self.pmcid,
            title=(title or self.vernacular or container).removesuffix("."),
            abstract=self.abstract[:LONGEST_ABSTRACT],
            authors=self.authors,
            year=year or (self.day.year if self.day else None),
            published_on=day or self.day,
            container=container if title or self.vernacular else "",
            volume=volume,
            issue=issue,
            pages=self.pages,
            language=self.language,
            kinds=tuple(self.kinds),
            mesh=tuple(self.mesh),
            keywords=tuple(self.keywords),
            free_url=FREE_AT.format(self.pmcid) if self.pmcid else "",
            told=self.told(day or self.day) if self.later or self.others or RETRACTED in self.kinds else (),
            source="pubmed",
        )

    def told(self, day: date | None) -> tuple[Told, ...]:
        """What was told of it later; that it was retracted, by its type, where no notice says so; and what it tells of others.

        `day` is its own. A notice has the same key whichever of the two records tells it.
        """
        later = self.later
        if RETRACTED in self.kinds and not any(nature == Nature.RETRACTION for nature, _, _ in later):
            later = [*later, (Nature.RETRACTION, None, "")]
        own = [
            Told(self.doi, nature, on, "", "", SOURCE, f"pubmed:{self.pmid}|{nature}|{notice}", self.pmid) for nature, on, notice in later
        ]
        others = [Told("", nature, day, self.doi, "", SOURCE, f"pubmed:{pmid}|{nature}|{self.pmid}", pmid) for nature, pmid in self.others]
        return (*own, *others)


def _pmid(found: _Found, node: Element) -> None:
    found.pmid = _text(node)


def _title(found: _Found, node: Element) -> None:
    found.title = _text(node)


def _vernacular(found: _Found, node: Element) -> None:
    found.vernacular = _text(node)


def _abstract(found: _Found, node: Element) -> None:
    parts = []
    for part in node:
        if part.tag == "AbstractText":
            text, label = _text(part, LONGEST_ABSTRACT), part.get("Label")
            if text:
                parts.append(f"{label.capitalize()}: {text}" if label and label != "UNLABELLED" else text)
    found.abstract = "\n".join(parts)


def _authors(found: _Found, node: Element) -> None:
    if node.get("Type") == "editors" or found.authors:
        return
    names = []
    for author in islice(node, MOST_AUTHORS):
        family = initials = ""
        for part in author:
            tag = part.tag
            if tag == "LastName":
                family = _text(part)
            elif tag == "Initials":
                initials = (part.text or "").replace(" ", "")
            elif tag == "CollectiveName":
                family, initials = _text(part), ""
                break
        if family:
            names.append(f"{family}, {'. '.join(initials)}." if initials else family)
    found.authors = tuple(names)


def _kinds(found: _Found, node: Element) -> None:
    found.kinds += [text for text in (_text(part, 80) for part in node) if text]


def _one_kind(found: _Found, node: Element) -> None:
    found.kinds += [text for text in (_text(node, 80),) if text]


def _mesh(found: _Found, node: Element) -> None:
    names = [each.text if not len(each) else _text(each) for each in islice(node.iter("DescriptorName"), MOST_WORDS)]
    found.mesh = [name for name in names if name]


def _keywords(found: _Found, node: Element) -> None:
    found.keywords += [text for text in (_text(part, 200) for part in islice(node, MOST_WORDS)) if text]


def _language(found: _Found, node: Element) -> None:
    found.language = found.language or _text(node, 40)


def _pages(found: _Found, node: Element) -> None:
    first = last = ""
    for part in node:
        if part.tag == "MedlinePgn":
            found.pages = pages_of(_text(part, 80))
            return
        if part.tag == "StartPage":
            first = _text(part, 40)
        elif part.tag == "EndPage":
            last = _text(part, 40)
    found.pages = pages_of(first, last)


def _electronic(found: _Found, node: Element) -> None:
    if node.get("EIdType") == "doi" and node.get("ValidYN") != "N" and not found.doi:
        found.doi = plain_doi(_text(node))


def _article_date(found: _Found, node: Element) -> None:
    year, on = _when(node)
    found.day = found.day or on or (day_of(year, 1, 1) if year and not found.journal[3] else None)


def _ids(found: _Found, node: Element) -> None:
    for part in node:
        kind = part.get("IdType")
        if kind == "doi":
            found.doi = found.doi or plain_doi(_text(part))
        elif kind == "pmc":
            found.pmcid = pmcid_of(_text(part))


def _journal(found: _Found, node: Element) -> None:
    title = short = ""
    issue: tuple[str, str, int | None, date | None] = ("", "", None, None)
    for part in node:
        if part.tag == "Title":
            title = _text(part)
        elif part.tag == "ISOAbbreviation":
            short = _text(part)
        elif part.tag == "JournalIssue":
            issue = _issue(part)
    found.journal = (title or short, *issue)


def _issue(node: Element) -> tuple[str, str, int | None, date | None]:
    volume = issue = ""
    year, on = None, None
    for part in node:
        if part.tag == "Volume":
            volume = _text(part, 80)
        elif part.tag == "Issue":
            issue = _text(part, 80)
        elif part.tag == "PubDate":
            year, on = _when(part)
    return volume, issue, year, on


def _book(found: _Found, node: Element) -> None:
    title, year, on = "", None, None
    for part in node:
        if part.tag == "BookTitle":
            title = _text(part)
        elif part.tag == "PubDate":
            year, on = _when(part)
        elif part.tag == "AuthorList":
            _authors(found, part)
    found.kinds.append("Book")
    found.journal = (title, "", "", year, on)


def _later(found: _Found, node: Element) -> None:
    for part in node:
        kind = part.get("RefType", "")
        if kind in NATURES_OF_OTHERS:
            pmid = next((_text(each) for each in part if each.tag == "PMID"), "")
            found.others += [(NATURES_OF_OTHERS[kind], pmid)] if pmid.isdecimal() and len(pmid) <= 9 else []
        elif nature := NATURES.get(kind):
            said = {each.tag: _text(each) for each in part}
            source = said.get("RefSource", "")
            day = DAY.search(source)
            on = day_of(int(day[1]), month_of(day[2]), int(day[3])) if day else None
            found.later.append((nature, on, (said.get("PMID", "") or source)[:120]))


TAKES = {
    "PMID": _pmid,
    "ArticleTitle": _title,
    "VernacularTitle": _vernacular,
    "Abstract": _abstract,
    "AuthorList": _authors,
    "PublicationTypeList": _kinds,
    "PublicationType": _one_kind,
    "MeshHeadingList": _mesh,
    "KeywordList": _keywords,
    "Language": _language,
    "Pagination": _pages,
    "ELocationID": _electronic,
    "ArticleDate": _article_date,
    "ArticleIdList": _ids,
    "Journal": _journal,
    "Book": _book,
    "CommentsCorrectionsList": _later,
}


def _when(node: Element) -> tuple[int | None, date | None]:
    """Year and day of Year, Month and Day, or the year of a MedlineDate such as "1998 Dec-1999 Jan"."""
    year, month, day = "", "", ""
    for part in node:
        if part.tag == "Year":
            year = part.text or ""
        elif part.tag == "Month":
            month = part.text or ""
        elif part.tag == "Day":
            day = part.text or ""
        elif part.tag == "MedlineDate":
            return year_of(part.text or ""), None
    whole = int(year) if year.isdecimal() and len(year) == 4 else None
    return whole, day_of(whole, month_of(month), int(day)) if day.isdecimal() and len(day) < 3 else None


def _text(node: Element, longest: int = LONGEST_TEXT) -> str:
    text = "".join(map(str, node.itertext())) if len(node) else node.text or ""
    if "<" not in text and "  " not in text and len(text) <= longest and _printable(text):
        return text.strip(" ")  # most are such
    return plain(text, longest)


def _printable(text: str) -> bool:
    """Whether no control characters are in it. Of ASCII, XML may hold but these four, and looking for them is quicker in long texts."""
    if len(text) < LONG or not text.isascii():
        return text.isprintable()
    return not ("\n" in text or "\t" in text or "\r" in text or "\x7f" in text)
