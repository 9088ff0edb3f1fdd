"""Reads the map of practice, its vocabulary, and who follows what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from threading import Lock
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.practices.models import Follow, Practice
from perennial.core.vocabulary import Kind, Term, Vocabulary

__all__ = [
    "Follow",
    "Practice",
    "all_practices",
    "export_of",
    "followed_by",
    "followers_of",
    "follows",
    "practice_of",
    "practices_named",
    "vocabulary",
]

_lock = Lock()
_kept: list[tuple[frozenset[str], Vocabulary]] = []  # the newest vocabulary of this process, with the mark of the tables it was made from


def all_practices() -> list[Practice]:
    """Every practice that is in the library now, by name; one query."""
    return list(Practice.objects.filter(is_listed=True))


def practice_of(slug: str) -> Practice | None:
    """The practice of this short name that is in the library now, if there is one."""
    return Practice.objects.filter(slug=slug, is_listed=True).first()


def practices_named(slugs: Collection[str]) -> dict[str, Practice]:
    """The practices of these short names, by short name and in the order asked; unknown ones are left out. One query."""
    found = {one.slug: one for one in Practice.objects.filter(slug__in=list(slugs), is_listed=True)}
    return {slug: found[slug] for slug in slugs if slug in found}


def followed_by(person: Person) -> list[Practice]:
    """What a person follows, by name; nothing that has left the library. One query."""
    return list(Practice.objects.filter(follows__person=person, is_listed=True))


def follows(person: Person, practice: Practice) -> bool:
    """Whether a person follows a practice; one query."""
    return Follow.objects.filter(person=person, practice=practice).exists()


def followers_of(slugs: Iterable[str]) -> dict[int, set[str]]:
    """Who follows any of these: the short names by the key of each person. One query. For what is a part of these, add `narrower`."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Follow.objects.filter(practice__slug__in=list(slugs), practice__is_listed=True).values_list("person_id", "practice__slug")
    for person, slug in rows:
        found[person].add(slug)
    return dict(found)


def vocabulary() -> Vocabulary:
    """What every practice is called, kept in this process until a practice changes. One query for the mark, and one more after a change."""
    listed = Practice.objects.filter(is_listed=True)
    mark = frozenset(listed.order_by().values_list("digest", flat=True))
    with _lock:
        if not _kept or _kept[0][0] != mark:
            _kept[:] = [(mark, Vocabulary.of(map(_term, listed)))]
        return _kept[0][1]


def _term(one: Practice) -> Term:
    return Term(
        one.slug,
        one.name,
        Kind(one.kind),
        tuple(one.synonyms),
        tuple(one.abbreviations),
        tuple(one.mesh),
        tuple(one.broader),
        tuple(one.related),
    )


def export_of(person: Person) -> dict[str, Sequence[dict[str, Any]]]:
    """What a person follows, with the moment since when."""
    rows = Follow.objects.filter(person=person).select_related("practice")
    return {"practices_followed": [{"practice": row.practice.slug, "name": row.practice.name, "since": row.at.isoformat()} for row in rows]}
