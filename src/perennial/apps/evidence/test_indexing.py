"""That the index follows the tables: works, what is said of their practices, and notices; and outlives what goes wrong."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from perennial.apps.evidence import indexing
from perennial.apps.evidence.indexing import follow, opened, rebuild
from perennial.apps.practices.builders import make_practice
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.queries import Work
from perennial.apps.works.services import say_practices
from perennial.core.search import Asked, Group

pytestmark = pytest.mark.django_db


def found(text: str = "", **filters: object) -> list[int]:
    """The keys of the works that the index finds."""
    index = opened()
    assert index is not None
    groups = tuple(Group(word) for word in text.split())
    return [hit.id for hit in index.search(Asked(text, groups, **filters)).hits]  # type: ignore[arg-type]  # filters by name


def test_a_new_work_a_changed_one_and_one_that_is_taken_back() -> None:
    work = make_work(title="Exposure for fear of dogs")
    assert (follow(at=timezone.now()), found("dogs")) == (1, [work.pk])
    assert follow(at=timezone.now()) == 0
    later = timezone.now() + timedelta(seconds=1)
    Work.objects.filter(pk=work.pk).update(title="Exposure for fear of cats", changed_at=later)
    follow(at=later)
    assert (found("dogs"), found("cats")) == ([], [work.pk])
    Work.objects.filter(pk=work.pk).update(taken_back=True, changed_at=later + timedelta(seconds=1))
    follow(at=later)
    assert found("cats") == []


def test_what_is_said_later_of_practices_and_by_notices_is_taken_in() -> None:
    work, practice = make_work(), make_practice()
    follow(at=timezone.now())
    assert found(practices=frozenset({practice.slug})) == []
    say_practices(work=work, slugs=[practice.slug], how="person")
    make_notice(work=work)
    follow(at=timezone.now())
    assert found(practices=frozenset({practice.slug})) == [work.pk]
    assert found(standing_only=True) == []


def test_making_it_anew_gives_the_same_and_goes_on_from_there() -> None:
    work, gone = make_work(), make_work(taken_back=True)
    lines: list[str] = []
    assert rebuild(report=lines.append) == 1
    assert (found(), lines) == ([work.pk], ["2 works"])
    assert gone.pk not in found()
    assert follow(at=timezone.now()) == 0


def test_an_index_that_cannot_be_opened_is_made_anew() -> None:
    work = make_work()
    follow(at=timezone.now())
    (meta,) = Path(settings.SEARCH).glob("*/meta.json")
    meta.write_text("{", encoding="utf-8")
    indexing._open.clear()
    assert opened() is None
    assert follow(at=timezone.now()) == 1
    assert found() == [work.pk]


def test_a_work_without_doi_is_marked_by_its_pmid() -> None:
    work = make_work(doi="")
    make_notice(work=work)
    follow(at=timezone.now())
    assert found(standing_only=True) == []


def test_an_index_that_is_torn_while_it_is_open_is_made_anew_in_the_next_round() -> None:
    work = make_work(title="Exposure for fear of dogs")
    follow(at=timezone.now())
    index = opened()
    assert index is not None
    assert found("dogs") == [work.pk]
    (index.folder / "meta.json").write_text("{torn")
    assert found("dogs") == [work.pk]
    new = make_work(title="Exposure for fear of cats")
    with pytest.raises(ValueError, match=r"meta\.json"):
        follow(at=timezone.now())
    assert (follow(at=timezone.now()), found("dogs"), found("cats")) == (2, [work.pk], [new.pk])
