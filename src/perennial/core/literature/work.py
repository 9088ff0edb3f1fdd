"""A published work, what was told of it later, and how it stands by that."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DOI = re.compile(r"10\.\d{4,9}/\S{1,240}")
PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
MOST_NAMED = 20  # authors in a citation, before the last


class Nature(StrEnum):
    """What a notice says of a work."""

    RETRACTION = "retraction"
    CONCERN = "concern"
    CORRECTION = "correction"
    REINSTATEMENT = "reinstatement"


class Standing(StrEnum):
    """How a work stands by its notices; the gravest that holds."""

    CLEAR = "clear"
    CORRECTED = "corrected"
    DOUBTED = "doubted"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Told:
    """One notice about the work `doi`. `key` names it at its source; `notice_doi` is that of the notice, or empty."""

    doi: str
    nature: Nature
    on: date | None
    notice_doi: str = ""
    reason: str = ""
    source: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """A work as a service tells of it: authors as "Family, G.", the year or none, journal or book, the service's word for its kind."""

    doi: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    container: str
    kind: str
    volume: str = ""
    pages: str = ""
    told: tuple[Told, ...] = ()

    @property
    def citation(self) -> str:
        """The work as a line of a list of references, without its DOI."""
        authors = self.authors if len(self.authors) <= MOST_NAMED else (*self.authors[: MOST_NAMED - 1], "…", self.authors[-1])
        who = authors[0] if len(authors) == 1 else f"{', '.join(authors[:-1])}, & {authors[-1]}" if authors else ""
        year = f"({self.year})." if self.year else "(no year)."
        title = f"{self.title.rstrip('.')}." if self.title else ""
        where = ", ".join(part for part in (self.container, self.volume, self.pages) if part)
        return " ".join(part for part in (who, year, title, f"{where}." if where else "") if part)


def bare_doi(text: str) -> str:
    """The text without what may stand before a DOI: an address or "doi:"."""
    return PREFIX.sub("", text.strip())


def plain_doi(text: str) -> str:
    """The DOI in `text`, in small letters and without what stands before it; empty where there is none."""
    doi = bare_doi(text).casefold()
    return doi if DOI.fullmatch(doi) else ""


def standing_of(told: Iterable[Told]) -> Standing:
    """How a work stands: what was told before a reinstatement no longer holds. Notices with no day count as told first."""
    standing = Standing.CLEAR
    grave = {Nature.RETRACTION: Standing.RETRACTED, Nature.CONCERN: Standing.DOUBTED, Nature.CORRECTION: Standing.CORRECTED}
    order = list(Standing)
    natures = list(Nature)
    for one in sorted(told, key=lambda each: (each.on or date.min, natures.index(each.nature))):
        later = grave.get(one.nature)
        standing = max(standing, later, key=order.index) if later else Standing.CLEAR
    return standing
