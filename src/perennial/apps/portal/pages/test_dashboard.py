"""The dashboard: what is missing, what to do next, with a number of queries that does not grow."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.shelf import shelf_now
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license

pytestmark = pytest.mark.django_db
QUERIES = 10  # session, person, licenses, ledger (2), attributes, duties, enrolments, courses, notices


def text(client: Client) -> str:
    return client.get(reverse("portal:dashboard")).content.decode()


def test_it_needs_signing_in(client: Client) -> None:
    assert client.get(reverse("portal:dashboard")).status_code == 302


def test_without_a_license_it_offers_to_add_one(client: Client) -> None:
    client.force_login(make_person())
    assert "No license yet" in text(client)


def test_a_license_shows_its_dial_what_is_missing_and_the_next_step(client: Client) -> None:
    license = make_license()
    make_credit(person=license.person, minutes=180, topics={"law_ethics": 120})
    client.force_login(license.person)
    page = text(client)
    assert "33 CE hours to find" in page
    assert "3 of 36 hours counted" in page
    assert "<b>3</b> of 36 h" in page, "each line tells what counts, not only what is asked"
    assert "<b>2</b> of 6 h" in page
    assert "Next:" in page
    assert f'href="{reverse("licenses:list")}"' in page
    assert reverse("portal:requirement", args=[license.pk]) in page


def test_another_persons_licenses_and_credits_are_not_on_it(client: Client) -> None:
    theirs = make_license(number="THEIRS-1")
    make_credit(person=theirs.person, title="Their own course")
    client.force_login(make_person())
    page = text(client)
    assert "Their own course" not in page
    assert "No license yet" in page


def test_a_period_that_has_ended_asks_for_the_new_date(client: Client) -> None:
    license = make_license(expires_on=timezone.localdate() - timedelta(days=3))
    client.force_login(license.person)
    page = text(client)
    assert "This period has ended" in page
    assert reverse("licenses:edit", args=[license.pk]) in page


def test_a_license_without_a_rule_offers_an_own_list(client: Client) -> None:
    license = make_license(profession="other", credential="LMSW")
    client.force_login(license.person)
    assert "Enter your own list" in text(client)


def test_an_own_list_says_that_it_is_one(client: Client) -> None:
    own = [{"name": "Hours in all", "hours": "10"}]
    license = make_license(profession="other", credential="LMSW", own_requirements=own)
    client.force_login(license.person)
    assert "By your own list." in text(client)


@pytest.mark.parametrize(("licenses", "credits"), [(1, 1), (5, 1), (1, 60), (5, 60)])
def test_the_number_of_queries_is_constant(
    client: Client, licenses: int, credits: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = make_person()
    for number in range(licenses):
        make_license(person=person, number=str(number))
    for _ in range(credits):
        make_credit(person=person)
    client.force_login(person)
    shelf_now()  # what is offered is read once, not for each page
    with django_assert_num_queries(QUERIES):
        assert client.get(reverse("portal:dashboard")).status_code == 200


def test_a_license_that_waits_for_an_answer_is_never_called_complete(client: Client) -> None:
    license = make_license(jurisdiction="TX", renewal_number=3)
    for topics in ({"ethics": 360}, {"cultural_competence": 360}, {}):
        make_credit(person=license.person, minutes=900, topics=topics, approvals=["ASWB_ACE"], format="live_in_person")
    client.force_login(license.person)
    page = client.get(reverse("portal:dashboard")).content.decode()
    assert "Texas LCSW: one answer, and we can say where it stands" in page
    assert "Answer a question that your rule asks: Do you supervise" in page
    assert "All in place" not in page
    assert "Nothing is missing" not in page
