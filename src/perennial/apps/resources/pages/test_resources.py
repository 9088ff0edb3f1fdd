"""The list of outside resources."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.resources.loading import load
from perennial.apps.resources.models import Resource

pytestmark = pytest.mark.django_db


def test_really_free_is_course_and_certificate(client: Client) -> None:
    load(lambda line: None)
    found = client.get(reverse("resources:resources"), {"free": "1"}).context["page"].found
    assert found
    assert {(one.course, one.certificate) for one in found} == {("free", "free")}
    assert len(found) == sum(one.really_free for one in Resource.objects.all())


def test_filters_meet_and_an_empty_answer_says_what_to_do(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load(lambda line: None)
    with django_assert_num_queries(1):
        page = client.get(reverse("resources:resources"), {"q": "ALCOHOL", "topic": "substance-use", "kind": "course"})
    assert [one.slug for one in page.context["page"].found] == ["niaaa-core-resource"]
    assert "Nothing fits" in client.get(reverse("resources:resources"), {"q": "zzz"}).content.decode()


def test_an_empty_library_says_how_to_load_it(client: Client) -> None:
    assert "perennial load" in client.get(reverse("resources:resources")).content.decode()
