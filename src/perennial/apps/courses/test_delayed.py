"""Figures of weeks later, from which nobody's own answer can be read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from perennial.apps.assessments.services import save_answer
from perennial.apps.courses.builders import completed, make_course, right_answers
from perennial.apps.courses.delayed import delayed_of, figure_of
from perennial.apps.courses.following import ask_again, commit, finish_round, follow_ups_of, say_how_it_went, schedule


@pytest.mark.parametrize(
    ("yes", "no", "words"),
    [
        (2, 2, "too few"),
        (0, 5, "none or one of 5"),
        (1, 4, "none or one of 5"),
        (2, 3, "2 of 5"),
        (3, 2, "3 of 5"),
        (4, 1, "all or all but one of 5"),
        (5, 0, "all or all but one of 5"),
        (7, 3, "7 of 10"),
    ],
)
def test_it_is_told_of_five_people_at_least_and_never_that_all_said_the_same(yes: int, no: int, words: str) -> None:
    assert figure_of([(person, person < yes) for person in range(yes + no)]).words == words


def test_one_more_person_changes_no_figure() -> None:
    """Who looks before and after one answer must not learn it: figures are renewed by five people at once."""
    ten = [(person, person % 2 == 0) for person in range(10)]
    for more in range(1, 5):
        assert figure_of([*ten, *((100 + person, True) for person in range(more))]) == figure_of(ten)
    assert figure_of([*ten, *((100 + person, True) for person in range(5))]).of == 15


def test_a_person_counts_once_however_often_they_answer() -> None:
    assert figure_of([(1, True), (1, False), (2, True), (2, True), (3, False)]).of == 0


@pytest.mark.django_db
def test_each_outcome_and_each_time_is_counted_for_itself() -> None:
    course = make_course()
    for number in range(5):
        enrolment = completed(course=course)
        commit(enrolment=enrolment, texts=["Ask about sleep", "Write the plan"], at=timezone.now())
        schedule(enrolment=enrolment, kind="recall", at=timezone.now())
        later = timezone.now() + timedelta(days=61)
        asked = {row.days: row for row in follow_ups_of(enrolment, "commitments")}
        say_how_it_went(follow_up=asked[30], number=1, outcome="kept" if number < 3 else "not", at=later)
        say_how_it_went(follow_up=asked[30], number=2, outcome="kept", at=later)
        if number < 4:
            say_how_it_went(follow_up=asked[60], number=1, outcome="kept", at=later)
        first, second, _ = follow_ups_of(enrolment, "recall")
        for round_ in (first, second) if number < 4 else (first,):
            attempt = ask_again(follow_up=round_, at=later)
            right = right_answers(attempt)
            for item in attempt.drawn:
                save_answer(attempt=attempt, item_id=item, chosen=right[item], at=later)
            finish_round(follow_up=round_, attempt=attempt, at=later)
    found = delayed_of(course.slug, course.provider)
    after_30, after_60 = found.commitments
    assert [(words, figure.words) for words, figure in after_30.outcomes] == [
        ("kept", "all or all but one of 5"),
        ("partly", "none or one of 5"),
        ("not kept", "2 of 5"),
    ]
    assert (after_60.people, after_60.enough) == (4, False)
    assert {figures[14].words for figures in found.recalled.values()} == {"too few"}
    assert all(list(figures) == [3, 14, 60] for figures in found.recalled.values())
