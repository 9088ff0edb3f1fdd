"""After a course: commitments and how they went, questions asked again, and who is told when."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from perennial.apps.assessments.queries import paper_of
from perennial.apps.assessments.services import save_answer
from perennial.apps.courses.asking_after import tell_all
from perennial.apps.courses.builders import completed, make_enrolment, right_answers
from perennial.apps.courses.following import (
    ask_again,
    commit,
    commitments_of,
    finish_round,
    follow_ups_of,
    open_of,
    papers_again,
    questions_for,
    say_how_it_went,
    schedule,
    skip,
    stop,
)
from perennial.apps.courses.models import Enrolment, FollowUp
from perennial.apps.notices.queries import Notice
from perennial.apps.notices.services import quiet_mail
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
COMMITMENTS, RECALL = FollowUp.Kind.COMMITMENTS, FollowUp.Kind.RECALL


def after(enrolment: Enrolment, days: int) -> datetime:
    """So many days after the course was completed."""
    assert enrolment.completed_at
    return enrolment.completed_at + timedelta(days=days)


def mails(enrolment: Enrolment) -> list[str]:
    """The text and HTML of each mail to the learner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, html FROM notices_mail WHERE person_id = %s ORDER BY id", [enrolment.person_id])
        return [f"{text}{html}" for text, html in cursor.fetchall()]


def tell(enrolment: Enrolment, days: int) -> int:
    """What the worker does on that day."""
    at = after(enrolment, days)
    return tell_all(day=timezone.localdate(at), at=at)


def test_commitments_are_asked_about_twice_and_the_last_word_holds() -> None:
    enrolment = completed()
    commit(enrolment=enrolment, texts=["Ask  about sleep", "", "Read one paper"], at=after(enrolment, 0))
    assert [one.text for one in commitments_of(enrolment)] == ["Ask about sleep", "Read one paper"]
    assert tell(enrolment, 29) == 0
    assert (tell(enrolment, 30), tell(enrolment, 30)) == (1, 0)
    (mail,) = mails(enrolment)
    assert f"/courses/{enrolment.slug}/1/commitments/" in mail
    assert "sleep" not in mail
    follow_up = open_of(follow_ups_of(enrolment, COMMITMENTS), after(enrolment, 31))
    assert follow_up
    for number, outcome in ((1, "not"), (1, "partly"), (2, "kept")):
        say_how_it_went(follow_up=follow_up, number=number, outcome=outcome, at=after(enrolment, 31))
    said = [[report.outcome for report in one.reports.all()] for one in commitments_of(enrolment)]
    assert said == [["partly"], ["kept"]]
    assert open_of(follow_ups_of(enrolment, COMMITMENTS), after(enrolment, 31)) is None
    with pytest.raises(Refusal, match="stay as they are"):
        commit(enrolment=enrolment, texts=["Another"], at=after(enrolment, 32))
    assert tell(enrolment, 60) == 1


def test_whoever_writes_nothing_or_stops_is_not_asked_and_whoever_wants_no_mail_gets_none() -> None:
    none, stopped, quiet = completed(), completed(), completed()
    commit(enrolment=none, texts=["Something"], at=after(none, 0))
    commit(enrolment=none, texts=["", ""], at=after(none, 0))
    schedule(enrolment=stopped, kind=RECALL, at=after(stopped, 0))
    stop(enrolment=stopped, kind=RECALL, at=after(stopped, 1))
    schedule(enrolment=quiet, kind=RECALL, at=after(quiet, 0))
    quiet_mail(person=quiet.person)
    assert tell(none, 400) == 1
    assert Notice.objects.get(kind="after-a-course").person == quiet.person
    assert not mails(quiet)
    schedule(enrolment=stopped, kind=RECALL, at=after(stopped, 2))
    assert tell(stopped, 3) == 1


def test_after_a_long_stillness_only_the_last_time_is_told_and_skipping_ends_those_before() -> None:
    enrolment = completed()
    schedule(enrolment=enrolment, kind=RECALL, at=after(enrolment, 0))
    assert (tell(enrolment, 20), tell(enrolment, 21)) == (1, 0)
    rows = follow_ups_of(enrolment, RECALL)
    open_row = open_of(rows, after(enrolment, 21))
    assert open_row
    assert open_row.days == 14
    skip(follow_up=open_row, at=after(enrolment, 21))
    assert [bool(row.ended_at) for row in follow_ups_of(enrolment, RECALL)] == [True, True, False]


def test_questions_come_again_those_answered_wrongly_first_and_results_stay() -> None:
    enrolment = completed()
    schedule(enrolment=enrolment, kind=RECALL, at=after(enrolment, 0))
    first, second, _ = follow_ups_of(enrolment, RECALL)
    attempt = ask_again(follow_up=first, at=after(enrolment, 3))
    assert ask_again(follow_up=first, at=after(enrolment, 3)) == attempt
    right = right_answers(attempt)
    for item_id, keys in list(right.items())[1:]:
        save_answer(attempt=attempt, item_id=item_id, chosen=keys, at=after(enrolment, 3))
    wrong = paper_of(attempt).questions[0]
    finish_round(follow_up=first, attempt=attempt, at=after(enrolment, 3))
    ((row, paper),) = papers_again(follow_ups_of(enrolment, RECALL))
    assert (row.days, paper.right, paper.asked) == (3, 4, 5)
    assert questions_for(enrolment)[0] == wrong.item_id
    assert set(attempt.drawn) != set(ask_again(follow_up=second, at=after(enrolment, 14)).drawn)


def test_nothing_is_asked_before_the_course_is_completed() -> None:
    enrolment = make_enrolment()
    with pytest.raises(Refusal, match="Complete the course first"):
        commit(enrolment=enrolment, texts=["Something"], at=timezone.now())
    with pytest.raises(Refusal, match="Complete the course first"):
        schedule(enrolment=enrolment, kind=RECALL, at=timezone.now())
