"""The pages of a course, from the catalog to the certificate: what they show, to whom, with how many queries."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.queries import Attempt, attempts_of, paper_of
from perennial.apps.courses.builders import completed, make_content, make_course, make_enrolment, opinions, pass_test, right_answers
from perennial.apps.courses.models import Enrolment, Note
from perennial.apps.courses.queries import enrolment_for, progress_of, purpose_of
from perennial.apps.courses.services import keep_course, start_test

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def tries_of(enrolment: Enrolment) -> list[Attempt]:
    return attempts_of(enrolment.person, purpose_of(enrolment))


def form_of(attempt: Attempt, given: dict[str, list[str]], **more: str) -> dict[str, object]:
    return {**{f"q-{item}": keys for item, keys in given.items()}, **more}


def test_the_catalog_finds_by_word_topic_and_length(client: Client) -> None:
    course = make_course(make_content(title="Of rivers"))
    for query in ("", "?q=rivers", "?topic=ethics", "?hours=short", "?free=1", "?q=RIVERS&topic=ethics"):
        assert course.title in text_of(client, f"/courses/{query}"), query
    for query in ("?q=mountains", "?hours=long"):
        page = text_of(client, f"/courses/{query}")
        assert course.title not in page
        assert "No course fits" in page
    assert course.title in text_of(client, "/courses/?topic=nothing&hours=9&q=%00")


def test_an_empty_catalog_says_what_to_do(client: Client) -> None:
    assert "No courses yet" in text_of(client, "/courses/")


@pytest.mark.parametrize("count", [1, 7])
def test_the_catalog_takes_the_same_queries_for_any_number_of_courses(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(person := make_person())
    for _ in range(count):
        make_enrolment(person=person, read=False)
    text_of(client, "/courses/")
    with django_assert_num_queries(5):  # session, person, topics, enrolments, courses
        text_of(client, "/courses/")


@pytest.mark.parametrize("parts", [2, 12])
def test_reading_takes_the_same_queries_for_any_number_of_parts(
    client: Client, parts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enrolment = make_enrolment(course=make_course(make_content(parts=parts)))
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/read/01-part/"
    text_of(client, address)
    with django_assert_num_queries(10):
        text_of(client, address)


def test_anyone_may_read_and_is_told_what_an_account_is_for(client: Client) -> None:
    course = make_course()
    page = text_of(client, f"/courses/{course.slug}/read/01-part/")
    assert "Keep your place" in page
    assert "data-autosave" not in page
    assert "counts only where your board asks for none" in text_of(client, f"/courses/{course.slug}/")


def test_what_does_not_exist_is_404(client: Client) -> None:
    course = make_course()
    client.force_login(make_person())
    for address in (
        "nothing/",
        f"{course.slug}/read/nothing/",
        f"{course.slug}/test/",
        f"{course.slug}/complete/",
        f"{course.slug}/evaluation/",
    ):
        assert client.get(f"/courses/{address}").status_code == 404, address


def test_starting_leads_into_the_first_part_and_back_to_where_one_was(client: Client) -> None:
    course = make_course()
    client.force_login(make_person())
    first = client.post(f"/courses/{course.slug}/start/")
    assert first["Location"].endswith("/read/01-part/")
    client.get(f"/courses/{course.slug}/read/02-part/")
    assert client.post(f"/courses/{course.slug}/start/")["Location"].endswith("/read/02-part/")
    assert "/read/02-part/" in text_of(client, f"/courses/{course.slug}/")


def test_reading_to_the_end_leads_to_the_test(client: Client) -> None:
    enrolment = make_enrolment(read=False)
    client.force_login(enrolment.person)
    assert client.post(f"/courses/{enrolment.slug}/read/01-part/done/")["Location"].endswith("/read/02-part/")
    assert "Read these first" in text_of(client, f"/courses/{enrolment.slug}/test/")
    assert client.post(f"/courses/{enrolment.slug}/read/02-part/done/")["Location"].endswith("/test/")
    assert "Ready when you are" in text_of(client, f"/courses/{enrolment.slug}/test/")


def test_a_note_is_saved_without_script_and_shown_to_no_one_else(client: Client) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    client.post(f"/courses/{enrolment.slug}/read/01-part/note/", {"text": "mine alone", "revision": "0"})
    assert Note.objects.get().text == "mine alone"
    assert "mine alone" in text_of(client, f"/courses/{enrolment.slug}/")
    other = make_enrolment(course=enrolment.course)
    client.force_login(other.person)
    assert "mine alone" not in text_of(client, f"/courses/{enrolment.slug}/read/01-part/")


def test_a_newer_text_is_named_to_who_began_on_the_older(client: Client) -> None:
    enrolment = make_enrolment()
    keep_course(content=make_content(slug=enrolment.slug, version=2))
    client.force_login(enrolment.person)
    assert "There is a newer text" in text_of(client, f"/courses/{enrolment.slug}/")


def test_a_form_without_script_saves_and_stays_then_hands_in(client: Client) -> None:
    enrolment = make_enrolment()
    attempt = start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    address, given = f"/courses/{enrolment.slug}/test/1/", right_answers(attempt)
    first = attempt.drawn[0]
    assert client.post(address, form_of(attempt, {first: given[first]}))["Location"].endswith("/test/")
    assert paper_of(attempt).saved == {first: given[first]}
    assert re.search(r'value="\w" checked', text_of(client, f"/courses/{enrolment.slug}/test/"))
    assert client.post(address, form_of(attempt, given, hand_in="1"))["Location"].endswith("/test/1/results/")
    page = text_of(client, f"/courses/{enrolment.slug}/test/1/results/")
    assert "Passed: 3 of 3" in page
    for question in paper_of(attempt).questions:
        for choice in question.choices:
            assert choice.rationale in page


def test_a_test_handed_in_twice_says_so_and_changes_nothing(client: Client) -> None:
    enrolment = make_enrolment()
    attempt = start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/test/1/"
    client.post(address, {"hand_in": "1"})
    again = client.post(address, form_of(attempt, right_answers(attempt), hand_in="1"), follow=True)
    assert "handed in before" in again.content.decode()
    assert [(entry.number, entry.score_percent) for entry in tries_of(enrolment)] == [(1, 0)]


def test_a_test_after_its_time_is_handed_in_as_it_was_and_says_so(client: Client) -> None:
    enrolment = make_enrolment(course=make_course(make_content(minutes=30)))
    attempt = start_test(enrolment=enrolment, at=timezone.now() - timedelta(hours=1))
    client.force_login(enrolment.person)
    reply = client.post(f"/courses/{enrolment.slug}/test/1/", form_of(attempt, right_answers(attempt), hand_in="1"), follow=True)
    assert "time for this test was over" in reply.content.decode()
    start_test(enrolment=enrolment, at=timezone.now() - timedelta(hours=1))
    assert "time for this test was over" in client.get(f"/courses/{enrolment.slug}/test/", follow=True).content.decode()
    assert [entry.score_percent for entry in tries_of(enrolment)] == [0, 0]


def test_another_persons_attempt_is_404(client: Client) -> None:
    theirs, mine = make_enrolment(), make_enrolment()
    attempt = start_test(enrolment=theirs, at=timezone.now())
    client.force_login(mine.person)
    assert client.get(f"/courses/{theirs.slug}/test/1/results/").status_code == 404
    assert client.post(f"/courses/{theirs.slug}/test/1/", form_of(attempt, right_answers(attempt), hand_in="1")).status_code == 404
    assert client.post(f"/courses/{mine.slug}/test/1/", {"hand_in": "1"}).status_code == 404
    assert paper_of(attempt).saved == {}


def test_nothing_of_what_is_right_stands_on_the_paper(client: Client) -> None:
    enrolment = make_enrolment()
    start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    page = text_of(client, f"/courses/{enrolment.slug}/test/")
    assert "why." not in page
    assert "correct" not in page.lower()


def test_an_evaluation_with_gaps_keeps_what_was_said_and_stores_nothing(client: Client) -> None:
    enrolment = make_enrolment()
    pass_test(enrolment)
    client.force_login(enrolment.person)
    reply = client.post(f"/courses/{enrolment.slug}/evaluation/", {**opinions(enrolment), "minutes": "abc", "comment": "Kept words"})
    page = reply.content.decode()
    assert reply.status_code == 400
    assert "Write a whole number from 1 to 6000" in page
    assert "Kept words" in page
    assert not progress_of(enrolment.course, enrolment).evaluated


def test_the_evaluation_completes_the_course_once_however_often_it_comes(client: Client) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    assert client.get(f"/courses/{enrolment.slug}/evaluation/")["Location"].endswith("/test/")
    pass_test(enrolment)
    for _ in range(2):
        reply = client.post(f"/courses/{enrolment.slug}/evaluation/", opinions(enrolment), follow=True)
    found = enrolment_for(enrolment.person, enrolment.slug)
    assert found
    assert found.certificate_number in reply.content.decode()
    assert "handed in before" in reply.content.decode()


def test_a_completed_course_shows_its_certificate_and_can_be_taken_again(client: Client) -> None:
    enrolment = completed()
    client.force_login(enrolment.person)
    assert enrolment.certificate_number in text_of(client, f"/courses/{enrolment.slug}/complete/")
    assert "Take it again" in text_of(client, f"/courses/{enrolment.slug}/")
    assert "Your certificate" in text_of(client, f"/courses/{enrolment.slug}/test/")
    client.post(f"/courses/{enrolment.slug}/start/")
    again = enrolment_for(enrolment.person, enrolment.slug)
    assert again
    assert again.occurrence == 2


def test_every_page_for_a_reader_asks_a_stranger_to_sign_in(client: Client) -> None:
    course = make_course()
    for address in ("test/", "test/1/results/", "evaluation/", "complete/"):
        assert "/account/login/" in client.get(f"/courses/{course.slug}/{address}")["Location"]
    for address in ("start/", "test/start/", "test/1/", "read/01-part/done/", "read/01-part/note/"):
        assert "/account/login/" in client.post(f"/courses/{course.slug}/{address}")["Location"]
