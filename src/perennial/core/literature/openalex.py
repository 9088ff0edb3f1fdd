"""OpenAlex's JSON: pages of its works (`results`), a work on each line as in its snapshots, or one alone (https://docs.openalex.org)."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import IO, Any

from perennial.core.literature.record import Record
from perennial.core.literature.texts import LONGEST_ABSTRACT, MOST_AUTHORS, address_of, pages_of, person, plain, pmcid_of, pmid_of
from perennial.core.literature.wholes import items_of
from perennial.core.literature.work import Nature, Told, plain_doi
from perennial.core.values import Problem

MOST_PLACES = 20_000  # words of an abstract


def read_openalex(stream: IO[bytes]) -> Iterator[Record | Problem]:
    """Each work of the file; a Problem with its place for what is none."""
    for where, item in items_of(stream):
        if isinstance(item, Problem):
            yield item
        else:
            yield from works_of(item, where)


def works_of(page: Any, where: str) -> list[Record | Problem]:
    """The records of a page of works, or of one work."""
    if isinstance(page, Mapping) and isinstance(page.get("results"), list):
        return [each for one in page["results"] for each in works_of(one, where)]
    if not isinstance(page, Mapping) or "openalex.org/W" not in str(page.get("id")):
        return [Problem(where, "is no work of OpenAlex: its id is none of openalex.org", "Give works of OpenAlex as JSON.")]
    return [_record(page)]


def next_cursor(page: Any) -> str:
    """The mark by which the next page is asked for; empty at the last."""
    mark = _dict(page, "meta").get("next_cursor") if isinstance(page, Mapping) else None
    return mark if isinstance(mark, str) and len(mark) < 2000 else ""


def abstract_of(index: object) -> str:
    """The abstract of an index that names, for each word, the places where it stands."""
    if not isinstance(index, Mapping):
        return ""
    words: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < MOST_PLACES:
                words[place] = word
    return plain(" ".join(words[place] for place in sorted(words)), LONGEST_ABSTRACT)


def _record(work: Mapping[str, Any]) -> Record:
    ids, about = _dict(work, "ids"), _dict(work, "biblio")
    doi, pmid = plain_doi(plain(work.get("doi"))), pmid_of(plain(ids.get("pmid")))
    access, name = _dict(work, "open_access"), plain(work.get("id")).rpartition("/")[2]
    key = f"openalex:{name}|retraction"
    retracted = work.get("is_retracted") is True
    year = work.get("publication_year")
    return Record(
        doi=doi,
        pmid=pmid,
        pmcid=pmcid_of(f"PMC{plain(ids.get('pmcid')).rstrip('/').rpartition('/')[2].upper().removeprefix('PMC')}"),
        title=plain(work.get("display_name") or work.get("title")).removesuffix("."),
        abstract=abstract_of(work.get("abstract_inverted_index")),
        authors=tuple(filter(None, (_name(one) for one in islice(_list(work, "authorships"), MOST_AUTHORS)))),
        year=year if isinstance(year, int) and 1000 <= year <= 2199 else None,
        published_on=_day(work.get("publication_date")),
        container=plain(_dict(_dict(work, "primary_location"), "source").get("display_name")),
        volume=plain(about.get("volume"), 80),
        issue=plain(about.get("issue"), 80),
        pages=pages_of(plain(about.get("first_page"), 40), plain(about.get("last_page"), 40)),
        language=plain(work.get("language"), 40),
        kinds=tuple(dict.fromkeys(filter(None, (plain(work.get(name), 80) for name in ("type", "type_crossref"))))),
        mesh=tuple(dict.fromkeys(filter(None, (plain(one.get("descriptor_name"), 200) for one in _list(work, "mesh"))))),
        keywords=tuple(filter(None, (plain(one.get("display_name"), 200) for one in _list(work, "keywords")))),
        free_url=address_of(plain(access.get("oa_url"))) if access.get("is_oa") is True else "",
        told=(Told(doi, Nature.RETRACTION, None, "", "", "OpenAlex", key, pmid),) if retracted else (),
        source="openalex",
    )


def _name(authorship: Mapping[str, Any]) -> str:
    name = plain(_dict(authorship, "author").get("display_name") or authorship.get("raw_author_name"))
    given, _, family = name.rpartition(" ")
    return person(family, given) if given else name


def _day(value: object) -> date | None:
    """The day; the first of January stands at OpenAlex for a year alone."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
    return None if day and (day.month, day.day) == (1, 1) else day


def _dict(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(item: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = item.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
