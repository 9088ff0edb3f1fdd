"""Tests of counts that all processes share: what they hold, when they end, and that what still counts is never thrown out."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from perennial.tables import limits
from perennial.tables.limits import Limits

pytestmark = pytest.mark.django_db
TABLE = "limits_of_a_test"


@pytest.fixture
def kept() -> Iterator[Limits]:
    call_command("createcachetable", TABLE, verbosity=0)
    yield Limits(TABLE, {})
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE}")
        return int(cursor.fetchone()[0])


def test_what_is_set_is_there_until_it_ends_or_is_deleted(kept: Limits) -> None:
    kept.set("tries", [1.5, 2.5], 60)
    kept.set("tries", [1.5, 2.5, 3.5], 60)
    assert kept.get("tries") == [1.5, 2.5, 3.5]
    kept.set("over", "x", -5)
    assert kept.get("over") is None
    kept.set("lasting", "x", None)
    assert kept.get("lasting") == "x"
    assert kept.delete("tries")
    assert kept.get("tries") is None
    assert not kept.delete("tries")
    assert kept.touch("lasting", 60)
    assert not kept.touch("nothing", 60)


def test_a_lock_is_one_persons_until_it_is_let_go_or_has_expired(kept: Limits) -> None:
    assert kept.add("lock", 1, 60)
    assert not kept.add("lock", 2, 60)
    assert kept.get("lock") == 1
    kept.delete("lock")
    assert kept.add("lock", 3, -5)
    assert kept.add("lock", 4, 60), "one that has expired holds nobody back"
    assert kept.get("lock") == 4


def test_each_write_is_one_statement_and_nothing_that_counts_is_thrown_out(
    kept: Limits, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr("perennial.tables.limits.random.randrange", lambda most: 1)
    with django_assert_num_queries(2):
        kept.set("1", 1, 60)
        kept.add("2", 1, 60)
    for number in range(400):
        kept.set(str(number), number, -5 if number % 4 == 0 else 60)
    monkeypatch.setattr("perennial.tables.limits.random.randrange", lambda most: 0)
    kept.set("last", 1, 60)
    assert rows() == 301
    assert all(kept.get(str(number)) == number for number in range(400) if number % 4)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite waits for the disk by connection")
def test_what_is_written_after_a_count_waits_for_the_disk_again(kept: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    def waits() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            return int(cursor.fetchone()[0])

    assert waits() == 2
    with limits.unhurried():
        assert waits() == 1
    kept.set("tries", 1, 60)
    kept.delete("tries")
    assert waits() == 2
    monkeypatch.setattr(limits, "WRITE", "INSERT INTO nowhere VALUES (%s, %s, %s)")
    assert not kept.add("tries", 1, 60)
    assert waits() == 2, "after a fault too"
