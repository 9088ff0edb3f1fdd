"""Appraising: answers are kept one by one, finished is locked, two raters stay blind, and time is counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.builders import answer_all, make_appraisal, make_pair
from perennial.apps.appraisals.library import examples
from perennial.apps.appraisals.models import Answer, GymTry
from perennial.apps.appraisals.pairing import appraisals_in, compared
from perennial.apps.appraisals.queries import answers_of, appraisals_of, export_of, find_works, form_in, told_in
from perennial.apps.appraisals.services import (
    Words,
    agree_on,
    correct_appraisal,
    end_share,
    finish_appraisal,
    finished_minutes,
    join_pairing,
    practice,
    save_answer,
    save_clients,
    save_said,
    share_appraisal,
    start_appraisal,
    start_pairing,
)
from perennial.apps.notices.queries import notices_of
from perennial.apps.works.builders import make_work
from perennial.core.appraisal import Told
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
AT = timezone.now()


def test_starting_twice_goes_on_with_the_same_one() -> None:
    one = make_appraisal()
    assert start_appraisal(person=one.person, work=one.work, design="randomized_trial", at=AT) == one
    with pytest.raises(Refusal, match="Choose the form"):
        start_appraisal(person=one.person, work=one.work, design="tarot", at=AT)


def test_every_answer_is_kept_and_the_last_one_stands() -> None:
    one = make_appraisal()
    for said in ("yes", "yes", "no"):
        save_answer(appraisal=one, item="chance", said=said, words=Words(page="3"), at=AT)
    assert [row.said for row in Answer.objects.filter(appraisal=one)] == ["yes", "no"]
    assert answers_of(one)["chance"].said == "no"
    for item, said in (("chance", "perhaps"), ("nothing", "yes")):
        with pytest.raises(Refusal, match="five answers"):
            save_answer(appraisal=one, item=item, said=said, words=Words(), at=AT)
    with pytest.raises(Refusal, match="more than 600"):
        save_answer(appraisal=one, item="chance", said="no", words=Words(note="x" * 601), at=AT)


def test_a_finished_appraisal_is_locked_and_corrected_by_a_new_version() -> None:
    one = make_appraisal()
    with pytest.raises(Refusal, match="12 more"):
        finish_appraisal(appraisal=one, at=AT)
    done = answer_all(one)
    with pytest.raises(Refusal, match="stays as it is"):
        save_answer(appraisal=one, item="chance", said="no", words=Words(), at=AT)
    with pytest.raises(Refusal, match="stays as it is"):
        save_said(appraisal=one, said="Well.")
    new = correct_appraisal(appraisal=done, at=done.finished_at or AT)
    assert correct_appraisal(appraisal=done, at=AT) == new
    assert (new.number, answers_of(new)["chance"].said, finished_minutes(new)) == (2, "yes", None)
    save_answer(appraisal=new, item="chance", said="no", words=Words(), at=AT)
    assert answers_of(done)["chance"].said == "yes"
    assert [row.appraisal.pk for row in appraisals_of(one.person)] == [new.pk]


def test_minutes_run_from_the_first_answer_to_the_last_without_long_gaps() -> None:
    one = make_appraisal()
    answer_all(one, at=AT)
    one.refresh_from_db()
    assert finished_minutes(one) == 12
    other = make_appraisal()
    save_answer(appraisal=other, item="chance", said="yes", words=Words(), at=AT - timedelta(hours=5))
    assert finished_minutes(answer_all(other, at=AT)) == 12


def test_neither_rater_is_compared_or_shown_until_both_have_finished() -> None:
    pairing, mine, theirs = make_pair()
    done = answer_all(mine, but={"chance": "no"})
    assert compared(pairing, appraisals_in(pairing)) is None
    for refused in (
        lambda: share_appraisal(appraisal=done, email="", at=AT),
        lambda: correct_appraisal(appraisal=done, at=AT),
        lambda: agree_on(pairing=pairing, person=done.person, item="chance", said="no", reason="So.", at=AT),
    ):
        with pytest.raises(Refusal):
            refused()
    assert not notices_of(done.person)
    answer_all(theirs)
    assert [one.link for one in notices_of(done.person)] == [f"/appraisals/pairs/{pairing.pk}/"]
    assert not notices_of(theirs.person)
    pairing.refresh_from_db()
    both = compared(pairing, appraisals_in(pairing))
    assert both is not None
    assert (both.agreement.items, both.agreement.alike, [one.item for one in both.differences]) == (13, 12, ["chance"])
    agreed = agree_on(pairing=pairing, person=done.person, item="chance", said="no", reason="File numbers, page 3.", at=AT)
    assert agree_on(pairing=pairing, person=theirs.person, item="chance", said="no", reason="File numbers, page 3.", at=AT) == agreed
    with pytest.raises(Refusal, match="reason is missing"):
        agree_on(pairing=pairing, person=done.person, item="chance", said="yes", reason=" ", at=AT)
    with pytest.raises(Refusal, match="differently"):
        agree_on(pairing=pairing, person=done.person, item="alike", said="yes", reason="So.", at=AT)


def test_a_pair_has_two_people_and_no_more() -> None:
    pairing, mine, theirs = make_pair()
    assert join_pairing(pairing=pairing, person=theirs.person, at=AT) == theirs
    for person, says in ((mine.person, "first rater"), (make_person(), "two raters already")):
        with pytest.raises(Refusal, match=says):
            join_pairing(pairing=pairing, person=person, at=AT)
    assert start_pairing(appraisal=mine, at=AT) == pairing


def test_what_was_shown_to_others_is_not_rated_by_two() -> None:
    done = answer_all(make_appraisal())
    with pytest.raises(Refusal, match="not an e-mail"):
        share_appraisal(appraisal=done, email="nobody", at=AT)
    share = share_appraisal(appraisal=done, email="Ana@Example.org", at=AT)
    assert share_appraisal(appraisal=done, email="ana@example.org", at=AT) == share
    end_share(appraisal=done, pk=share.pk, at=AT)
    with pytest.raises(Refusal, match="shown to others"):
        start_pairing(appraisal=done, at=AT)


def test_clients_are_compared_also_after_the_end() -> None:
    done = answer_all(make_appraisal())
    save_clients(appraisal=done, told={"age": Told("18 to 65", "70 to 90"), "sex": Told(), "nothing": Told("a", "b")}, at=AT)
    assert told_in(done) == {"age": Told("18 to 65", "70 to 90", "")}


def test_the_export_holds_every_answer_and_nothing_of_the_other_rater() -> None:
    pairing, mine, theirs = make_pair()
    save_answer(appraisal=mine, item="chance", said="yes", words=Words(note="Mine."), at=AT)
    save_answer(appraisal=theirs, item="chance", said="no", words=Words(note="Theirs."), at=AT)
    found = export_of(mine.person)
    assert [one["note"] for one in found["appraisals"][0]["answers"]] == ["Mine."]
    assert found["appraisal_pairs"][0]["id"] == pairing.pk
    assert "Theirs." not in str(found)


def test_works_are_found_by_doi_pubmed_number_and_title() -> None:
    work = make_work(title="Walking for low mood")
    assert find_works(f"https://doi.org/{work.doi}") == find_works(work.pmid) == find_works("mood walking") == [work]
    assert find_works("a b") == find_works("") == find_works("10.1000/none") == []


def test_tries_in_the_gym_are_kept_as_given() -> None:
    person = make_person()
    example = next(one for one in examples() if one.id == "cohort-yoga")
    assert not practice(person=person, example=example, item="followed", said="yes", at=AT).right
    assert practice(person=person, example=example, item="followed", said="no", at=AT).right
    with pytest.raises(Refusal):
        practice(person=person, example=example, item="missing", said="no", at=AT)
    assert GymTry.objects.filter(person=person).count() == 2
    assert form_in(make_appraisal().form).title == "Randomized trial"
