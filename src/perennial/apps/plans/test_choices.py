"""What a plan may choose from."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_content, make_course
from perennial.apps.courses.services import publish_course
from perennial.apps.plans.builders import make_candidate, make_facts
from perennial.apps.plans.choices import Choice, choices_of, credit_of, offer_of, offered
from perennial.apps.plans.facts import ToldApproval
from perennial.apps.providers.builders import make_approval, make_provider
from perennial.apps.providers.services import ApprovalFacts, enter_approval
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


def of_a_provider(*, is_sample: bool) -> tuple[Choice, date]:
    """The choice of a course that a provider with one approval offers, published for that approval's body."""
    provider = make_provider(name="Meadow Seminar", is_sample=is_sample)
    for slug in ("APA", "ASWB_ACE"):  # the course is published for one of them
        facts = ApprovalFacts(slug, "7", "A statement.", date(2026, 1, 1), date(2027, 2, 1))
        enter_approval(provider=provider, facts=facts, person=make_person(), at=timezone.now())
    course = publish_course(content=make_content(), provider=provider.slug, listed=True, bodies=["APA"])
    return choices_of(make_person()).by_id[f"library:{course.slug}"], date(2027, 1, 31)


@pytest.mark.django_db
def test_a_course_stands_under_its_own_provider_with_approvals_of_the_day() -> None:
    choice, last = of_a_provider(is_sample=False)
    assert choice.facts.provider_name == "Meadow Seminar"
    assert credit_of(choice.facts, "x", last).approvals == ("APA",)
    assert credit_of(choice.facts, "x", date(2027, 2, 1)).approvals == ()
    (approval,) = offer_of(choice).approvals
    assert approval.holds(last)
    assert not approval.holds(date(2027, 2, 1))


@pytest.mark.django_db
def test_another_courses_approval_and_one_made_up_count_nowhere() -> None:
    make_approval(body="ACA")  # of somebody else
    library = make_course()
    assert choices_of(make_person()).by_id[f"library:{library.slug}"].facts.approvals == ()
    assert of_a_provider(is_sample=True)[0].facts.approvals == ()


@pytest.mark.django_db
def test_more_providers_ask_no_more_queries(django_assert_num_queries: Any) -> None:
    person = make_person()
    choices_of(person)  # the shelf is read
    for _ in range(3):
        make_approval()
    with django_assert_num_queries(5):
        choices_of(person)
