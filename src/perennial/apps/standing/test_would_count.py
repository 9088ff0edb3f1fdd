"""Whether a course would count for one's own licenses, with a number of queries that does not grow."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.providers.builders import make_approval, make_provider
from perennial.apps.standing.queries import DatedApproval, would_count
from perennial.core.rules import Credit

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
COURSE = Credit("new", "Ethics at the border", DAY, Decimal(6), "live_online", {"law_ethics": Decimal(2)}, ("ASWB_ACE",))


def test_every_license_of_the_person_is_answered_for_and_no_one_elses() -> None:
    mine, _ = make_license(), make_license(jurisdiction="TX")
    make_license(person=mine.person, jurisdiction="NY", number="7")
    found = would_count(mine.person, COURSE, day=DAY)
    assert {one.name for one in found.verdicts} == {"California LCSW", "New York LCSW"}
    assert {one.license.person_id for one in found.verdicts} == {mine.person.pk}


def test_each_answer_is_told_in_a_word_with_what_decides_and_its_source() -> None:
    license = make_license()
    (one,) = would_count(license.person, COURSE, day=DAY).verdicts
    assert (one.word, one.state, one.as_read) == ("Yes", "met", "")
    assert one.decides.startswith("“Law and ethics”: ")
    assert one.cited
    assert one.read == "November 2026"
    (stranger,) = would_count(license.person, Credit("new", "Grief", DAY, Decimal(1), "live_online"), day=DAY).verdicts
    assert (stranger.word, stranger.as_read) == ("Not known", "yes")


def test_nobody_is_answered_without_a_license() -> None:
    assert would_count(make_person(), COURSE, day=DAY).verdicts == ()


def test_a_license_without_a_rule_is_not_known() -> None:
    license = make_license(profession="other", credential="associate")
    (one,) = would_count(license.person, COURSE, day=DAY).verdicts
    assert (one.word, one.as_read, one.cited) == ("Not known", "", "")


def test_the_dates_on_record_of_a_provider_are_held_against_the_day() -> None:
    license = make_license()
    make_approval(provider=make_provider(name="Hill Institute"), body="ASWB_ACE", starts_on=date(2020, 1, 1), ends_on=DAY)
    (one,) = would_count(license.person, COURSE, provider="Hill Institute", day=DAY).verdicts
    assert (one.found.verdict, one.found.decider and one.found.decider.kind) == ("not_known", "lapsed")
    assert "lapsed on 24 November 2026" in one.found.lapsed
    told = [DatedApproval("ASWB_ACE", DAY)]
    assert would_count(license.person, COURSE, told, provider="Hill Institute", day=DAY).verdicts[0].found.verdict == "yes"
    assert would_count(license.person, COURSE, provider="Another", day=DAY).verdicts[0].found.verdict == "yes"


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    for number, state in enumerate(("CA", "TX", "NY", "FL")):
        make_license(person=person, jurisdiction=state, number=str(number))
        make_credit(person=person, title=f"Course {number}")
        with django_assert_num_queries(6):
            would_count(person, COURSE, provider="Hill Institute", day=DAY)


def test_it_is_told_to_programs_as_plain_values() -> None:
    license = make_license()
    told = would_count(license.person, COURSE, day=DAY).as_plain()
    assert (told["title"], told["on"]) == ("Ethics at the border", "2026-11-25")
    (one,) = told["licenses"]
    assert (one["license"], one["verdict"], one["counted"], one["of"]) == (license.pk, "yes", 6, 6)
    assert one["decider"]["source"]["cite"]
