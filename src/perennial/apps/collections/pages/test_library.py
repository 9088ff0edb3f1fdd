"""The pages of one's own library."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.collections.builders import make_kept

pytestmark = pytest.mark.django_db
LIBRARY = "collections:library"


def test_an_empty_library_says_what_to_do(client: Client) -> None:
    client.force_login(make_person())
    assert "Import a file" in client.get(reverse(LIBRARY)).content.decode()


def test_queries_do_not_grow_with_works(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    for _ in range(8):
        make_kept(person=person)
    client.force_login(person)
    with django_assert_max_num_queries(9):
        client.get(reverse(LIBRARY))
