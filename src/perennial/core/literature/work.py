"""What was told of a published work later, and how it stands by that."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DOI = re.compile(r"10\.\d{4,9}/\S{1,240}")
LONGEST_DOI = 250
PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)


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
    """One notice about the work `doi`, or the work `pmid` where it has no DOI. `key` names it at its source.

    `notice_doi` is that of the notice, or empty.
    """

    doi: str
    nature: Nature
    on: date | None
    notice_doi: str = ""
    reason: str = ""
    source: str = ""
    key: str = ""
    pmid: str = ""


def bare_doi(text: str) -> str:
    """The text without what may stand before a DOI: an address or "doi:"."""
    return PREFIX.sub("", text.strip())


def plain_doi(text: str) -> str:
    """The DOI in `text`, in small letters and without what stands before it; empty where there is none, or one too long to be kept."""
    doi = bare_doi(text).casefold()
    return doi if DOI.fullmatch(doi) and len(doi) <= LONGEST_DOI and doi.isprintable() else ""


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
