"""The weekly digest: who gets what, from records alone, once a week, and nothing where nothing is new."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.evidence import digesting
from perennial.apps.evidence.builders import make_saved
from perennial.apps.evidence.digesting import digest_all
from perennial.apps.evidence.indexing import follow as index
from perennial.apps.evidence.lines import conclusion_of, lines_of
from perennial.apps.evidence.models import Digest
from perennial.apps.evidence.services import want_mail
from perennial.apps.notices.services import quiet_mail
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.queries import Practice
from perennial.apps.practices.services import follow
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.queries import Work
from perennial.apps.works.services import say_practices
from perennial.core import courses as core

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TRIAL = ["Randomized Controlled Trial"]


def run(weeks: int, **how: Any) -> int:
    """Make the digests of a week, counted from the first."""
    day = MONDAY + timedelta(weeks=weeks)
    return digest_all(day=day, at=datetime.now(UTC), **how)


def about(practice: Practice, **facts: Any) -> Work:
    work = make_work(**{"year": 2026, **facts})
    say_practices(work=work, slugs=[practice.slug], how="person")
    return work


def follower(practice: Practice) -> Person:
    person = make_person()
    follow(person=person, practice=practice, at=timezone.now())
    return person


def of(person: Person) -> list[tuple[int, list[str]]]:
    return [(one["work"], one["because"]) for row in Digest.objects.filter(person=person).order_by("pk") for one in row.works]


def mails(person: Person) -> list[tuple[str, str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text, html, leave FROM notices_mail WHERE person_id = %s ORDER BY id", [person.pk])
        return list(cursor.fetchall())


def test_reviews_and_trials_come_first_and_each_says_why() -> None:
    top, low = make_practice(slug="top", name="Exposure"), make_practice(slug="low", broader=["top"])
    person = follower(top)
    assert run(0) == 0
    survey = about(low, title="A survey")
    trial = about(low, title="A trial", kinds=TRIAL)
    review = about(top, title="A review", kinds=["Systematic Review"])
    about(top, title="An old review", kinds=["Systematic Review"], year=2019)
    assert run(1) == 1
    assert of(person) == [(pk, ["You follow Exposure"]) for pk in (review.pk, trial.pk, survey.pk)]
    ((subject, text, html, leave),) = mails(person)
    assert subject == "Evidence: 2 new reviews and trials, 1 other new work"
    for body in (text, html):
        assert f"/works/{review.pk}/" in body
        assert leave in body


def test_never_twice_in_a_week_and_quiet_where_nothing_is_new() -> None:
    practice = make_practice()
    person = follower(practice)
    run(0)
    about(practice)
    assert [run(1), run(1)] == [1, 0]
    about(practice)
    assert run(1) == 0
    assert [run(2), run(3)] == [1, 0]
    assert len(mails(person)) == 2


def test_what_was_broken_off_goes_on_with_the_same_window(monkeypatch: pytest.MonkeyPatch) -> None:
    practice = make_practice()
    people = [follower(practice) for _ in range(3)]
    run(0)
    work = about(practice)
    monkeypatch.setattr(digesting, "BATCH", 1)
    asked = iter([True, False])
    assert run(1, carry_on=lambda: next(asked)) == 1
    about(practice)  # too late for this week
    assert run(1) == 2
    assert [of(one)[0][0] for one in people] == [work.pk] * 3
    assert {len(of(one)) for one in people} == {1}
    assert run(2) == 3


def test_saved_searches_and_courses_taken_bring_works_too() -> None:
    practice = make_practice(slug="sampling", name="Sampling")
    learner = make_enrolment(course=make_course(replace(make_content(title="How to sample"), practices=("sampling",)))).person
    searcher = make_saved(name="Dogs", query="q=dogs").person
    run(0)
    taught = about(practice, title="Samples")
    dogs = make_work(title="Fear of dogs", year=2026)
    make_work(title="Old fear of dogs", year=2001)
    index(at=timezone.now())
    assert run(1) == 2
    assert of(learner) == [(taught.pk, ["You took “How to sample”, which teaches it"])]
    assert of(searcher) == [(dogs.pk, ["Saved search “Dogs”"])]


def test_what_was_told_of_works_that_a_course_cites_stands_in_it() -> None:
    content = replace(make_content(title="Nightmares"), references=(core.Reference("ref", "A.", "10.1000/gone", ""),))
    learner = make_enrolment(course=make_course(content)).person
    run(0)
    Work.objects.filter(doi="10.1000/gone").update(title="Imagery")
    make_notice(work=Work.objects.get(doi="10.1000/gone"), nature="correction", reason="", on=date(2026, 11, 20), known_at=timezone.now())
    assert run(1) == 1
    (row,) = Digest.objects.filter(person=learner)
    assert row.told[0]["says"] == "“Imagery” was corrected on 20 November 2026. Source: Retraction Watch."
    ((subject, text, _, _),) = mails(learner)
    assert subject == "Evidence: 1 notice about a work that your courses cite"
    assert "Nightmares" in text


def test_who_wants_no_mail_finds_it_on_the_site_alone() -> None:
    practice = make_practice()
    one, other = follower(practice), follower(practice)
    want_mail(person=one, by_mail=False)
    quiet_mail(person=other)
    run(0)
    about(practice)
    assert run(1) == 2
    assert mails(one) == mails(other) == []


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_grow_with_people(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    practice = make_practice()
    for _ in range(count):
        follower(practice)
    run(0)
    about(practice)
    about(practice)
    with django_assert_num_queries(27):
        assert run(1) == count


def test_two_lines_are_from_the_record_alone() -> None:
    said = "Background: Fear is old.\nResults: It fell.\nConclusions: Exposure helped. More trials are needed."
    assert conclusion_of(said) == "Exposure helped. More trials are needed."
    assert conclusion_of("We drew conclusions: all fell.") == ""
    assert conclusion_of("Authors' conclusions: It helped.") == "It helped."
    long = conclusion_of("Conclusion: " + "This is a sentence of some length. " * 40)
    assert long.endswith("length. …")
    assert len(long) <= 430
    assert lines_of(make_work(summary="Own words.", abstract=said)).kind == "summary"
    assert lines_of(make_work(abstract=said)).kind == "quotation"
    alone = lines_of(make_work(kinds=TRIAL, abstract="It fell by half."))
    assert alone.kind == "design"
    assert "half" not in alone.text
    assert alone.text.startswith("Randomized trial.")
