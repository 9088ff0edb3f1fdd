"""Tests of the pages that are asked before anyone asks."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from perennial.cli.rehearsal import PAGES, rehearse

TASKS = Path("/proc/self/task")


def threads() -> int:
    """How many there are, of Python and of libraries."""
    return len(list(TASKS.iterdir())) if TASKS.exists() else threading.active_count()


@pytest.mark.django_db(transaction=True)
def test_each_page_is_answered_and_nothing_is_left_that_a_fork_must_not_inherit() -> None:
    before = threads()
    assert rehearse() == dict.fromkeys(PAGES, "200 OK")
    assert threads() == before, "a fork loses them"
    assert connection.connection is None or connection.vendor == "sqlite"  # the tests' own, in memory, is never closed
