"""What every test stands on; perennial.config.testing has the settings."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.base import DatabaseWrapper
from pytest_django import Settings

TABLES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The second database need not see what no database takes part in."""
    parser.addoption(
        "--only-tables", action="store_true", help="only the tests that touch tables: what holds without them holds on each database"
    )


def touches_tables(test: pytest.Item) -> bool:
    """Whether pytest-django gives the test a database: without its mark and its fixtures the test fails where it asks for one."""
    return bool(test.get_closest_marker("django_db") or TABLES & set(getattr(test, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--only-tables`, leave out what no database takes part in."""
    if config.getoption("only_tables"):
        config.hook.pytest_deselected(items=[one for one in items if not touches_tables(one)])
        items[:] = [one for one in items if touches_tables(one)]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new name of a folder for each test, which is made by whoever puts something there: most tests put nothing."""
    base = tmp_path_factory.mktemp("kept")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Settings, folders: Iterator[Path]) -> None:
    """Uploads of each test land in a folder of that test, and so does its index of works."""
    folder = next(folders)
    settings.MEDIA_ROOT = folder / "files"
    settings.SEARCH = folder / "search"


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_guards() -> Iterator[None]:
    """Let the tables be emptied between tests on SQLite, where triggers refuse to delete from append-only tables; put them back."""
    sqlite = DatabaseWrapper.ops_class
    empty = sqlite.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f'DROP TRIGGER "{name}"')
            empty(self, sql_list)
            for _, statement in guards:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "execute_sql_flush", flush)
        yield
