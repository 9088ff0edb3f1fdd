"""The list of one's appraisals."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.builders import answer_all, make_appraisal, make_pair
from perennial.apps.works.builders import make_notice, make_work

pytestmark = pytest.mark.django_db
ADDRESS = reverse("appraisals:appraisals")


def test_without_any_it_says_how_to_begin(client: Client) -> None:
    client.force_login(make_person())
    assert "Nothing appraised yet" in client.get(ADDRESS).content.decode()


def test_it_lists_what_is_begun_finished_and_rated_by_two(client: Client) -> None:
    person = make_person()
    make_pair(first=person)
    make_appraisal(person=person, work=make_work(title="Begun one"))
    answer_all(make_appraisal(person=person, work=make_work(title="Finished one")))
    retracted = make_work(title="Withdrawn one")
    make_notice(work=retracted)
    make_appraisal(person=person, work=retracted)
    make_appraisal(work=make_work(title="Somebody else's"))
    client.force_login(person)
    text = client.get(ADDRESS).content.decode()
    assert all(words in text for words in ("Begun one", "0 of 13 questions answered", "Finished one", "Rated by two", "Retracted"))
    assert "Somebody else" not in text


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    client.force_login(person)
    client.get(ADDRESS)
    for count in (1, 4):
        for place in range(count):
            make_appraisal(person=person, work=make_work(title=f"Work {count} {place}"))
        with django_assert_num_queries(6):  # session, person, appraisals, answers, notices, pairs
            client.get(ADDRESS)
