"""What a plan may choose from."""

from datetime import date
from decimal import Decimal

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_course
from perennial.apps.plans.builders import make_candidate, make_facts
from perennial.apps.plans.choices import Choice, choices_of, credit_of, offer_of, offered
from perennial.apps.plans.facts import ToldApproval
from perennial.core.values import Refusal


@pytest.mark.django_db
def test_the_library_is_free_and_candidates_stand_beside_it() -> None:
    person = make_person()
    course, own = make_course(), make_candidate(person=person)
    found = choices_of(person).by_id
    assert set(found) == {f"library:{course.slug}", f"own:{own.pk}"}
    assert found[f"library:{course.slug}"].facts.price_cents == 0


def test_a_credit_names_only_approvals_that_hold_on_its_day() -> None:
    facts = make_facts(approvals=(ToldApproval("APA", "", None, date(2027, 1, 31)), ToldApproval("ACA", "", date(2027, 2, 1), None)))
    assert credit_of(facts, "x", date(2027, 1, 31)).approvals == ("APA",)
    assert credit_of(facts, "x", date(2027, 2, 1)).approvals == ("ACA",)


def test_an_offer_says_what_was_told() -> None:
    offer = offer_of(Choice("own", "1", make_facts(takes_minutes=400, ends_on=date(2027, 2, 21))))
    assert (offer.id, offer.hours, offer.topics["ethics"], offer.price_cents, offer.minutes) == ("own:1", Decimal(6), Decimal(2), 9900, 400)
    assert offer.on == date(2027, 2, 21)


def test_an_offer_without_a_price_cannot_be_compared() -> None:
    with pytest.raises(Refusal, match="price_cents"):
        offered(make_facts(price_cents=None), 3)
