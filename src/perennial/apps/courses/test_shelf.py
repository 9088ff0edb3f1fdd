"""The shelf is what the database offers now; filters combine, and counts tell what another choice would give."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from perennial.apps.courses.builders import make_content, make_course
from perennial.apps.courses.services import keep_course
from perennial.apps.courses.shelf import Filters, shelves

pytestmark = pytest.mark.django_db


def titles(**asked: object) -> list[str]:
    look = shelves.look(Filters(**asked))  # type: ignore[arg-type]
    return [entry.title for entry in look.entries(look.fitting)]


def test_a_new_version_takes_the_place_of_the_old_and_an_old_one_comes_back(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = make_content(title="Of rivers")
    make_course(first)
    assert titles(search="rivers") == ["Of rivers"]
    keep_course(content=replace(first, title="Of mountains", version=2))
    assert (titles(), titles(search="rivers")) == (["Of mountains"], [])
    keep_course(content=first)
    assert (titles(), titles(search="mountains")) == (["Of rivers"], [])
    with django_assert_num_queries(1):
        titles(search="rivers")


def test_filters_combine_and_counts_leave_their_own_facet_open() -> None:
    one = make_content(title="One")
    make_course(one)
    make_course(replace(make_content(title="Two"), level="advanced", practices=("sampling", "sorting"), free=False))
    assert titles(practice="sampling") == ["One", "Two"]
    assert titles(practice="sorting", level="advanced") == ["Two"]
    assert titles(practice="sorting", free=True) == []
    assert titles(level="nothing") == []
    look = shelves.look(Filters(level="advanced"))
    assert look.counts("level") == {"introductory": 1, "advanced": 1}
    assert look.counts("practice") == {"sampling": 1, "sorting": 1}
    assert look.counts("free") == {}
    assert shelves.look(Filters(level="nothing")).known().filters == Filters()


def test_sorting() -> None:
    for title in ("b", "c", "A"):
        make_course(make_content(title=title))
    assert titles() == ["A", "b", "c"]
    assert titles(sort="newest") == ["A", "c", "b"]
