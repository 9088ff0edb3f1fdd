"""Counts that all processes share and that outlive a restart, such as how often somebody tried to sign in, kept in the database.

A sign-in asks and writes some twenty of them. Django's own cache in the database counts its rows, opens a transaction, reads and writes for
each, and on SQLite waits for the disk each time; from 300 rows on it also throws out rows that still count, in the order of their names.
Here a write is one statement, the disk is not waited for (a count lost with the power is no harm), and only what has expired is removed.
"""

import base64
import pickle
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection
from django.utils import timezone

SWEEP_ONE_IN = 500  # writes: after so many, on average, what has expired is removed
NEVER = datetime.max.replace(microsecond=0, tzinfo=UTC)
WRITE = (
    "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "
    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)


class Limits(DatabaseCache):
    """Django's cache in the database, for short-lived counts and locks in the default database."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self.table = connection.ops.quote_name(table)

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep the value under the key, in the place of any other."""
        self._write(self.make_and_validate_key(key, version), value, self.get_backend_timeout(timeout), only_new=False)

    def add(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value where there is none, or one that has expired; whether it was kept."""
        return self._write(self.make_and_validate_key(key, version), value, self.get_backend_timeout(timeout), only_new=True)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget the key; whether there was anything under it."""
        with unhurried():
            return bool(super().delete(key, version))

    def _write(self, key: str, value: Any, ends: float | None, *, only_new: bool) -> bool:
        expires = NEVER if ends is None else datetime.fromtimestamp(ends, tz=UTC).replace(microsecond=0)
        now = _told(timezone.now().replace(microsecond=0))  # noqa: TID251  as Django's own: a cache reads the clock
        words = base64.b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)).decode("latin1")
        sql, asked = WRITE.format(table=self.table), [key, words, _told(expires)]
        if only_new:
            sql, asked = f"{sql} WHERE {self.table}.expires < %s", [*asked, now]
        try:
            with unhurried(), connection.cursor() as cursor:
                cursor.execute(sql, asked)
                written = bool(cursor.rowcount)
                if random.randrange(SWEEP_ONE_IN) == 0:  # noqa: S311  no secret
                    cursor.execute(f"DELETE FROM {self.table} WHERE expires < %s", [now])  # noqa: S608  a name of ours
        except DatabaseError:  # as Django's own: then it was not kept
            return False
        return written


def _told(moment: datetime) -> Any:
    """A moment as the database takes it."""
    return connection.ops.adapt_datetimefield_value(moment)


@contextmanager
def unhurried() -> Iterator[None]:
    """On SQLite, write without waiting for the disk. The next write that waits, of anything, takes this one to the disk as well."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    sqlite = connection.connection
    sqlite.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA synchronous = FULL")
