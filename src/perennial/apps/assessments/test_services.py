"""Attempts: one open at a time, answers kept, handed in once, scored exactly."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.builders import ALL_KINDS, make_attempt, make_bank, make_item
from perennial.apps.assessments.models import Answer, Attempt, Bank, Evaluation, Item
from perennial.apps.assessments.queries import Question, export_of, is_over, paper_of
from perennial.apps.assessments.services import (
    MOST_BREAKS,
    Asked,
    Needs,
    TestRules,
    keep_bank,
    pause_attempt,
    resume_attempt,
    save_answer,
    start_attempt,
    submit_attempt,
    submit_evaluation,
)
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


WRITTEN = {"numeric": "2,45 mg", "reflection": "My step."}


def sent_for(question: Question) -> list[str]:
    """The right answer as a page sends it."""
    if question.kind == "matching":
        letters = {words: key for key, words in question.offers}
        return [letters[row.answer] for row in question.rows]
    if question.kind == "ordering":
        return [row.answer for row in question.rows]
    if question.choices:
        return [choice.key for choice in question.choices if choice.correct]
    return [WRITTEN[question.kind]]


def test_every_kind_is_saved_marked_and_read_again() -> None:
    items = [make_item(number, kind=kind) for number, kind in enumerate(ALL_KINDS)]
    attempt = make_attempt(bank=keep_bank(owner_key="kinds", version="1", items=items), ask=6)
    for question in paper_of(attempt).questions:
        save_answer(attempt=attempt, item_id=question.item_id, chosen=sent_for(question), at=timezone.now())
    paper = paper_of(attempt)
    assert paper.saved == {question.item_id: sent_for(question) for question in paper.questions}
    assert (paper.asked, paper.scored, paper.right, paper.answered) == (7, 6, 6, 7)
    assert paper.questions[-1].kind == "reflection"
    done = submit_attempt(attempt=attempt, at=timezone.now())
    assert (done.score_percent, done.passed) == (100, True)


def test_partly_answered_rows_are_kept_and_not_right() -> None:
    attempt = make_attempt(bank=keep_bank(owner_key="rows", version="1", items=[make_item(1, kind="ordering")]), ask=1)
    save_answer(attempt=attempt, item_id="i01", chosen=["1", "", "2"], at=timezone.now())
    (question,) = paper_of(attempt).questions
    assert (question.chosen_keys, question.answered, question.right) == (["1", "", "2"], True, False)
    for wrong in (["1"], ["1", "2", "9"], ["a", "b", "c"]):
        with pytest.raises(Refusal, match="3 rows"):
            save_answer(attempt=attempt, item_id="i01", chosen=wrong, at=timezone.now())
    assert paper_of(attempt).saved == {"i01": ["1", "", "2"]}


def test_what_is_no_number_is_kept_as_written_and_not_right() -> None:
    attempt = make_attempt(bank=keep_bank(owner_key="number", version="1", items=[make_item(1, kind="numeric")]), ask=1)
    save_answer(attempt=attempt, item_id="i01", chosen=["two and a half"], at=timezone.now())
    (question,) = paper_of(attempt).questions
    assert (question.text, question.unreadable, question.right) == ("two and a half", True, False)


def test_pretest_questions_are_never_in_the_test_and_reflections_are_asked_once() -> None:
    items = [make_item(1), make_item(2, pretest=True), make_item(3, kind="reflection"), make_item(4)]
    bank, person = keep_bank(owner_key="pre", version="1", items=items), make_person()
    first = submit_attempt(attempt=make_attempt(person=person, bank=bank, ask=9), at=timezone.now())
    assert sorted(first.drawn) == ["i01", "i03", "i04"]
    assert sorted(make_attempt(person=person, bank=bank, ask=9).drawn) == ["i01", "i04"]
    before = start_attempt(person=person, bank=bank, purpose_key="before", rules=TestRules(9, 0, asked=Asked.PRETEST), at=timezone.now())
    assert before.drawn == ["i02"]


def test_a_break_stops_the_clock_a_bounded_number_of_times() -> None:
    now, minutes = timezone.now(), timedelta(minutes=1)
    rules = TestRules(3, 80, 10, needs=Needs(time="half_more", breaks=True))
    attempt = start_attempt(person=make_person(), bank=make_bank(), purpose_key="p", rules=rules, at=now)
    assert attempt.due_at == now + 15 * minutes
    for number in range(MOST_BREAKS):
        attempt = pause_attempt(attempt=attempt, at=now + minutes)
        with pytest.raises(Refusal, match="in a break"):
            save_answer(attempt=attempt, item_id=attempt.drawn[0], chosen=["a"], at=now + 2 * minutes)
        assert not is_over(attempt, now + 500 * minutes)
        attempt = resume_attempt(attempt=attempt, at=now + 11 * minutes)
        assert attempt.due_at == now + (25 + 10 * number) * minutes
    with pytest.raises(Refusal, match="no breaks left"):
        pause_attempt(attempt=attempt, at=now + minutes)
    assert (
        start_attempt(
            person=make_person(), bank=attempt.bank, purpose_key="q", rules=TestRules(3, 80, 10, needs=Needs("unlimited")), at=now
        ).due_at
        is None
    )


def test_an_export_names_each_question_by_its_own_bank() -> None:
    person, banks = make_person(), []
    for course in ("one", "two"):
        item = replace(make_item(0), stem=f"Asked in {course}?")
        banks.append(keep_bank(owner_key=f"course:{course}", version="1", items=[item]))
    for bank in banks:
        rules = TestRules(1, 80)
        attempt = start_attempt(person=person, bank=bank, purpose_key=bank.owner_key, rules=rules, at=timezone.now())
        save_answer(attempt=attempt, item_id="i00", chosen=["a"], at=timezone.now())
    told = {attempt["purpose"]: [answer["stem"] for answer in attempt["answers"]] for attempt in export_of(person)["attempts"]}
    assert told == {"course:one": ["Asked in one?"], "course:two": ["Asked in two?"]}
