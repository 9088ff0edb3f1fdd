"""Works as rows of lists: with their design, how they stand, what they are about, and why they are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import Resolver404, resolve

from perennial.apps.practices.queries import practices_named
from perennial.apps.works.queries import Marked, Work, marks_of, practice_slugs_of
from perennial.core.literature import Level

BARS = {
    Level.SYSTEMATIC_REVIEW: 4,
    Level.RANDOMIZED_TRIAL: 3,
    Level.CONTROLLED_STUDY: 2,
    Level.COHORT: 2,
    Level.CASE_CONTROL: 2,
    Level.CROSS_SECTIONAL: 1,
    Level.CASE_SERIES: 1,
    Level.QUALITATIVE: 1,
}
MOST_AUTHORS, MOST_PRACTICES = 3, 4


@dataclass(frozen=True, slots=True)
class Do:
    """Something to do with a work."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A work for a list. `bars` is how strong its design can be, from 4; 0 where bars would say nothing. `new`: since the last look."""

    work: Work
    level: Level
    marked: Marked | None
    practices: Sequence[tuple[str, str]]
    reasons: Sequence[str]
    new: bool = False

    @property
    def title(self) -> str:
        """What it is called; the words of a reference where only that is known."""
        return self.work.title or self.work.citation

    @property
    def bars(self) -> int:
        """See above."""
        return BARS.get(self.level, 0)

    @property
    def authors(self) -> str:
        """The first authors, and that there are more."""
        first = "; ".join(str(one) for one in self.work.authors[:MOST_AUTHORS])
        return f"{first}; and others" if len(self.work.authors) > MOST_AUTHORS else first

    @property
    def known_design(self) -> bool:
        """Whether its design is known."""
        return self.level is not Level.UNKNOWN


def rows_of(works: Sequence[Work], reasons: Mapping[int, Sequence[str]], *, new_after: int | None = None) -> list[Row]:
    """These works as rows in their order; three queries."""
    slugs = practice_slugs_of([one.pk for one in works])
    names = practices_named({slug for found in slugs.values() for slug in found})
    marks = marks_of(works)
    return [
        Row(
            work=one,
            level=Level(one.level),
            marked=marks.get(one.pk),
            practices=[(slug, names[slug].name) for slug in slugs.get(one.pk, ()) if slug in names][:MOST_PRACTICES],
            reasons=reasons.get(one.pk, ()),
            new=new_after is not None and one.pk > new_after,
        )
        for one in works
    ]


def doing(pk: int) -> list[Do]:
    """What other areas do with a work, as far as they are there."""
    offered = (("Appraise", "/appraisals/new/"), ("Journal club", "/clubs/hold/"), ("Keep", "/my-library/add/"))
    return [Do(words, f"{path}?work={pk}") for words, path in offered if exists(path)]


def exists(path: str) -> bool:
    """Whether this site has the address."""
    try:
        return bool(resolve(path))
    except Resolver404:
        return False
