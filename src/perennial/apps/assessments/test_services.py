"""Attempts: one open at a time, answers kept, handed in once, scored exactly."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.builders import make_attempt, make_bank, make_item
from perennial.apps.assessments.models import Answer, Attempt, Bank, Evaluation, Item
from perennial.apps.assessments.queries import paper_of
from perennial.apps.assessments.services import keep_bank, save_answer, submit_attempt, submit_evaluation
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def answer_rightly(attempt: Attempt, *, all_but: int = 0) -> None:
    questions = paper_of(attempt).questions
    for question in questions[: len(questions) - all_but]:
        keys = [choice.key for choice in question.choices if choice.correct]
        save_answer(attempt=attempt, item_id=question.item_id, chosen=keys, at=timezone.now())


def wrong_key(attempt: Attempt, item_id: str) -> str:
    question = next(question for question in paper_of(attempt).questions if question.item_id == item_id)
    return next(choice.key for choice in question.choices if not choice.correct)


def test_the_same_version_is_kept_once() -> None:
    first = keep_bank(owner_key="course:one", version="abc", items=[make_item(1)])
    assert keep_bank(owner_key="course:one", version="abc", items=[make_item(1)]) == first
    assert Bank.objects.count() == Item.objects.count() == 1


def test_starting_twice_gives_the_same_open_attempt() -> None:
    person, bank = make_person(), make_bank()
    assert make_attempt(person=person, bank=bank) == make_attempt(person=person, bank=bank)
    assert Attempt.objects.count() == 1


def test_the_table_allows_no_second_open_attempt() -> None:
    attempt = make_attempt()
    attempt.pk, attempt.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)


def test_the_last_choice_holds_and_stands_once() -> None:
    attempt = make_attempt(ask=1, bank=keep_bank(owner_key="x", version="1", items=[make_item(1)]))
    save_answer(attempt=attempt, item_id="i01", chosen=["a"], at=timezone.now())
    save_answer(attempt=attempt, item_id="i01", chosen=["b"], at=timezone.now())
    assert Answer.objects.count() == 1
    assert paper_of(attempt).saved == {"i01": ["b"]}


def test_a_question_of_several_takes_none_one_or_many_and_others_exactly_one() -> None:
    several = make_attempt(bank=keep_bank(owner_key="m", version="1", items=[make_item(1, kind="multiple")]))
    for keys in (["a", "b"], ["c"], []):
        save_answer(attempt=several, item_id="i01", chosen=keys, at=timezone.now())
        assert paper_of(several).questions[0].chosen_keys == keys
    single = make_attempt(bank=keep_bank(owner_key="s", version="1", items=[make_item(1)]))
    for keys in ([], ["a", "b"]):
        with pytest.raises(Refusal, match="Choose one option"):
            save_answer(attempt=single, item_id="i01", chosen=keys, at=timezone.now())
    with pytest.raises(Refusal, match="no such option"):
        save_answer(attempt=single, item_id="i01", chosen=["z"], at=timezone.now())
    with pytest.raises(Refusal, match="not part of your test"):
        save_answer(attempt=single, item_id="i99", chosen=["a"], at=timezone.now())


@pytest.mark.parametrize(("wrong", "score", "passed"), [(0, 100, True), (1, 80, True), (2, 60, False), (5, 0, False)])
def test_an_attempt_passes_at_the_mark_and_not_below(wrong: int, score: int, passed: bool) -> None:
    attempt = make_attempt(ask=5)
    answer_rightly(attempt, all_but=wrong)
    done = submit_attempt(attempt=attempt, at=timezone.now())
    assert (done.score_percent, done.passed) == (score, passed)


def test_a_percentage_is_never_rounded_up_to_the_mark() -> None:
    attempt = make_attempt(ask=6)
    answer_rightly(attempt, all_but=1)  # 83.3
    Attempt.objects.update(pass_percent=84)
    done = submit_attempt(attempt=attempt, at=timezone.now())
    assert (done.score_percent, done.passed) == (83, False)


def test_handing_in_twice_changes_nothing_and_answers_then_stand() -> None:
    attempt = make_attempt()
    answer_rightly(attempt)
    first = submit_attempt(attempt=attempt, at=timezone.now())
    again = submit_attempt(attempt=attempt, at=timezone.now() + timedelta(hours=1))
    assert (again.submitted_at, again.score_percent) == (first.submitted_at, 100)
    before = paper_of(attempt).saved
    with pytest.raises(Refusal, match="handed in"):
        save_answer(attempt=attempt, item_id=attempt.drawn[0], chosen=[wrong_key(attempt, attempt.drawn[0])], at=timezone.now())
    assert paper_of(attempt).saved == before


def test_after_its_time_answers_are_refused_and_what_was_saved_counts() -> None:
    attempt = make_attempt(minutes=30)
    answer_rightly(attempt)
    assert attempt.due_at
    with pytest.raises(Refusal, match="time for this test is over"):
        save_answer(attempt=attempt, item_id=attempt.drawn[0], chosen=["a"], at=attempt.due_at)
    assert submit_attempt(attempt=attempt, at=attempt.due_at).score_percent == 100


def test_starting_after_time_closes_the_old_attempt_and_opens_the_next() -> None:
    person, bank = make_person(), make_bank()
    old = make_attempt(person=person, bank=bank, minutes=30)
    Attempt.objects.update(started_at=timezone.now() - timedelta(hours=2), due_at=timezone.now() - timedelta(hours=1))
    new = make_attempt(person=person, bank=bank, minutes=30)
    old.refresh_from_db()
    assert (old.passed, new.number) == (False, 2)


def test_a_retake_asks_what_was_not_asked() -> None:
    person, bank = make_person(), make_bank(items=6)
    first = submit_attempt(attempt=make_attempt(person=person, bank=bank, ask=3), at=timezone.now())
    second = make_attempt(person=person, bank=bank, ask=3)
    assert not set(first.drawn) & set(second.drawn)


def test_a_passed_test_is_not_taken_again() -> None:
    person, bank = make_person(), make_bank()
    attempt = make_attempt(person=person, bank=bank)
    answer_rightly(attempt)
    submit_attempt(attempt=attempt, at=timezone.now())
    with pytest.raises(Refusal, match="passed this test already"):
        make_attempt(person=person, bank=bank)


def test_the_first_evaluation_stands() -> None:
    person = make_person()
    for says in ("first", "second"):
        submit_evaluation(person=person, purpose_key="p", answers={"comment": says}, at=timezone.now())
    assert Evaluation.objects.get().answers == {"comment": "first"}
