"""Reads works and how they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perennial.apps.works.models import Work, WorkNotice
from perennial.core.literature import Nature, Standing, Told, plain_doi, standing_of

__all__ = ["Marked", "Standing", "Work", "WorkNotice", "notices_of", "standings_of", "work_of"]

AT_ONCE = 500
WORDS = {Standing.RETRACTED: "Retracted", Standing.DOUBTED: "Doubted by its publisher", Standing.CORRECTED: "Corrected"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A work that does not stand clear: how it stands, and the notices that say so, the newest last."""

    doi: str
    standing: Standing
    told: Sequence[Told]

    @property
    def words(self) -> str:
        """How it stands, for people."""
        return WORDS[self.standing]

    @property
    def last(self) -> Told:
        """The newest notice of the nature by which it stands."""
        natures = {Standing.RETRACTED: Nature.RETRACTION, Standing.DOUBTED: Nature.CONCERN, Standing.CORRECTED: Nature.CORRECTION}
        return next(one for one in reversed(self.told) if one.nature == natures[self.standing])


def work_of(doi: str) -> Work | None:
    """The work with this DOI, however it is written; one query."""
    return Work.objects.filter(doi=plain_doi(doi)).first()


def notices_of(doi: str) -> list[Told]:
    """What was told of the work, the oldest first; one query."""
    return [_told(row) for row in WorkNotice.objects.filter(doi=plain_doi(doi))]


def standings_of(dois: Iterable[str]) -> dict[str, Marked]:
    """Those of the works that do not stand clear, by DOI in small letters; one query for each five hundred."""
    plain = sorted({doi for doi in map(plain_doi, dois) if doi})
    told: dict[str, list[Told]] = {}
    for start in range(0, len(plain), AT_ONCE):
        for row in WorkNotice.objects.filter(doi__in=plain[start : start + AT_ONCE]):
            told.setdefault(row.doi, []).append(_told(row))
    found = {doi: Marked(doi, standing_of(notices), notices) for doi, notices in told.items()}
    return {doi: marked for doi, marked in found.items() if marked.standing != Standing.CLEAR}


def _told(row: WorkNotice) -> Told:
    return Told(row.doi, Nature(row.nature), row.on, row.notice_doi, row.reason, row.source, row.key)
