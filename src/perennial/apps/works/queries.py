"""Reads works and how they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Case, IntegerField, Max, Q, Value, When

from perennial.apps.works.models import Work, WorkImport, WorkNotice, WorkPractice
from perennial.apps.works.rows import COLUMNS, record_of_row
from perennial.core.literature import Level, Nature, Record, Standing, Told, plain_doi, standing_of
from perennial.core.literature.texts import pmid_of
from perennial.tables.following import following

__all__ = [
    "Marked",
    "Standing",
    "Work",
    "WorkImport",
    "WorkNotice",
    "changed_after",
    "count",
    "entered",
    "joined_with",
    "last_key",
    "marked_of",
    "marks_of",
    "new_notices_after",
    "notices_beyond",
    "practice_slugs_of",
    "record_of",
    "standings_of",
    "tagged_after",
    "told_of",
    "work_by_id",
    "work_of",
    "works_by_ids",
    "works_by_keys",
    "works_of_practice",
    "works_with",
]

AT_ONCE, LAST_KEY = 500, 2**62
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
    """The work with this DOI, however it is written; one query. None where there is none, or the text is no DOI."""
    plain = plain_doi(doi)
    return Work.objects.filter(doi=plain).first() if plain else None


def work_by_id(pk: int) -> Work | None:
    """The work with this key, or the one that it proved to be; one query, and one more for such a one."""
    work = Work.objects.filter(pk=pk).first()
    return Work.objects.get(pk=work.joined_into_id) if work and work.joined_into_id else work


def works_by_keys(pks: Iterable[int]) -> dict[int, Work]:
    """The works with these keys by the key asked for: where one proved to be another, that other. Without those that are not there.

    One query for each five hundred, and one more where some proved to be others.
    """
    asked, found = list(pks), dict[int, Work]()
    for start in range(0, len(asked), AT_ONCE):
        found.update(Work.objects.in_bulk(asked[start : start + AT_ONCE]))
    others = Work.objects.in_bulk({one.joined_into_id for one in found.values() if one.joined_into_id} or ())
    return {pk: others[one.joined_into_id] if one.joined_into_id else one for pk, one in found.items()}


def works_by_ids(pks: Sequence[int]) -> list[Work]:
    """The works with these keys, or those that they proved to be, each once in this order; queries as `works_by_keys`."""
    found = works_by_keys(pks)
    return list({found[pk].pk: found[pk] for pk in pks if pk in found}.values())


def joined_with(work: Work) -> list[Work]:
    """What stood here as works of their own until they proved to be this one, with why and, in `changed_at`, when; one query."""
    return list(Work.objects.filter(joined_into=work).order_by("changed_at", "pk"))


def works_with(*, dois: Iterable[str], pmids: Iterable[str]) -> dict[str, Work]:
    """The works that have one of these DOIs (in small letters) or PMIDs, by that; two queries for each five hundred."""
    found: dict[str, Work] = {}
    for name, values in (("pmid", sorted({one for one in pmids if one})), ("doi", sorted({one for one in dois if one}))):
        for start in range(0, len(values), AT_ONCE):
            rows = Work.objects.filter(**{f"{name}__in": values[start : start + AT_ONCE]})
            found.update({getattr(row, name): row for row in rows})
    return found


def changed_after(moment: datetime | None, pk: int, limit: int) -> list[Work]:
    """Works changed after the moment, or at it with a greater key, in that order: the last one names the next call. One query.

    Without a moment, from the first. `taken_back` works are among them, so that an index can drop them.
    """
    rows = Work.objects.order_by("changed_at", "pk")
    later = rows.filter(following("changed_at", moment, pk)) if moment else rows
    return list(later[:limit])


def count() -> int:
    """How many works are known here; one query."""
    return Work.objects.filter(taken_back=False).count()


def works_of_practice(slugs: Iterable[str], *, order: Literal["newest", "strongest"] = "newest", most: int = 20) -> list[Work]:
    """Works about any of these practices: the newest first, or the strongest design first and of those the newest. One query."""
    about = WorkPractice.objects.filter(practice__slug__in=list(slugs)).values("work_id")
    rows = Work.objects.filter(pk__in=about, taken_back=False)
    if order == "strongest":
        ranks = Case(*(When(level=level, then=Value(level.rank)) for level in Level), default=Value(99), output_field=IntegerField())
        return list(rows.annotate(strength=ranks).order_by("strength", "-year", "-pk")[:most])
    return list(rows.order_by("-year", "-published_on", "-pk")[:most])


def practice_slugs_of(pks: Iterable[int]) -> dict[int, list[str]]:
    """The short names of the practices that works are about, by the work's key, the surest first; one query for each five hundred."""
    asked, found = list(pks), dict[int, list[tuple[int, str]]]()
    sure = [how.value for how in WorkPractice.How]
    for start in range(0, len(asked), AT_ONCE):
        rows = WorkPractice.objects.filter(work_id__in=asked[start : start + AT_ONCE], practice__is_listed=True)
        for pk, slug, how in rows.values_list("work_id", "practice__slug", "how"):
            found.setdefault(pk, []).append((sure.index(how), slug))
    return {pk: [slug for _, slug in sorted(pairs)] for pk, pairs in found.items()}


