"""What the page of a practice shows of the evidence: works, and effects pooled from trials.

The one place that the page asks. An area below the portal that has something to show for a practice is called from here; an empty list
shows nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from perennial.apps.trials.queries import pooled_for
from perennial.apps.works.queries import Marked, Work, works_of_practice

MOST_WORKS = 5


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A work for the page: its citation, where it is read, its design in words with the reason, and how it stands where not clear."""

    doi: str
    citation: str
    address: str
    design: str
    because: str
    summary: str
    marked: Marked | None


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A pooled effect for the page: one plain sentence, what it cannot say, and the address that reproduces it."""

    says: str
    limits: str
    address: str


def newest_works(slugs: Collection[str]) -> list[Work]:
    """The newest works about any of these practices; one query."""
    return works_of_practice(slugs, order="newest", most=MOST_WORKS)


def strongest_works(slugs: Collection[str]) -> list[Work]:
    """The works of the strongest design about any of these practices; one query."""
    return works_of_practice(slugs, order="strongest", most=MOST_WORKS)


def effects_of(slug: str) -> Sequence[EffectLine]:
    """The pooled effects for a practice, of the site's trial databases; one query."""
    lines = pooled_for([slug])
    return [EffectLine(one.says, one.limits, f"{reverse('trials:dataset', args=[one.dataset.slug])}?{one.query}") for one in lines]


def lines_of(works: Collection[Work], marks: Mapping[str, Marked]) -> list[WorkLine]:
    """Works made ready for the page; `marks` are those that do not stand clear, by DOI, or PMID where there is none."""
    return [
        WorkLine(
            doi=work.doi,
            citation=work.citation,
            address=work.free_url or (f"https://doi.org/{work.doi}" if work.doi else ""),
            design=work.get_level_display() if work.level != Work.Level.UNKNOWN else "",
            because=work.level_because,
            summary=work.summary,
            marked=marks.get(work.doi or work.pmid),
        )
        for work in works
    ]
