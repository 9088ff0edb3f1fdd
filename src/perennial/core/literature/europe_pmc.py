"""Europe PMC's JSON: pages of its search (`resultList`), a page or a result on each line, or one alone (https://europepmc.org/RestfulWebService)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any

from perennial.core.literature.record import Record
from perennial.core.literature.texts import (
    LONGEST_ABSTRACT,
    MOST_AUTHORS,
    MOST_WORDS,
    address_of,
    pages_of,
    person_of,
    plain,
    pmcid_of,
    pmid_of,
    year_of,
)
from perennial.core.literature.wholes import items_of
from perennial.core.literature.work import Nature, Told, plain_doi
from perennial.core.values import Problem

NATURES = {"retraction in": Nature.RETRACTION, "expression of concern in": Nature.CONCERN, "erratum in": Nature.CORRECTION}
# Of a record that is itself the notice: what it says of the work that it names.
NATURES_OF_OTHERS = {
    "retraction of": Nature.RETRACTION,
    "expression of concern for": Nature.CONCERN,
    "erratum for": Nature.CORRECTION,
}
RETRACTED = "retracted publication"
SOURCE = "Europe PMC"
FREE = {"OA", "F"}  # open access, or free to read


def read_europe_pmc(stream: IO[bytes]) -> Iterator[Record | Problem]:
    """Each result of the file; a Problem with its place for what is none."""
    for where, item in items_of(stream):
        if isinstance(item, Problem):
            yield item
        else:
            yield from results_of(item, where)


def results_of(page: Any, where: str) -> list[Record | Problem]:
    """The records of a page of results, or of one result."""
    if isinstance(page, Mapping) and isinstance(page.get("resultList"), Mapping):
        return [each for one in _list(page["resultList"], "result") for each in results_of(one, where)]
    if not isinstance(page, Mapping) or not page.get("id") or not page.get("source"):
        return [Problem(where, "is no result of Europe PMC: it has no id and source", "Give the answer of its search as JSON.")]
    return [_record(page)]


def next_cursor(page: Any) -> str:
    """The mark by which the next page is asked for; empty at the last."""
    mark = page.get("nextCursorMark") if isinstance(page, Mapping) else None
    return mark if isinstance(mark, str) and len(mark) < 2000 else ""


def _record(item: Mapping[str, Any]) -> Record:
    journal = _dict(item, "journalInfo")
    pmid = pmid_of(plain(item.get("pmid"))) or (pmid_of(plain(item.get("id"))) if item.get("source") == "MED" else "")
    doi = plain_doi(plain(item.get("doi")))
    pmcid = pmcid_of(plain(item.get("pmcid")))
    kinds = _texts(_dict(item, "pubTypeList").get("pubType"), 80) or _texts(plain(item.get("pubType")).split("; "), 80)
    names = [plain(author.get("fullName") or author.get("collectiveName")) for author in _list(_dict(item, "authorList"), "author")]
    names = names or plain(item.get("authorString"), LONGEST_ABSTRACT).rstrip(".").split(", ")
    return Record(
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        title=plain(item.get("title")).removesuffix("."),
        abstract=plain(item.get("abstractText"), LONGEST_ABSTRACT),
        authors=tuple(person_of(name) for name in names[:MOST_AUTHORS] if name),
        year=year_of(plain(journal.get("yearOfPublication")) or plain(item.get("pubYear"))),
        published_on=_day(item.get("firstPublicationDate")),
        container=plain(_dict(journal, "journal").get("title") or item.get("journalTitle")),
        volume=plain(journal.get("volume") or item.get("journalVolume"), 80),
        issue=plain(journal.get("issue") or item.get("issue"), 80),
        pages=pages_of(plain(item.get("pageInfo"), 80)),
        language=plain(item.get("language"), 40),
        kinds=kinds,
        mesh=tuple(name for one in _list(_dict(item, "meshHeadingList"), "meshHeading") if (name := plain(one.get("descriptorName"), 200))),
        keywords=_texts(_dict(item, "keywordList").get("keyword"), 200),
        free_url=_free(item, pmcid),
        told=_all_told(item, doi, pmid, kinds),
        source="europepmc",
    )


def _all_told(item: Mapping[str, Any], doi: str, pmid: str, kinds: Sequence[str]) -> tuple[Told, ...]:
    """What was told of it, also by its type alone where no notice says so, and what it tells of others; keys as PubMed's have them."""
    notes = _list(_dict(item, "commentCorrectionList"), "commentCorrection")
    told = [one for one in (_told(note, doi, pmid) for note in notes) if one]
    retracted = any(kind.casefold() == RETRACTED for kind in kinds)
    if retracted and not any(one.nature == Nature.RETRACTION and one.pmid == pmid and one.doi == doi for one in told):
        told.append(Told(doi, Nature.RETRACTION, None, "", "", SOURCE, f"pubmed:{pmid or doi}|{Nature.RETRACTION}|", pmid))
    return tuple(told)


def _told(one: Mapping[str, Any], doi: str, pmid: str) -> Told | None:
    kind, notice = plain(one.get("type")).casefold(), plain(one.get("id"), 120) or plain(one.get("reference"), 120)
    other = pmid_of(notice)
    if nature := NATURES.get(kind):
        return Told(doi, nature, None, "", "", SOURCE, f"pubmed:{pmid or doi}|{nature}|{notice}", pmid)
    if (nature := NATURES_OF_OTHERS.get(kind)) and other:
        return Told("", nature, None, doi, "", SOURCE, f"pubmed:{other}|{nature}|{pmid or doi}", other)
    return None


def _free(item: Mapping[str, Any], pmcid: str) -> str:
    for link in _list(_dict(item, "fullTextUrlList"), "fullTextUrl"):
        if plain(link.get("availabilityCode")) in FREE and (address := address_of(plain(link.get("url")))):
            return address
    return f"https://europepmc.org/articles/{pmcid}" if pmcid and item.get("isOpenAccess") == "Y" else ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _dict(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(item: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = item.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _texts(value: object, longest: int) -> tuple[str, ...]:
    return tuple(text for one in value[:MOST_WORDS] if (text := plain(one, longest))) if isinstance(value, list) else ()
