"""The record's page."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import AT, make_award, make_credit
from perennial.apps.credits.services import withdraw_entry

pytestmark = pytest.mark.django_db


def test_an_empty_record_says_how_to_begin(client: Client) -> None:
    client.force_login(make_person())
    page = client.get("/record/").content.decode()
    assert "Nothing here yet" in page
    assert 'href="/record/add"' in page


def test_totals_are_ce_hours_of_what_counts(client: Client) -> None:
    person = make_person()
    make_credit(person=person, minutes=90)
    make_award(person=person, minutes=60)
    withdraw_entry(entry=make_credit(person=person, minutes=600), reason="Twice", at=AT)
    client.force_login(person)
    shown = client.get("/record/").context["page"]
    assert (shown.minutes, shown.own, shown.ours) == (150, 90, 60)
    assert len(shown.withdrawn) == 1


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["B", "A"]),
        ("?year=2025", ["A"]),
        ("?topic=law", ["B"]),
        ("?year=2025&topic=law", []),
        ("?year=abc", ["B", "A"]),
        ("?year=1999&topic=none", ["B", "A"]),
    ],
)
def test_a_year_and_a_topic_choose_rows(client: Client, query: str, titles: list[str]) -> None:
    person = make_person()
    make_credit(person=person, title="A", completed_on=date(2025, 5, 1), topics={"ethics": 60})
    make_credit(person=person, title="B", completed_on=date(2026, 5, 1), topics={"law": 60})
    client.force_login(person)
    assert [row.credit.title for row in client.get(f"/record/{query}").context["page"].rows] == titles


def test_the_number_of_queries_does_not_grow_with_the_record(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    for _ in range(5):
        make_credit(person=person)
    client.force_login(person)
    with django_assert_num_queries(4):  # session, person, entries, proofs
        client.get("/record/")


def test_no_one_sees_the_record_of_another(client: Client) -> None:
    make_credit(title="Private matter")
    client.force_login(make_person())
    assert "Private matter" not in client.get("/record/").content.decode()


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/record/").headers["Location"].startswith("/account/login/")
