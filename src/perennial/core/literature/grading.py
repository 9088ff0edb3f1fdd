"""The design of a work from its publication types, its MeSH terms and its title and abstract: see docs/algorithms/evidence-level.md."""

import re
from collections.abc import Iterable

from perennial.core.literature.level import Graded, Level
from perennial.core.literature.record import Record

# Publication types that name a design, in small letters, as PubMed, Europe PMC and Crossref write them.
TYPES = {
    "meta-analysis": Level.SYSTEMATIC_REVIEW,
    "systematic review": Level.SYSTEMATIC_REVIEW,
    "network meta-analysis": Level.SYSTEMATIC_REVIEW,
    "clinical trial protocol": Level.PROTOCOL,
    "randomized controlled trial": Level.RANDOMIZED_TRIAL,
    "pragmatic clinical trial": Level.RANDOMIZED_TRIAL,
    "equivalence trial": Level.RANDOMIZED_TRIAL,
    "controlled clinical trial": Level.CONTROLLED_STUDY,
    "practice guideline": Level.GUIDELINE,
    "guideline": Level.GUIDELINE,
    "consensus development conference": Level.GUIDELINE,
    "case reports": Level.CASE_SERIES,
    "case-report": Level.CASE_SERIES,
    "editorial": Level.OPINION,
    "letter": Level.OPINION,
    "comment": Level.OPINION,
    "news": Level.OPINION,
    "interview": Level.OPINION,
    "biography": Level.OPINION,
    "review": Level.NARRATIVE,
    "scoping review": Level.NARRATIVE,
    "review-article": Level.NARRATIVE,
    "book": Level.NARRATIVE,
    "monograph": Level.NARRATIVE,
    "book-chapter": Level.NARRATIVE,
}
TITLE = re.compile(r"(?P<systematic_review>systematic review|meta-?analys[ei]s)|(?P<randomized_trial>randomi[sz]ed)", re.IGNORECASE)


def grade(record: Record) -> Graded:
    """The design of the work, with the reason; `Level.UNKNOWN` where nothing tells it."""
    return _by_type(record.kinds) or _by_title(record.title) or Graded(Level.UNKNOWN, "neither its type nor its title tells its design")


def _by_type(kinds: Iterable[str]) -> Graded | None:
    found = [(TYPES[word], kind) for kind in kinds if (word := kind.casefold()) in TYPES]
    if not found:
        return None
    level, kind = min(found, key=lambda each: each[0].rank)
    return Graded(level, f"its publication type is {kind}")


def _by_title(title: str) -> Graded | None:
    found = TITLE.search(title)
    return Graded(Level(found.lastgroup), f"its title says “{found[0]}”") if found and found.lastgroup else None
