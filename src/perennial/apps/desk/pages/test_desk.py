"""The desk of a provider."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk, make_draft

pytestmark = pytest.mark.django_db


def test_a_course_is_begun_put_away_and_brought_back(client: Client) -> None:
    person = make_person()
    provider = make_desk(person)
    client.force_login(person)
    home = reverse("desk:desk", args=[provider.slug])
    assert "No course yet" in client.get(home).content.decode()
    client.post(reverse("desk:begin", args=[provider.slug]), {"title": "Grief in practice"})
    names = [provider.slug, "grief-in-practice"]
    away = client.post(reverse("desk:put_away", args=names), follow=True).content.decode()
    assert "No course yet" in away
    assert "Put away (1)" in away
    assert "Put away (1)" not in client.post(reverse("desk:bring_back", args=names), follow=True).content.decode()


def test_somebody_elses_desk_is_not_there(client: Client) -> None:
    provider = make_desk()
    client.force_login(make_person())
    assert client.get(reverse("desk:desk", args=[provider.slug])).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    provider = make_desk(person)
    client.force_login(person)
    client.get(reverse("desk:desk", args=[provider.slug]))
    for number in range(3):
        make_draft(provider, person=person, title=f"Course {number}")
    with django_assert_num_queries(6):
        client.get(reverse("desk:desk", args=[provider.slug]))
