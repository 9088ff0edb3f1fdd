"""What was answered is not changed, not even past the services."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from perennial.apps.appraisals.builders import answer_all, make_pair
from perennial.apps.appraisals.library import examples
from perennial.apps.appraisals.models import Answer, Consensus, GymTry
from perennial.apps.appraisals.services import agree_on, practice

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_database_refuses_to_change_an_answer() -> None:
    pairing, mine, theirs = make_pair()
    answer_all(mine, but={"chance": "no"})
    answer_all(theirs)
    pairing.refresh_from_db()
    agree_on(pairing=pairing, person=mine.person, item="chance", said="no", reason="So.", at=timezone.now())
    example = examples()[0]
    practice(person=mine.person, example=example, item=example.keys[0].item, said="no", at=timezone.now())
    for model in (Answer, Consensus, GymTry):
        with pytest.raises(IntegrityError, match="never changed"):
            model.objects.update(said="yes")
        assert model.objects.filter(said="no").exists()
