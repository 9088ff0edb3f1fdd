"""Whether two records are of one work, and what is kept of both: by DOI, by PMID, by title; never against an identifier.

Where one work is known by a DOI alone and another by a PMID alone, a record that carries both proves them one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from perennial.core.literature.record import Record

# Where facts come from, the one that tells most last: it is believed where two differ.
SOURCES = ("course", "ris", "bibtex", "csl", "library", "crossref", "openalex", "europepmc", "pubmed")
SHORTEST_TITLE, FEWEST_WORDS = 25, 4  # letters and words of a title that can tell a work from others: “Editorial” cannot
LONGER = ("authors", "abstract", "mesh", "keywords")  # of two sources, the one that says more


class Known(NamedTuple):
    """What tells a kept work from others: its key, identifiers, the key of its title, the first author's family name, its source.

    `where` is journal, volume and pages, which must be the same too where a title is too common to tell.
    """

    key: int
    doi: str
    pmid: str
    title_key: str = ""
    family: str = ""
    source: str = ""
    where: str = ""


class Placed(NamedTuple):
    """Where a record belongs: `known` or, where that is None, a work of its own; `because` says why it was joined, or kept apart.

    `without` names the identifier that it must be kept without, because another work holds it: "doi", "pmid" or nothing.
    `goes` is a second work that the record proves to be the same as `known`, which stays: the one that was known first.
    """

    known: Known | None
    because: str = ""
    without: str = ""
    goes: Known | None = None


ALONE = Placed(None)


@dataclass(slots=True)
class Shelf:
    """Known works, by what they can be found by."""

    by_doi: dict[str, Known] = field(default_factory=dict)
    by_pmid: dict[str, Known] = field(default_factory=dict)
    by_title: dict[str, list[Known]] = field(default_factory=dict)
    newer: dict[int, Known] = field(default_factory=dict)  # what is known now of those that changed, by their keys

    def add(self, known: Known) -> None:
        """Put one on the shelf."""
        if known.doi:
            self.by_doi[known.doi] = known
        if known.pmid:
            self.by_pmid[known.pmid] = known
        if known.title_key:
            self.by_title.setdefault(known.title_key, []).append(known)

    def change(self, old: Known, new: Known) -> None:
        """Put one on the shelf in place of what was known of the same work before; it can still be found by its old numbers."""
        if old.title_key:
            self.by_title[old.title_key] = [one for one in self.by_title.get(old.title_key, ()) if one.key != old.key]
        self.newer[old.key] = new
        self.add(new)

    def join(self, stays: Known, goes: Known) -> Known:
        """Take two works for one, which can be found by the numbers and titles of both; what is known of it now."""
        now = stays._replace(doi=stays.doi or goes.doi, pmid=stays.pmid or goes.pmid)
        self.change(goes, goes._replace(key=now.key, doi=now.doi, pmid=now.pmid))
        self.change(stays, now)
        return now

    def place(self, asked: Known) -> Placed:
        """Where a record belongs that is described by `asked`."""
        same_doi = self._now(self.by_doi.get(asked.doi)) if asked.doi else None
        same_pmid = self._now(self.by_pmid.get(asked.pmid)) if asked.pmid else None
        if same_pmid is not None and (same_doi is None or same_doi.key == same_pmid.key):
            return _by_pmid(asked, same_pmid)
        if same_doi is not None:
            return _by_doi(asked, same_doi, same_pmid)
        others = self.by_title.get(asked.title_key) if asked.title_key else None
        if others is None:
            return ALONE
        telling = bool(asked.family) and tells(asked.title_key)
        for other in others:
            if other.family == asked.family and not _differ(asked, other):
                if telling:
                    return Placed(other, "joined because title, year and first author are the same, and no identifier differs")
                if other.where == asked.where and other.source == asked.source and not (asked.doi or asked.pmid):
                    return Placed(other, "joined because the same source told the same title, author, place and year before")
        return ALONE

    def _now(self, known: Known | None) -> Known | None:
        while known is not None and (newer := self.newer.get(known.key, known)) is not known:
            known = newer
        return known


def tells(title_key: str) -> bool:
    """Whether a title, with its year, can tell a work from others."""
    title, _, year = title_key.rpartition("|")
    return bool(year) and len(title) >= SHORTEST_TITLE and title.count(" ") + 1 >= FEWEST_WORDS


def merge(old: Record, new: Record) -> Record:
    """One record of two of the same work: what is empty is filled, and nothing richer is overwritten by what is poorer.

    Of the same source the newer holds. Of two sources the one that tells more (`SOURCES`) holds, except that longer lists and abstracts
    are kept, and publication types are of both.
    """
    first, second = (new, old) if rank(new.source) >= rank(old.source) else (old, new)
    values: dict[str, Any] = {}
    for name in Record.__slots__:
        held, other = getattr(first, name), getattr(second, name)
        if name in LONGER and old.source != new.source:
            values[name] = max((held, other), key=len)
        elif name == "kinds" and old.source != new.source:
            values[name] = tuple(dict.fromkeys((*held, *other)))
        else:
            values[name] = held or other
    return replace(first, **values)


def rank(source: str) -> int:
    """How much a source tells, from 0."""
    return SOURCES.index(source) if source in SOURCES else 0


def shelf_of(known: Iterable[Known]) -> Shelf:
    """A shelf with these on it."""
    shelf = Shelf()
    for one in known:
        shelf.add(one)
    return shelf


def _by_pmid(asked: Known, known: Known) -> Placed:
    if asked.doi and known.doi and asked.doi != known.doi and asked.source != known.source:
        because = f"kept apart: PMID {asked.pmid} stands here with DOI {known.doi}, and this record says {asked.doi}"
        return Placed(None, because, "pmid")
    return Placed(known, f"joined because both carry PMID {asked.pmid}")


def _by_doi(asked: Known, known: Known, same_pmid: Known | None) -> Placed:
    if asked.pmid and known.pmid and asked.pmid != known.pmid:
        if same_pmid is not None:
            return Placed(same_pmid, f"joined because both carry PMID {asked.pmid}; DOI {asked.doi} stands at another work here", "doi")
        return Placed(None, f"kept apart: DOI {asked.doi} stands here with PMID {known.pmid}, and this record says {asked.pmid}", "doi")
    if same_pmid is not None and not same_pmid.doi:
        stays, goes = sorted((known, same_pmid), key=lambda one: (one.key < 0, abs(one.key)))
        return Placed(stays, f"joined because one record carries both DOI {asked.doi} and PMID {asked.pmid}", goes=goes)
    if same_pmid is not None:
        return Placed(known, f"joined because both carry DOI {asked.doi}; PMID {asked.pmid} stands at another work here", "pmid")
    return Placed(known, f"joined because both carry DOI {asked.doi}")


def _differ(one: Known, other: Known) -> bool:
    return bool((one.doi and other.doi and one.doi != other.doi) or (one.pmid and other.pmid and one.pmid != other.pmid))
