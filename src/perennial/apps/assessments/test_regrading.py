"""Correcting a key: every attempt scored again once, nobody worse off, and a trail of it."""

from typing import Any

import pytest
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.analysing import analysis_of, corrections_of
from perennial.apps.assessments.builders import make_attempt, make_item
from perennial.apps.assessments.models import Attempt, Bank, Item, KeyCorrection, Regrade
from perennial.apps.assessments.queries import paper_of, regrades_of
from perennial.apps.assessments.regrading import correct_key, preview, regrade
from perennial.apps.assessments.services import keep_bank, save_answer, submit_attempt
from perennial.core.scoring import EVERYONE
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
ITEMS = [make_item(number) for number in range(4)]


def bank(version: str = "1") -> Bank:
    return keep_bank(owner_key="course:corrected", version=version, items=ITEMS)


def taken(kept: Bank, place: int, right: int) -> Attempt:
    """An attempt with `right` questions answered rightly; question i00 is answered with the option at `place` of the bank."""
    attempt = make_attempt(bank=kept, ask=4)
    for question in paper_of(attempt).questions:
        wanted = place if question.item_id == "i00" else 0 if question.item_id <= f"i{right:02}" else 1
        key = next(choice.key for choice in question.choices if choice.place == wanted)
        save_answer(attempt=attempt, item_id=question.item_id, chosen=[key], at=timezone.now())
    return submit_attempt(attempt=attempt, at=timezone.now())


def correct(item: Item, key: dict[str, Any], reason: str = "The second is right.") -> list[KeyCorrection]:
    made = correct_key(item=item, key=key, reason=reason, by=make_person(), at=timezone.now())
    for correction in made:
        last: int | None = 0
        while last is not None:
            last, _ = regrade(correction=correction, after=last, at=timezone.now())
    return made


def test_who_answered_by_the_new_key_passes_and_who_passed_before_stays() -> None:
    old, new = bank("1"), bank("2")
    gains, keeps, other = taken(old, 1, 3), taken(old, 0, 3), taken(new, 1, 3)
    assert [(one.score_percent, one.passed) for one in (gains, keeps)] == [(75, False), (100, True)]
    item = Item.objects.get(bank=old, item_id="i00")
    found = preview(item=item, key={"places": [1]})
    assert (found.asked, found.raised, found.passing, found.lower) == (3, 2, 2, 1)
    made = correct(item, {"places": [1]})
    for one in (gains, keeps, other):
        one.refresh_from_db()
        assert (one.score_percent, one.passed) == (100, True)
    told = Regrade.objects.get(attempt=keeps)
    assert (told.percent_before, told.percent_by_key, told.passed_before, told.passed_after) == (100, 75, True, True)
    assert [grade.percent_before for grade in regrades_of(gains)] == [75]
    assert regrades_of(keeps) == []
    assert all(correction.done_at for correction in KeyCorrection.objects.all())
    trail = corrections_of(bank(), "i00")
    assert [(one.attempts, one.raised, one.passing, one.done) for one in trail] == [(3, 2, 2, True)]
    regrade(correction=made[0], after=0, at=timezone.now())
    assert Regrade.objects.count() == 3


def test_later_attempts_are_scored_by_the_key_that_stands_and_everyone_can_be_given_it() -> None:
    kept = bank()
    item = Item.objects.get(bank=kept, item_id="i00")
    correct(item, {"places": [1]})
    assert taken(kept, 1, 3).score_percent == 100
    item.refresh_from_db()
    wrong = taken(kept, 2, 3)
    assert wrong.score_percent == 75
    correct(item, dict(EVERYONE), "It is withdrawn.")
    wrong.refresh_from_db()
    assert wrong.passed
    assert [one.entry.before for one in corrections_of(bank(), "i00")] == [{"places": [1]}, {"places": [0]}]


def test_a_correction_says_why_and_changes_something() -> None:
    item = Item.objects.get(bank=bank(), item_id="i00")
    with pytest.raises(Refusal, match="Say why"):
        correct(item, {"places": [1]}, " ")
    with pytest.raises(Refusal, match="stands already"):
        correct(item, {"places": [0]})
    assert not KeyCorrection.objects.exists()


def test_the_analysis_rests_on_first_attempts_at_every_version(django_assert_num_queries: Any) -> None:
    old, new = bank("1"), bank("2")
    again = taken(old, 1, 0)
    submit_attempt(attempt=make_attempt(person=again.person, bank=old, ask=4), at=timezone.now())
    taken(new, 0, 3)
    with django_assert_num_queries(4):
        found = analysis_of(new)
    assert found.whole.attempts == 2
    assert [one.difficulty for _, _, one in found.items] == [0.5, 0.5, 0.5, 0.5]
    assert [use.share for use in found.items[0][2].options] == [0.5, 0.5, 0, 0]
