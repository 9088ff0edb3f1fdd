"""Who took which versions of courses, and what those cite and teach; for areas that have something to tell them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from perennial.apps.courses.models import Course, Enrolment
from perennial.core.literature import plain_doi

AT_ONCE = 500
_cited: dict[tuple[int, str], frozenset[str]] = {}  # by key and digest of a version, which never changes


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was published: what it teaches, and the DOIs that it cites, in small letters."""

    pk: int
    slug: str
    title: str
    provider: str
    is_current: bool
    practices: tuple[str, ...]
    dois: frozenset[str]


@dataclass(frozen=True, slots=True)
class Taker:
    """That a person took a version, and since when."""

    person: int
    version: int
    since: datetime


def versions() -> list[Version]:
    """Every version there ever was; one query, and one for each five hundred that this process has not seen yet."""
    rows = list(Course.objects.values_list("pk", "digest", "slug", "title", "provider", "is_current", "practices"))
    _read([(row[0], row[1]) for row in rows if (row[0], row[1]) not in _cited])
    return [
        Version(pk, slug, title, provider, current, tuple(practices), _cited[pk, digest])
        for pk, digest, slug, title, provider, current, practices in rows
    ]


def citing(dois: Collection[str]) -> list[Version]:
    """The versions that cite any of these works."""
    wanted = set(dois)
    return [one for one in versions() if one.dois & wanted] if wanted else []


def takers_of(pks: Iterable[int]) -> list[Taker]:
    """Everyone who began one of these versions and may sign in; one query for each five hundred."""
    asked, found = sorted(set(pks)), list[Taker]()
    for start in range(0, len(asked), AT_ONCE):
        rows = Enrolment.objects.filter(course_id__in=asked[start : start + AT_ONCE], person__is_active=True)
        found += [Taker(*row) for row in rows.order_by("person_id", "pk").values_list("person_id", "course_id", "started_at")]
    return found


def _read(unknown: list[tuple[int, str]]) -> None:
    for start in range(0, len(unknown), AT_ONCE):
        some = dict(unknown[start : start + AT_ONCE])
        for pk, references in Course.objects.filter(pk__in=list(some)).values_list("pk", "data__references"):
            _cited[pk, some[pk]] = frozenset(filter(None, (plain_doi(one.get("doi", "")) for one in references or ())))
