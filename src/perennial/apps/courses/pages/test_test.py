"""The test without script: saving, handing in, twice, too late, and by someone else."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from perennial.apps.assessments.builders import ALL_KINDS, make_item
from perennial.apps.assessments.queries import Attempt, attempts_of, paper_of
from perennial.apps.courses.builders import make_content, make_course, make_enrolment, right_answers
from perennial.apps.courses.models import Enrolment
from perennial.apps.courses.queries import purpose_of
from perennial.apps.courses.services import start_test

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def tries_of(enrolment: Enrolment) -> list[Attempt]:
    return attempts_of(enrolment.person, purpose_of(enrolment))


def form_of(attempt: Attempt, given: dict[str, list[str]], **more: str) -> dict[str, object]:
    return {**{f"q-{item}": keys for item, keys in given.items()}, **more}


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


def test_who_had_to_sign_in_first_comes_back_to_the_paper(client: Client) -> None:
    enrolment = make_enrolment()
    start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    assert client.get(f"/courses/{enrolment.slug}/test/1/")["Location"] == f"/courses/{enrolment.slug}/test/"


def test_questions_of_every_kind_are_answered_without_script(client: Client) -> None:
    items = tuple(replace(make_item(number, kind=kind), section="01-part.md") for number, kind in enumerate(ALL_KINDS))
    content = replace(make_content(), items=items)
    enrolment = make_enrolment(course=make_course(replace(content, test=replace(content.test, ask=6))))
    attempt = start_test(enrolment=enrolment, at=timezone.now())
    client.force_login(enrolment.person)
    sent = {"i03": None, "i04": None, "i05": ["2,5"], "i06": ["Words <b>of mine</b>."]}
    for question in paper_of(attempt).questions:
        if question.rows:
            letters = {words: key for key, words in question.offers}
            sent[question.item_id] = [letters[row.answer] for row in question.rows]
        elif question.choices:
            sent[question.item_id] = [choice.key for choice in question.choices if choice.correct]
    address = f"/courses/{enrolment.slug}/test/1/"
    form = form_of(attempt, {item: keys for item, keys in sent.items() if keys})
    client.post(address, form)
    page = text_of(client, f"/courses/{enrolment.slug}/test/")
    assert page.count(" selected>") == 6
    assert 'value="2,5"' in page
    assert "7 of 7 answered" in page
    page = client.post(address, {**form, "hand_in": "1"}, follow=True).content.decode()
    assert "Passed: 6 of 6" in page
    assert "Not scored" in page
    assert "Words &lt;b&gt;of mine" in page
    assert "A good answer names a step." in page


def test_a_break_puts_the_questions_away_until_it_ends(client: Client) -> None:
    enrolment = make_enrolment(course=make_course(make_content(minutes=10)))
    client.force_login(enrolment.person)
    base = f"/courses/{enrolment.slug}/test/"
    client.post(f"{base}start/", {"time": "double", "breaks": "1"})
    (attempt,) = tries_of(enrolment)
    assert attempt.due_at == attempt.started_at + timedelta(minutes=20)
    stem = paper_of(attempt).questions[0].stem
    assert stem in text_of(client, base)
    client.post(f"{base}1/break/")
    paused = text_of(client, base)
    assert "You are in a break" in paused
    assert stem not in paused
    assert client.get(f"/api/v1/assessments/attempts/{attempt.pk}").json()["questions"] == []
    client.post(f"{base}1/on/")
    assert stem in text_of(client, base)


def queries_of_an_attempt(client: Client, ask: int) -> list[int]:
    """How many queries the paper, one answer and the result take in a test of so many questions."""
    content = make_content()
    enrolment = make_enrolment(course=make_course(replace(content, test=replace(content.test, ask=ask))))
    client.force_login(enrolment.person)
    base = f"/courses/{enrolment.slug}/test/"
    client.post(f"{base}start/")
    (attempt,) = tries_of(enrolment)
    item, keys = next(iter(right_answers(attempt).items()))
    client.get(base)
    answer = f"/api/v1/assessments/attempts/{attempt.pk}/answers/{item}"
    acts: list[Callable[[], object]] = [
        lambda: client.get(base),
        lambda: client.put(answer, {"chosen": keys}, content_type="application/json"),
        lambda: client.post(f"{base}1/", {"hand_in": "1", f"q-{item}": keys}),
        lambda: client.get(f"{base}1/results/"),
    ]
    counted = []
    for act in acts:
        with CaptureQueriesContext(connection) as asked:
            act()
        counted.append(len(asked))
    return counted


def test_paper_answer_and_result_take_as_many_queries_however_many_questions(client: Client) -> None:
    few = queries_of_an_attempt(client, 2)
    assert queries_of_an_attempt(client, 6) == few
    assert max(few) <= 16
