"""Tests of queries whose SQL is made once."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from pytest_django import DjangoAssertNumQueries

from perennial.tables import Prepared

pytestmark = pytest.mark.django_db


def kind(model: str) -> ContentType:
    """One of the kinds that Django enters when it makes the tables; each has four permissions."""
    return ContentType.objects.get(model=model)


def test_the_same_query_answers_for_other_keys(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, second = kind("person"), kind("session")
    may = Prepared(lambda of: Permission.objects.filter(content_type_id=of, codename__contains="e").exclude(name="100 %"))
    assert may.all(of=first.pk) == list(Permission.objects.filter(content_type=first, codename__contains="e")) != []
    with django_assert_num_queries(1):
        found = may.all(of=second.pk)
        assert {permission.codename.rpartition("_")[2] for permission in found} == {"session"}, "whole rows: nothing is asked again"
    assert may.first(of=-1) is None


def test_a_count_is_a_number() -> None:
    count = Prepared(
        lambda of: Permission.objects.filter(content_type_id=of).order_by().values("content_type_id").annotate(n=Count("pk")).values("n")
    )
    assert (count.number(of=kind("person").pk), count.number(of=-1)) == (4, 0)


def test_a_key_that_the_query_does_not_ask_by_and_a_key_that_is_not_given_are_faults() -> None:
    with pytest.raises(TypeError, match="does not ask by other"):
        Prepared(lambda of, other: Permission.objects.filter(content_type_id=of)).all(of=1, other=2)
    with pytest.raises(TypeError, match="keys are of, not person"):
        Prepared(lambda of: Permission.objects.filter(content_type_id=of)).all(person=1)
