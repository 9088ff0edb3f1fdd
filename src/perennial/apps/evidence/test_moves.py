"""Pooled estimates in the digest: moved by a new study, by a retraction, by a newer version of a database; and silence without one."""

import html
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.evidence.digesting import digest_all
from perennial.apps.evidence.models import Digest
from perennial.apps.evidence.services import open_digest_feed
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.queries import Practice
from perennial.apps.practices.services import follow
from perennial.apps.trials.analyses import Analysis
from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.queries import Dataset
from perennial.apps.trials.reckoning import pooled_only
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.queries import Work
from perennial.apps.works.services import say_practices
from perennial.core.synthesis.builders import csv_of, trials
from perennial.core.synthesis.words import figure

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
STUDY, DOI = "Trial 4, 2001", "10.1000/abc"
IPT = (("condition_arm1", ("ipt",)),)


def run(weeks: int) -> int:
    """Make the digests of a week, counted from the first."""
    return digest_all(day=MONDAY + timedelta(weeks=weeks), at=datetime.now(UTC))


def database(studies: int = 14, **told: Any) -> Dataset:
    """A database of the site's in which one study has a DOI."""
    rows = [{**one, "doi": DOI if one["study"] == STUDY else None} for one in trials(studies)]
    return make_dataset(body=csv_of(rows), **told)


@pytest.fixture
def practice() -> Practice:
    return make_practice(slug="interpersonal-psychotherapy", name="Interpersonal psychotherapy", broader=["talking"])


@pytest.fixture
def person(practice: Practice) -> Person:
    return follower(practice)


def follower(practice: Practice) -> Person:
    person = make_person()
    follow(person=person, practice=practice, at=timezone.now())
    return person


def about(practice: Practice, **facts: Any) -> Work:
    work = make_work(**{"year": 2026, "title": "Talking about sleep", **facts})
    say_practices(work=work, slugs=[practice.slug], how="person")
    return work


def everywhere(client: Client, person: Person) -> list[str]:
    """The digest as its page, its feed, and the mail as text and HTML."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, html FROM notices_mail WHERE person_id = %s ORDER BY id DESC", [person.pk])
        mail = cursor.fetchone()
    client.force_login(person)
    page = client.get("/evidence/digest/").content.decode()
    feed = client.get(f"/evidence/digest/feed/{open_digest_feed(person=person)}.xml").content.decode()
    return [html.unescape(one) for one in (page, feed, *mail)]


def test_a_new_work_that_is_a_study_of_a_database_says_how_it_moved_the_estimate(
    client: Client, practice: Practice, person: Person
) -> None:
    dataset = database()
    run(0)
    work = about(practice, doi=DOI)
    about(practice, doi="10.1000/other")
    assert run(1) == 1
    whole, rest = (pooled_only(dataset, Analysis(where=IPT, without=one))[1] for one in ((), (STUDY,)))
    (row,) = Digest.objects.get(person=person).moved
    assert (row["work"], row["head"]) == (work.pk, "Sample trials (Therapy: Interpersonal)")
    for shown in everywhere(client, person):
        assert f"With it Hedges' g is {figure(whole.estimate)} (" in shown
        assert f"without it {figure(rest.estimate)} (" in shown
        assert f"/trials/{dataset.slug}/?w.condition_arm1=ipt&without=Trial+4%2C+2001" in shown
        assert "Pooled estimates" not in shown
    assert f"over {rest.k} studies" in row["says"]
    assert f"Over {rest.k} studies" in client.get(row["links"][1][1]).content.decode()


def test_a_retraction_of_a_study_says_the_estimate_without_it_to_whom_it_concerns(
    client: Client, practice: Practice, person: Person
) -> None:
    dataset = database()
    other, whole = follower(make_practice(slug="cognitive-behavioral-therapy")), make_practice(slug="talking")
    above = follower(whole)
    learner = make_enrolment(course=make_course(replace(make_content(), practices=(practice.slug,)))).person
    run(0)
    for nature, doi in (("retraction", DOI), ("correction", DOI), ("retraction", "10.1000/other")):
        make_notice(doi=doi, nature=nature, on=date(2026, 11, 24), known_at=timezone.now())
    assert run(1) == 3
    assert not Digest.objects.filter(person=other).exists()
    assert {one.person_id for one in Digest.objects.all()} == {person.pk, above.pk, learner.pk}
    for shown in everywhere(client, person):
        assert f"“{DOI}” was retracted on 24 November 2026" in shown
        assert "Retracted: a study in Sample trials (Therapy: Interpersonal)" in shown
        assert f"/trials/{dataset.slug}/?w.condition_arm1=ipt&without=Trial+4%2C+2001" in shown
        assert f"/works/{DOI}/" in shown


def test_what_was_retracted_and_reinstated_within_the_week_is_no_news(practice: Practice, person: Person) -> None:
    database()
    run(0)
    for nature in ("retraction", "reinstatement"):
        make_notice(doi=DOI, nature=nature, known_at=timezone.now())
    assert run(1) == 0
    assert not Digest.objects.filter(person=person).exists()


def test_a_newer_version_says_how_the_estimate_stood_and_stands(client: Client, practice: Practice, person: Person) -> None:
    older = database(12)
    run(0)
    newer = database(14)
    assert (run(1), run(2)) == (1, 0)
    before, now = (pooled_only(one, Analysis(where=IPT))[1] for one in (older, newer))
    for shown in everywhere(client, person):
        assert f"Hedges' g is now {figure(now.estimate)} (" in shown
        assert f"it was {figure(before.estimate)} (" in shown
        for dataset in (older, newer):
            assert f"/trials/{dataset.slug}/?w.condition_arm1=ipt" in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject FROM notices_mail WHERE person_id = %s", [person.pk])
        assert cursor.fetchall() == [("Evidence: news of 1 pooled estimate",)]


def test_a_database_that_was_there_and_moved_by_nothing_is_not_told_of(client: Client, practice: Practice, person: Person) -> None:
    database()
    run(0)
    about(practice)
    assert run(1) == 1
    assert Digest.objects.get(person=person).moved == []
    assert "pooled estimate" not in everywhere(client, person)[0].casefold()


@pytest.mark.parametrize("people", [1, 8])
def test_the_number_of_queries_does_not_grow_with_people_or_works(
    people: int, practice: Practice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(people):
        follower(practice)
    database(12)
    run(0)
    database(14)
    for number in range(people):
        about(practice, doi=DOI if not number else "")
    make_notice(doi=DOI, known_at=timezone.now())
    with django_assert_num_queries(33):
        assert run(1) == people
    assert len(Digest.objects.all()[0].moved) == 3
