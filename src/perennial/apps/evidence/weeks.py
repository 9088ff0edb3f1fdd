"""The weeks of digests: each has one window of works and notices, fixed when it begins, so that none is lost or told twice."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from perennial.apps.courses.readership import Version, versions
from perennial.apps.evidence.models import Week
from perennial.apps.works.queries import WorkNotice, entered, last_key, new_notices_after, works_with
from perennial.core.literature import Level
from perennial.core.vocabulary import Vocabulary

YEARS_BACK = 1  # what entered and is older than last year is no news
MANY = 5000


@dataclass(frozen=True, slots=True)
class News:
    """What a week brought: works by practice, how each ranks, notices by DOI, and the versions of courses that it touches."""

    week: Week
    by_practice: dict[str, list[int]]
    ranks: dict[int, tuple[int, int, int]]
    notices: dict[str, list[WorkNotice]]
    versions: list[Version]

    @property
    def from_year(self) -> int:
        """The oldest year that is news."""
        return self.week.begins_on.year - YEARS_BACK

    def about(self, slug: str, words: Vocabulary) -> set[int]:
        """The works about a practice or a part of it."""
        return {pk for one in (slug, *words.narrower.get(slug, ())) for pk in self.by_practice.get(one, ())}


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def week_of(day: date, at: datetime) -> Week:
    """The week of a day with its window, which begins where the one before ended; the first of all begins and ends now."""
    found = Week.objects.filter(begins_on=monday_of(day)).first()
    if found is not None:
        return found
    before, last = Week.objects.first(), last_key()
    window = {
        "after": before.through if before else last,
        "through": last,
        "told_after": before.told_through if before else at,
        "told_through": at,
    }
    week, _ = Week.objects.get_or_create(begins_on=monday_of(day), defaults=window)
    return week


def news_of(week: Week, words: Vocabulary) -> News:
    """What a week brought; six queries at most, however many people there are."""
    rows = entered(after=week.after, through=week.through, from_year=week.begins_on.year - YEARS_BACK, slugs=words.terms)
    by_practice: dict[str, list[int]] = {}
    for pk, slug, _, _ in rows:
        by_practice.setdefault(slug, []).append(pk)
    ranks = {pk: rank_of(pk, level, year) for pk, _, level, year in rows}
    return News(week, by_practice, ranks, _notices(week), versions())


def rank_of(pk: int, level: str, year: int | None) -> tuple[int, int, int]:
    """The place of a work in a digest: reviews and trials first, then the newest."""
    return Level(level).rank, -(year or 0), -pk


def _notices(week: Week) -> dict[str, list[WorkNotice]]:
    """The notices of the window by DOI."""
    found, moment, pk = list[WorkNotice](), week.told_after, 2**62
    while more := new_notices_after(moment, pk=pk, limit=MANY):
        found += [one for one in more if one.known_at <= week.told_through]
        moment, pk = more[-1].known_at, more[-1].pk
        if moment > week.told_through:
            break
    works = works_with(dois=(), pmids={one.pmid for one in found if not one.doi})
    by_doi: dict[str, list[WorkNotice]] = {}
    for one in found:
        doi = one.doi or (works[one.pmid].doi if one.pmid in works else "")
        if doi:
            by_doi.setdefault(doi, []).append(one)
    return by_doi
