"""The services that works can be fetched from, page by page: how each is asked, and how its answer is read."""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from perennial.apps.works.asking import Unanswered
from perennial.apps.works.reaching import Asked, Pace, answer_to
from perennial.core.literature import Record, europe_pmc, openalex, read_message
from perennial.core.literature.pubmed_file import read_pubmed
from perennial.core.values import Problem

PAGE = 200
MOST_OF_PUBMED = 9_999  # ESearch hands out no more of one question
PACES = {"PubMed": Pace(0.35), "Europe PMC": Pace(0.2), "OpenAlex": Pace(0.15), "Crossref": Pace(0.2)}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an answer: its records, the mark by which the next is asked for ("" at the last), how many there are in all, and faults."""

    records: list[Record]
    cursor: str
    total: int
    problems: list[Problem]


def ask_pubmed(question: str, cursor: str) -> Page:
    """A page of PubMed: ESearch names the articles, EFetch hands them out. The mark is the number of the next."""
    start = int(cursor or 0)
    pace = PACES["PubMed"]
    pace.least = 0.11 if settings.NCBI_KEY else 0.35
    about = {"db": "pubmed", "tool": "perennial", **_given(email=settings.CONTACT, api_key=settings.NCBI_KEY)}
    search: dict[str, str | int] = {**about, "term": question, "retmode": "json", "retstart": start, "retmax": PAGE}
    found = _dict(_json(Asked("PubMed", f"{settings.EUTILS}/esearch.fcgi", search, pace)), "esearchresult")
    if not isinstance(found.get("idlist"), list):
        raise Unanswered(f"PubMed did not take the question ({str(found.get('ERROR', 'no list of articles'))[:120]}). Word it otherwise.")
    pmids = [pmid for pmid in found["idlist"] if isinstance(pmid, str) and pmid.isdecimal()]
    total = _whole(found.get("count"))
    following = start + len(pmids)
    more = pmids and following < min(total, MOST_OF_PUBMED)
    records, problems = _fetched(pmids, about, pace) if pmids else ([], [])
    return Page(records, str(following) if more else "", total, problems)


def _fetched(pmids: list[str], about: Mapping[str, str], pace: Pace) -> tuple[list[Record], list[Problem]]:
    fetch = {**about, "id": ",".join(pmids), "retmode": "xml"}
    read = list(read_pubmed(io.BytesIO(answer_to(Asked("PubMed", f"{settings.EUTILS}/efetch.fcgi", fetch, pace)))))
    problems = [one for one in read if isinstance(one, Problem)]
    if problems:
        raise Unanswered(f"PubMed's answer was not whole ({problems[0].what}). Try again later.")
    return [one for one in read if isinstance(one, Record)], []


def ask_europe_pmc(question: str, cursor: str) -> Page:
    """A page of Europe PMC's search, by its cursorMark."""
    params: dict[str, str | int] = {
        "query": question,
        "format": "json",
        "resultType": "core",
        "pageSize": PAGE,
        "cursorMark": cursor or "*",
    }
    page = _json(Asked("Europe PMC", f"{settings.EUROPE_PMC}/search", {**params, **_given(email=settings.CONTACT)}, PACES["Europe PMC"]))
    if not isinstance(_dict(page, "resultList").get("result"), list):
        raise Unanswered(
            f"Europe PMC did not take the question ({str(page.get('errMsg', 'no list of results'))[:120]}). Word it otherwise."
        )
    found = europe_pmc.results_of(page, "answer")
    following = europe_pmc.next_cursor(page)
    return _page(found, following if found and following != (cursor or "*") else "", _whole(page.get("hitCount")))


def ask_openalex(question: str, cursor: str) -> Page:
    """A page of OpenAlex's works that its search finds, by its cursor."""
    params: dict[str, str | int] = {"search": question, "per-page": PAGE, "cursor": cursor or "*"}
    given = _given(mailto=settings.CONTACT, api_key=settings.OPENALEX_KEY)
    page = _json(Asked("OpenAlex", f"{settings.OPENALEX}/works", {**params, **given}, PACES["OpenAlex"]))
    if not isinstance(page.get("results"), list):
        raise Unanswered(f"OpenAlex did not take the question ({str(page.get('message', 'no list of works'))[:120]}). Word it otherwise.")
    found = openalex.works_of(page, "answer")
    return _page(found, openalex.next_cursor(page) if found else "", _whole(_dict(page, "meta").get("count")))


def ask_crossref_for(question: str, cursor: str) -> Page:
    """A page of Crossref's works whose references fit, by its cursor."""
    params: dict[str, str | int] = {
        "query.bibliographic": question,
        "rows": PAGE,
        "cursor": cursor or "*",
        **_given(mailto=settings.CONTACT),
    }
    message = _dict(_json(Asked("Crossref", f"{settings.CROSSREF}/works", params, PACES["Crossref"])), "message")
    if not isinstance(message.get("items"), list):
        raise Unanswered("Crossref did not take the question (no list of works). Word it otherwise.")
    found: list[Record | Problem] = []
    for number, item in enumerate(message["items"], 1):
        try:
            found.append(read_message({"message": item}))
        except ValueError as fault:
            found.append(Problem(f"item {number}", str(fault), "Nothing is to be done."))
    following = message.get("next-cursor")
    return _page(found, following if found and isinstance(following, str) else "", _whole(message.get("total-results")))


SOURCES: Mapping[str, Callable[[str, str], Page]] = {
    "pubmed": ask_pubmed,
    "europepmc": ask_europe_pmc,
    "openalex": ask_openalex,
    "crossref": ask_crossref_for,
}


def _page(found: Iterable[Record | Problem], cursor: str, total: int) -> Page:
    both = list(found)
    return Page([one for one in both if isinstance(one, Record)], cursor, total, [one for one in both if isinstance(one, Problem)])


def _json(asked: Asked) -> dict[str, Any]:
    body = answer_to(asked)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise Unanswered(f"{asked.service}'s answer was not whole. Try again later.") from fault
    if not isinstance(value, dict):
        raise Unanswered(f"{asked.service}'s answer was not of its form. Try again later.")
    return value


def _dict(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    held = value.get(name)
    return held if isinstance(held, dict) else {}


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0


def _given(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
