"""Courses by version, reading, notes, tests, completion: each safe to repeat."""

from datetime import UTC, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.queries import Evaluation, paper_of
from perennial.apps.certificates.queries import certificates_of
from perennial.apps.courses.builders import completed, make_content, make_course, make_enrolment, opinions, pass_test, right_answers
from perennial.apps.courses.models import Course, Enrolment, Note, SectionProgress
from perennial.apps.courses.queries import current_course, enrolment_for, progress_of
from perennial.apps.courses.services import (
    complete_course,
    enrol,
    finish_course,
    hand_in,
    keep_course,
    load_course,
    mark_read,
    open_section,
    save_answers,
    save_note,
    start_test,
)
from perennial.apps.credits.queries import ledger_of
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def test_loading_the_same_folder_twice_changes_nothing() -> None:
    folder = next(iter(sorted(settings.LIBRARY.glob("courses/*/"))))
    first, problems = load_course(folder=folder)
    assert (problems, load_course(folder=folder)[0]) == ((), first)
    assert Course.objects.count() == 1


def test_a_learner_finishes_on_the_version_on_which_they_began() -> None:
    old = make_course()
    begun = make_enrolment(course=old, read=False)
    new = keep_course(content=make_content(slug=old.slug, version=2))
    assert current_course(old.slug) == new
    assert enrol(person=begun.person, course=new, at=timezone.now()).course == old
    assert make_enrolment(course=new, read=False).course == new


def test_old_content_that_comes_back_is_the_same_row() -> None:
    content = make_content()
    first = keep_course(content=content)
    keep_course(content=make_content(slug=content.slug))
    assert keep_course(content=content) == first
    assert [course.pk for course in Course.objects.filter(is_current=True)] == [first.pk]


def test_the_table_allows_one_open_enrolment_and_one_current_version() -> None:
    enrolment = make_enrolment(read=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            person=enrolment.person, course=enrolment.course, slug=enrolment.slug, occurrence=2, started_at=timezone.now()
        )
    keep_course(content=make_content(slug=enrolment.slug))
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=enrolment.course_id).update(is_current=True)


def test_reading_keeps_the_first_moments_and_the_last_section() -> None:
    enrolment = make_enrolment(read=False)
    for day in range(3):
        mark_read(enrolment=enrolment, file="01-part.md", at=timezone.now() + timedelta(days=day))
    open_section(enrolment=enrolment, file="02-part.md", at=timezone.now())
    row = SectionProgress.objects.get(file="01-part.md")
    assert row.read_at
    assert row.read_at < timezone.now() + timedelta(hours=1)
    enrolment.refresh_from_db()
    assert enrolment.last_section == "02-part.md"
    assert [part.state for part in progress_of(enrolment.course, enrolment).parts] == ["met", "part"]


def test_a_note_changed_in_two_tabs_keeps_both_texts() -> None:
    enrolment, at = make_enrolment(read=False), timezone.now()
    first = save_note(enrolment=enrolment, file="01-part.md", text="from one", revision=0, at=at)
    assert (first.text, first.revision) == ("from one", 1)
    second = save_note(enrolment=enrolment, file="01-part.md", text="from two", revision=0, at=at)
    assert "from one" in second.text
    assert "from two" in second.text
    third = save_note(enrolment=enrolment, file="01-part.md", text="one only", revision=second.revision, at=at)
    assert (third.text, Note.objects.count()) == ("one only", 1)


def test_a_note_that_is_too_long_is_refused_and_the_old_one_stays() -> None:
    enrolment, at = make_enrolment(read=False), timezone.now()
    save_note(enrolment=enrolment, file="01-part.md", text="short", revision=0, at=at)
    with pytest.raises(Refusal, match="Shorten it"):
        save_note(enrolment=enrolment, file="01-part.md", text="x" * 20_001, revision=1, at=at)
    assert Note.objects.get().text == "short"


def test_the_test_opens_once_every_part_is_read() -> None:
    enrolment = make_enrolment(read=False)
    mark_read(enrolment=enrolment, file="01-part.md", at=timezone.now())
    with pytest.raises(Refusal, match="Still to read: Part 2"):
        start_test(enrolment=enrolment, at=timezone.now())
    mark_read(enrolment=enrolment, file="02-part.md", at=timezone.now())
    assert start_test(enrolment=enrolment, at=timezone.now()).number == 1


def test_a_whole_form_saves_only_what_changed() -> None:
    attempt = start_test(enrolment=make_enrolment(), at=timezone.now())
    given = right_answers(attempt)
    assert save_answers(attempt=attempt, given=given, at=timezone.now()) == 3
    assert save_answers(attempt=attempt, given=given, at=timezone.now()) == 0


def test_handing_in_after_time_counts_what_was_saved_before() -> None:
    attempt = start_test(enrolment=make_enrolment(course=make_course(make_content(minutes=30))), at=timezone.now())
    assert attempt.due_at
    done = hand_in(attempt=attempt, given=right_answers(attempt), at=attempt.due_at + timedelta(minutes=1))
    assert (done.score_percent, paper_of(done).answered) == (0, 0)


def test_completing_twice_awards_once() -> None:
    enrolment = completed()
    finish_course(enrolment=enrolment, answers=opinions(enrolment), at=timezone.now())
    complete_course(enrolment=enrolment, at=timezone.now())
    certificates = certificates_of(enrolment.person)
    (credit,) = ledger_of(enrolment.person)
    assert [certificate.number for certificate in certificates] == [enrolment.certificate_number]
    assert (credit.minutes, credit.certificate_number) == (60, enrolment.certificate_number)
    assert Evaluation.objects.count() == 1


def test_completion_waits_for_test_and_evaluation_and_keeps_nothing_in_half() -> None:
    enrolment = make_enrolment()
    with pytest.raises(Refusal, match="Pass the test first"):
        finish_course(enrolment=enrolment, answers=opinions(enrolment), at=timezone.now())
    with pytest.raises(Refusal, match="Pass the test first"):
        complete_course(enrolment=enrolment, at=timezone.now())
    pass_test(enrolment)
    with pytest.raises(Refusal, match="evaluation first"):
        complete_course(enrolment=enrolment, at=timezone.now())
    assert not certificates_of(enrolment.person)
    assert not ledger_of(enrolment.person)
    assert not Evaluation.objects.exists()


def test_taking_a_course_again_gives_a_new_certificate_and_keeps_the_old() -> None:
    person, course = make_person(), make_course()
    first = completed(person=person, course=course)
    second = completed(person=person, course=course)
    assert (second.occurrence, enrolment_for(person, course.slug)) == (2, second)
    assert {certificate.number for certificate in certificates_of(person)} == {first.certificate_number, second.certificate_number}
    assert len(ledger_of(person)) == 2


def test_a_course_finished_in_the_evening_is_dated_that_day_where_the_site_is() -> None:
    enrolment = make_enrolment()
    pass_test(enrolment)
    evening = (timezone.now() + timedelta(days=2)).astimezone(UTC).replace(hour=4)  # 8 or 9 in the evening before, in Los Angeles
    with timezone.override("America/Los_Angeles"):
        finish_course(enrolment=enrolment, answers=opinions(enrolment), at=evening)
    (certificate,), (credit,) = certificates_of(enrolment.person), ledger_of(enrolment.person)
    assert certificate.facts["completed_on"] == credit.completed_on.isoformat() == (evening - timedelta(days=1)).date().isoformat()
