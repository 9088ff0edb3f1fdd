"""The practice gym."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.library import examples
from perennial.apps.appraisals.services import practice

pytestmark = pytest.mark.django_db


def test_it_shows_how_one_stands_by_kind_of_question(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    client.force_login(person)
    address = reverse("appraisals:gym")
    assert "Not tried yet" in client.get(address).content.decode()
    example = examples()[0]
    for key in example.keys:
        practice(person=person, example=example, item=key.item, said="not_applicable", at=timezone.now())
    with django_assert_num_queries(3):  # session, person, tries
        text = client.get(address).content.decode()
    assert "to look at again" in text
    assert "made up for practice" in text
