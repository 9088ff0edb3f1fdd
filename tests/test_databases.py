"""Which tests run on the second database."""

import pytest
from django.db import connection

from conftest import touches_tables


@pytest.mark.django_db
def test_a_test_with_the_mark_runs_on_both(request: pytest.FixtureRequest) -> None:
    assert touches_tables(request.node)


@pytest.fixture
def _something_kept(db: None) -> None:
    """A fixture that needs tables."""


@pytest.mark.usefixtures("_something_kept")
def test_a_test_whose_fixtures_touch_tables_runs_on_both(request: pytest.FixtureRequest) -> None:
    assert touches_tables(request.node)


def test_any_other_test_runs_on_one_and_can_touch_no_tables(request: pytest.FixtureRequest) -> None:
    assert not touches_tables(request.node)
    with pytest.raises(RuntimeError, match="not allowed"):
        connection.ensure_connection()