def last_key() -> int:
    """The greatest key of a work, 0 where there is none: what enters later has a greater one. One query."""
    return Work.objects.aggregate(last=Max("pk"))["last"] or 0


def entered(*, after: int, through: int, from_year: int, slugs: Iterable[str]) -> list[tuple[int, str, str, int | None]]:
    """Works about any of these practices by key, short name, level and year, that entered within these keys and are no older; one query."""
    rows = WorkPractice.objects.filter(work__gt=after, work__lte=through, work__year__gte=from_year, work__taken_back=False)
    rows = rows.filter(practice__slug__in=list(slugs)).order_by("work_id", "pk")
    return list(rows.values_list("work_id", "practice__slug", "work__level", "work__year"))


def tagged_after(pk: int, limit: int) -> list[tuple[int, int]]:
    """What was said of practices after this key, each with the work's key, in order; one query. Taking a tag away alone is not seen."""
    return list(WorkPractice.objects.filter(pk__gt=pk).order_by("pk").values_list("pk", "work_id")[:limit])


def record_of(work: Work) -> Record:
    """The work as a record, to write it as RIS, BibTeX or CSL-JSON or as a line of a list of references."""
    return record_of_row(tuple(getattr(work, name) for name in COLUMNS))


def new_notices_after(moment: datetime, *, pk: int = 0, limit: int = 1000) -> list[WorkNotice]:
    """Notices that were first read after the moment, or at it with a greater key, in that order (`known_at`, `pk`); one query."""
    later = following("known_at", moment, pk)
    return list(WorkNotice.objects.filter(later).order_by("known_at", "pk")[:limit])


def notices_beyond(moment: datetime, key: int, *, after: int, limit: int) -> list[WorkNotice]:
    """Notices that were entered after the one with this key, or became known after the moment, in the order of their keys and of those
    behind the key `after`; one query. An import may enter notices that it knew before others did: their keys tell them.
    """
    beyond = following("known_at", moment, LAST_KEY) | Q(pk__gt=key)
    return list(WorkNotice.objects.filter(beyond, pk__gt=after).order_by("pk")[:limit])


def told_of(work: Work) -> list[Told]:
    """What was told of the work, by its DOI or its PMID, the oldest first; one query."""
    about = Q(doi=work.doi) if work.doi else Q()
    about |= Q(pmid=work.pmid) if work.pmid else Q()
    return [_told(row) for row in WorkNotice.objects.filter(about)] if about else []


def marked_of(work: Work, told: Sequence[Told]) -> Marked | None:
    """How the work stands by what was told of it; None where it stands clear."""
    standing = standing_of(told)
    return Marked(work.doi, standing, told) if standing != Standing.CLEAR else None


def marks_of(works: Sequence[Work]) -> dict[int, Marked]:
    """Those of the works that do not stand clear, by key; told of by DOI or by PMID. One query for each five hundred."""
    told: dict[int, list[Told]] = {}
    for start in range(0, len(works), AT_ONCE):
        some = works[start : start + AT_ONCE]
        dois = {one.doi: one.pk for one in some if one.doi}
        pmids = {one.pmid: one.pk for one in some if one.pmid}
        for row in WorkNotice.objects.filter(Q(doi__in=list(dois)) | Q(pmid__in=list(pmids))):
            for pk in {*filter(None, (dois.get(row.doi), pmids.get(row.pmid)))}:
                told.setdefault(pk, []).append(_told(row))
    found = {one.pk: marked_of(one, told[one.pk]) for one in works if one.pk in told}
    return {pk: marked for pk, marked in found.items() if marked}


def standings_of(numbers: Iterable[str]) -> dict[str, Marked]:
    """Those of the works that do not stand clear, by the number asked for: a DOI, in small letters, or a PMID.

    Told of by either number of a work that is known here; two queries for each five hundred.
    """
    asked = sorted({plain_doi(one) or pmid_of(one) for one in numbers} - {""})
    told: dict[str, list[Told]] = {}
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        of_pmid = {one: one for one in some if one.isdecimal()}
        of_pmid |= dict(Work.objects.filter(doi__in=some).exclude(pmid="").values_list("pmid", "doi"))
        for row in WorkNotice.objects.filter(Q(doi__in=some) | Q(pmid__in=list(of_pmid))):
            for number in {row.doi, of_pmid.get(row.pmid, "")}.intersection(some):
                told.setdefault(number, []).append(_told(row))
    found = {number: Marked("" if number.isdecimal() else number, standing_of(notices), notices) for number, notices in told.items()}
    return {number: marked for number, marked in found.items() if marked.standing != Standing.CLEAR}


def _told(row: WorkNotice) -> Told:
    return Told(row.doi, Nature(row.nature), row.on, row.notice_doi, row.reason, row.source, row.key, row.pmid)
