"""The library's practices, the vocabulary that is kept, and who follows what."""

import shutil
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.loading import load
from perennial.apps.practices.models import Follow, Practice
from perennial.apps.practices.queries import (
    all_practices,
    export_of,
    followed_by,
    followers_of,
    practice_of,
    practices_named,
    vocabulary,
)
from perennial.apps.practices.services import follow, load_practices, unfollow
from perennial.core.vocabulary import Kind, find

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
FEWEST = {Kind.MODALITY: 30, Kind.CONDITION: 22, Kind.POPULATION: 12, Kind.TOPIC: 15}


def test_the_library_is_in_order_and_loading_it_twice_changes_nothing() -> None:
    said: list[str] = []
    for _ in range(2):
        load(said.append)
    assert said == [f"{Practice.objects.count()} practices"] * 2
    kinds = [one.kind for one in all_practices()]
    assert all(kinds.count(kind) >= fewest for kind, fewest in FEWEST.items())
    assert all(one.references for one in all_practices())


def test_the_library_has_every_practice_that_its_courses_teach() -> None:
    load(lambda _: None)
    taught = {
        slug
        for course in (settings.LIBRARY / "courses").glob("*/course.toml")
        for slug in tomllib.loads(course.read_text(encoding="utf-8"))["practices"]
    }
    assert taught <= {one.slug for one in all_practices()}
    assert taught


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("emdr", "eye-movement-desensitization-and-reprocessing"),
        ("cognitive behavioural therapy", "cognitive-behavioral-therapy"),
        ("depresion", "depression"),
        ("lethal means", "means-safety"),
        ("veterans", "veterans-and-service-members"),
        ("bulimia", "eating-disorders"),
    ],
)
def test_what_clinicians_type_finds_the_practice(asked: str, slug: str) -> None:
    load(lambda _: None)
    assert find(vocabulary(), asked)[0].slug == slug


def test_what_leaves_the_files_is_no_longer_listed_and_its_followers_stay(tmp_path: Path) -> None:
    shutil.copy(settings.LIBRARY / "practices" / "populations.toml", tmp_path)
    person, gone = make_person(), make_practice()
    follow(person=person, practice=gone, at=AT)
    load_practices(folder=tmp_path)
    assert practice_of(gone.slug) is None
    assert followed_by(person) == []
    assert Follow.objects.filter(practice=gone).exists()


def test_the_vocabulary_is_kept_until_a_practice_changes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one = make_practice(name="First name")
    first = vocabulary()
    with django_assert_num_queries(1):
        assert vocabulary() is first
    Practice.objects.filter(pk=one.pk).update(name="Second name", digest="f" * 64)
    assert vocabulary().terms[one.slug].name == "Second name"


def test_following_twice_is_following_once_and_stopping_twice_is_no_fault() -> None:
    person, practice = make_person(), make_practice()
    assert [follow(person=person, practice=practice, at=AT) for _ in range(2)] == [True, False]
    assert [one["practice"] for one in export_of(person)["practices_followed"]] == [practice.slug]
    assert [unfollow(person=person, practice=practice) for _ in range(2)] == [True, False]
    assert export_of(person) == {"practices_followed": []}


def test_the_table_itself_refuses_a_second_follow() -> None:
    person, practice = make_person(), make_practice()
    Follow.objects.create(person=person, practice=practice, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(person=person, practice=practice, at=AT)


def test_followers_are_told_by_person_with_what_each_follows() -> None:
    (one, other), (first, second, third) = (make_person(), make_person()), (make_practice(), make_practice(), make_practice())
    for person, practice in ((one, first), (one, second), (other, second), (other, third)):
        follow(person=person, practice=practice, at=AT)
    assert followers_of([first.slug, second.slug]) == {one.pk: {first.slug, second.slug}, other.pk: {second.slug}}
    assert followers_of([]) == {}


def test_practices_are_given_in_the_order_asked_without_the_unknown() -> None:
    first, second = make_practice(), make_practice()
    assert list(practices_named([second.slug, "unknown", first.slug])) == [second.slug, first.slug]
