"""Two at the same time, on connections of their own: corrections come one after the other, and no attempt slips past its regrade."""

import pytest
from django.db import connection
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.builders import make_attempt, make_item
from perennial.apps.assessments.models import Item, KeyCorrection, Regrade
from perennial.apps.assessments.queries import question_of
from perennial.apps.assessments.regrading import correct_key, regrade
from perennial.apps.assessments.services import keep_bank, save_answer, submit_attempt
from perennial.core.values import Refusal
from perennial.tables.builders import at_once

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a table in memory is shared without waiting"),
    pytest.mark.django_db(transaction=True),
]


def question() -> Item:
    """A question of a bank of four."""
    bank = keep_bank(owner_key="course:at-once", version="1", items=[make_item(number) for number in range(4)])
    return Item.objects.select_related("bank").get(bank=bank, item_id="i00")


def test_of_two_same_corrections_the_second_is_refused() -> None:
    item, person = question(), make_person()

    def correct() -> list[KeyCorrection]:
        return correct_key(item=item, key={"places": [1]}, reason="The second is right.", by=person, at=timezone.now())

    with pytest.raises(Refusal, match="stands already"):
        at_once(correct, correct)
    assert KeyCorrection.objects.count() == 1


def test_an_attempt_that_is_being_handed_in_while_its_key_is_corrected_is_scored_again() -> None:
    item, person = question(), make_person()
    attempt = make_attempt(bank=item.bank, ask=4)
    save_answer(attempt=attempt, item_id="i00", chosen=[letter_of(attempt.seed, item)], at=timezone.now())

    def correct() -> None:
        (made,) = correct_key(item=item, key={"places": [1]}, reason="The second is right.", by=person, at=timezone.now())
        assert regrade(correction=made, after=0, at=timezone.now()) == (None, [])

    at_once(lambda: submit_attempt(attempt=attempt, at=timezone.now()), correct)
    attempt.refresh_from_db()
    assert attempt.score_percent == 25
    assert Regrade.objects.get(attempt=attempt).percent_before == 0


def letter_of(seed: int, item: Item) -> str:
    """The letter under which an attempt of this seed shows the second option."""
    return next(choice.key for choice in question_of(seed, 0, item, None).choices if choice.place == 1)
