"""Courses judged together are judged as each would be alone, within a time, and only for their reader."""

from datetime import date
from itertools import count

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.asking import asked_of
from perennial.apps.courses.builders import make_content, make_course
from perennial.apps.courses.models import Course
from perennial.apps.courses.shelf import Filters, shelves
from perennial.apps.courses.verdicts import Judge
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.providers.builders import make_approval, make_provider

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


def offered() -> list[Course]:
    """Courses of several lengths and topics."""
    topics: tuple[dict[str, int], ...] = ({}, {"ethics": 30}, {"law_ethics": 60}, {"other_learning_plan": 20})
    made = [make_course(make_content(title=f"Course {number}")) for number in range(len(topics) * 2)]
    for number, course in enumerate(made):
        course.topics, course.minutes = topics[number % 4], (60, 180)[number // 4]
        course.save()
    shelves.__init__()  # type: ignore[misc]  # versions never change but here, so what is kept of them must go
    return made


def test_judged_together_is_judged_alone() -> None:
    person = make_license().person
    make_license(person=person, jurisdiction="TX", profession="counselor", number="2")
    courses = offered()
    make_credit(person=person, title="Course 1", completed_on=DAY, minutes=60)
    provider = make_provider(is_sample=False)
    make_approval(provider=provider, body="NBCC")
    Course.objects.filter(pk__in=[courses[0].pk, courses[5].pk]).update(provider=provider.slug)
    for course in courses:
        course.refresh_from_db()
    look = shelves.look(Filters())
    judge = Judge(person, look.shelf, day=DAY, seconds=60)
    alone = {course.slug: [one.found.verdict for one in asked_of(person, course, day=DAY).verdicts] for course in courses}
    together = {entry.slug: [one.verdict for one in judge.verdicts(entry)] for entry in look.shelf.entries}
    assert together == alone
    assert len({tuple(told) for told in alone.values()}) > 1, alone
    for wanted, words in (("yes", {"yes", "partly"}), ("may", {"yes", "partly", "not_known"})):
        chosen, open_ = judge.counting(look.fitting, wanted)
        assert not open_
        assert {entry.slug for entry in look.shelf.these(chosen)} == {slug for slug, told in alone.items() if words & set(told)}


def test_what_there_was_no_time_for_is_told_and_judged_by_the_next_request() -> None:
    person = make_license().person
    offered()
    look, ticks = shelves.look(Filters()), count()
    hurried = Judge(person, look.shelf, day=DAY, seconds=2, clock=lambda: float(next(ticks)))
    chosen, open_ = hurried.counting(look.fitting, "may")
    assert chosen
    assert open_
    assert not chosen & open_
    assert hurried.verdicts(look.shelf.these(open_)[0]) == ()
    assert Judge(person, look.shelf, day=DAY, seconds=60).counting(look.fitting, "may") == (look.fitting, 0)


def test_nothing_is_judged_for_who_holds_no_license() -> None:
    offered()
    judge = Judge(make_person(), shelves.look(Filters()).shelf, day=DAY, seconds=1)
    assert not judge.has_licenses
