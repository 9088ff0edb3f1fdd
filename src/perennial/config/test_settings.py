"""Tests of what the settings promise: nothing lost, nothing leaked, every place reachable."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.ui.context import places


@pytest.mark.django_db
def test_sqlite_syncs_each_commit_and_holds_foreign_keys() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does so by itself")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    options = settings.DATABASES["default"]["OPTIONS"]
    assert "journal_mode=WAL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_every_place_of_the_navigation_can_be_reached() -> None:
    assert [place.key for place in places(signed_in=True)] == [key for key, *_ in settings.NAVIGATION]


@pytest.mark.django_db
def test_every_place_of_the_navigation_answers_a_person(client: Client) -> None:
    client.force_login(make_person())
    for _, words, name, _ in settings.NAVIGATION:
        assert client.get(reverse(name)).status_code == 200, words


@pytest.mark.django_db
def test_no_table_lacks_its_migration() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
