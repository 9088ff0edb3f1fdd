"""The design of a work from its publication types, MeSH terms, title and abstract: see docs/algorithms/evidence-level.md.

The steps are asked in the order of `STEPS`; the first that tells decides, and says why.
"""

from collections.abc import Callable, Iterable, Mapping

from perennial.core.literature.designs import TITLE, Line, likely
from perennial.core.literature.level import Graded, Level
from perennial.core.literature.record import Record

# Publication types that name a design, in small letters, as PubMed, Europe PMC and OpenAlex write them: the first that fits decides.
SURE_TYPES: Mapping[str, Level] = {
    "clinical trial protocol": Level.PROTOCOL,
    "comment": Level.OPINION,
    "editorial": Level.OPINION,
    "news": Level.OPINION,
    "practice guideline": Level.GUIDELINE,
    "guideline": Level.GUIDELINE,
    "network meta-analysis": Level.SYSTEMATIC_REVIEW,
    "meta-analysis": Level.SYSTEMATIC_REVIEW,
    "systematic review": Level.SYSTEMATIC_REVIEW,
    "systematic-review": Level.SYSTEMATIC_REVIEW,
    "scoping review": Level.NARRATIVE,
    "randomized controlled trial": Level.RANDOMIZED_TRIAL,
    "pragmatic clinical trial": Level.RANDOMIZED_TRIAL,
    "equivalence trial": Level.RANDOMIZED_TRIAL,
    "case reports": Level.CASE_SERIES,
    "case-report": Level.CASE_SERIES,
    "consensus development conference": Level.GUIDELINE,
}
# Those that say something only where neither title nor abstract does.
LOOSE_TYPES: Mapping[str, Level] = {
    "controlled clinical trial": Level.CONTROLLED_STUDY,
    "letter": Level.OPINION,
    "interview": Level.OPINION,
    "biography": Level.OPINION,
    "review": Level.NARRATIVE,
    "review-article": Level.NARRATIVE,
    "book": Level.NARRATIVE,
    "monograph": Level.NARRATIVE,
    "edited-book": Level.NARRATIVE,
    "reference-book": Level.NARRATIVE,
    "book-chapter": Level.NARRATIVE,
    "chapter": Level.NARRATIVE,
}
HEADINGS: Mapping[str, Level] = {
    "case-control studies": Level.CASE_CONTROL,
    "cohort studies": Level.COHORT,
    "longitudinal studies": Level.COHORT,
    "prospective studies": Level.COHORT,
    "retrospective studies": Level.COHORT,
    "follow-up studies": Level.COHORT,
    "cross-sectional studies": Level.CROSS_SECTIONAL,
    "health surveys": Level.CROSS_SECTIONAL,
    "surveys and questionnaires": Level.CROSS_SECTIONAL,
    "psychometrics": Level.CROSS_SECTIONAL,
    "qualitative research": Level.QUALITATIVE,
    "focus groups": Level.QUALITATIVE,
    "grounded theory": Level.QUALITATIVE,
}

COCHRANE = "cochrane database"
UNTOLD = Graded(Level.UNKNOWN, "neither its type nor its headings, title or abstract tell its design")


def grade(record: Record) -> Graded:
    """The design of the work, with the reason; `Level.UNKNOWN` where nothing tells it."""
    for step in STEPS:
        graded = step(record)
        if graded:
            return graded
    return UNTOLD


def _plan(record: Record) -> Graded | None:
    return _searched(TITLE[:1], record.title, "title")


def _sure_type(record: Record) -> Graded | None:
    return _typed(record.kinds, SURE_TYPES)


def _animals(record: Record) -> Graded | None:
    if "Animals" in record.mesh and "Humans" not in record.mesh:
        return Graded(Level.LABORATORY, "its MeSH headings name animals and no humans")
    return None


def _subtitle(record: Record) -> Graded | None:
    """The last part of a title, where authors most often name the design: “…: a systematic review”."""
    _, sign, last = record.title.rpartition(": ")
    return _searched(TITLE, last, "title") if sign else None


def _title(record: Record) -> Graded | None:
    return _searched(TITLE, record.title, "title")


def _container(record: Record) -> Graded | None:
    told = record.container.casefold().startswith(COCHRANE)
    return Graded(Level.SYSTEMATIC_REVIEW, "it stands in the Cochrane Database of Systematic Reviews") if told else None


def _abstract(record: Record) -> Graded | None:
    return _searched(likely(record.abstract.lower()), record.abstract, "abstract") if record.abstract else None


def _heading(record: Record) -> Graded | None:
    found = [(HEADINGS[word], name) for name in record.mesh if (word := name.casefold()) in HEADINGS]
    level, name = min(found, key=lambda one: one[0].rank) if found else (None, "")
    return Graded(level, f"its MeSH headings name {name}") if level else None


def _loose_type(record: Record) -> Graded | None:
    return _typed(record.kinds, LOOSE_TYPES)


STEPS: tuple[Callable[[Record], Graded | None], ...] = (
    _plan,
    _sure_type,
    _animals,
    _container,
    _subtitle,
    _title,
    _abstract,
    _heading,
    _loose_type,
)


def _typed(kinds: Iterable[str], types: Mapping[str, Level]) -> Graded | None:
    held = {kind.casefold(): kind for kind in kinds}
    for name, level in types.items():
        if name in held:
            return Graded(level, f"its publication type is {held[name]}")
    return None


def _searched(lines: Iterable[Line], text: str, name: str) -> Graded | None:
    lowered = text.lower()
    for line in lines:
        found = line.search(text, lowered)
        if found:
            return Graded(Level(found[0]), f"its {name} says “{found[1]}”")
    return None
