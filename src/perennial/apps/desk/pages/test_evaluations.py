"""What learners said, at the desk."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.services import save_answer
from perennial.apps.courses.builders import completed, make_content, make_enrolment, opinions, pass_test, right_answers
from perennial.apps.courses.following import ask_again, commit, finish_round, follow_ups_of, say_how_it_went, schedule
from perennial.apps.courses.queries import Course
from perennial.apps.courses.services import finish_course, publish_course
from perennial.apps.desk.builders import make_desk, make_draft
from perennial.apps.desk.queries import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Person:
    """Somebody at a desk, signed in."""
    person = make_person(name="Author")
    client.force_login(person)
    return person


@pytest.fixture
def draft(author: Person) -> Draft:
    """A draft whose course is published."""
    found = make_draft(make_desk(author), person=author)
    publish_course(content=make_content(slug=found.slug), provider=found.provider.slug, listed=True)
    return found


def evaluate(draft: Draft, **given: str) -> None:
    """Somebody completes the course and says this."""
    enrolment = make_enrolment(course=Course.objects.get(slug=draft.slug))
    pass_test(enrolment)
    finish_course(enrolment=enrolment, answers={**opinions(enrolment), **given}, at=timezone.now())


def test_answers_are_counted_by_question_and_comments_go_out_with_no_name(client: Client, draft: Draft) -> None:
    evaluate(draft, useful="5", comment="=Shorter, please")
    evaluate(draft, useful="2", comment="")
    place = [draft.provider.slug, draft.slug]
    said = client.get(reverse("desk:evaluations", args=place)).context["page"].said
    useful = next(one for one in said.questions if one.text == "I can use this in my practice")
    assert (list(useful.counts), useful.answers, useful.mean) == ([0, 1, 0, 0, 1], 2, 3.5)
    assert [(bar.words, bar.x, bar.width) for bar in useful.bars] == [("A little", 0, 50), ("Fully", 50, 50)]
    assert {one.group for one in said.questions} == {"objective", "course"}
    reply = client.get(reverse("desk:evaluation_comments", args=place))
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert ["What should we keep, change or add?", "'=Shorter, please"] in rows
    assert rows[0] == ["question", "comment"]


def test_a_year_without_evaluations_says_so(client: Client, draft: Draft) -> None:
    evaluate(draft)
    place = reverse("desk:evaluations", args=[draft.provider.slug, draft.slug])
    assert "No evaluations here" in client.get(place, {"year": "2001"}).content.decode()
    assert client.get(place, {"year": "x" * 30}).context["page"].said.evaluations == 1


def test_what_is_left_weeks_later_is_shown_of_five_people_and_no_fewer(client: Client, draft: Draft) -> None:
    course, place = Course.objects.get(slug=draft.slug), reverse("desk:evaluations", args=[draft.provider.slug, draft.slug])
    for number in range(5):
        enrolment = completed(course=course)
        later = timezone.now() + timedelta(days=31)
        commit(enrolment=enrolment, texts=["Ask about sleep"], at=timezone.now())
        schedule(enrolment=enrolment, kind="recall", at=timezone.now())
        asked = next(row for row in follow_ups_of(enrolment, "commitments") if row.days == 30)
        say_how_it_went(follow_up=asked, number=1, outcome="kept" if number else "not", at=later)
        round_ = follow_ups_of(enrolment, "recall")[0]
        attempt = ask_again(follow_up=round_, at=later)
        save_answer(attempt=attempt, item_id=attempt.drawn[0], chosen=right_answers(attempt)[attempt.drawn[0]], at=later)
        finish_round(follow_up=round_, attempt=attempt, at=later)
        if number == 0:
            assert client.get(place).content.decode().count("too few") >= 2
    page = client.get(place)
    assert "kept by all or all but one of 5, partly by none or one of 5, not kept by none or one of 5 people" in page.content.decode()
    told = {words for one in page.context["page"].recalled for words in one.later}
    assert told <= {"all or all but one of 5", "too few"}
    assert {one.later[1:] == ["too few", "too few"] for one in page.context["page"].recalled} == {True}  # none answered after 14 or 60 days


def test_it_asks_as_often_for_many_as_for_one(client: Client, draft: Draft, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    evaluate(draft)
    place = reverse("desk:evaluations", args=[draft.provider.slug, draft.slug])
    client.get(place)
    for _ in range(3):
        evaluate(draft)
    with django_assert_num_queries(9):
        client.get(place)
