"""Writes many works at once, past the ORM, in each database's quickest way. Called within a transaction."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from perennial.apps.works.models import Work, WorkNotice
from perennial.apps.works.rows import COLUMNS, LISTS

TABLE = Work._meta.db_table  # noqa: SLF001  Django's own name for it
NOTICES = WorkNotice._meta.db_table  # noqa: SLF001  as above
DATED = COLUMNS.index("published_on")
OTHERS = ("summary", "taken_back", "joined_because", "read_at", "changed_at")


def lock() -> None:
    """Let nobody else write works until the transaction ends, so that none is entered twice. SQLite has but one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")


def find(name: str, values: Collection[str]) -> list[tuple[int, str, str, str, str, str, str]]:
    """Key, DOI, PMID, title key, first author, source and place of the works whose column `name` has one of the values; one query."""
    if not values:
        return []
    given: list[str] | str
    if connection.vendor == "postgresql":
        first, among, given = "authors ->> 0", "= ANY(%s)", list(values)  # a list there, text of JSON here
    else:
        first, among, given = "json_extract(authors, '$[0]')", "IN (SELECT value FROM json_each(%s))", json.dumps(list(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, doi, pmid, title_key, coalesce({first}, ''), source, container || '|' || volume || '|' || pages "  # noqa: S608
            f"FROM {TABLE} WHERE {name} {among}",
            [given],
        )
        found: list[tuple[int, str, str, str, str, str, str]] = cursor.fetchall()
    return found


def notices_without_doi(pmids: Collection[str]) -> list[int]:
    """The keys of notices that name a work by one of these PMIDs and by no DOI; one query."""
    postgresql = connection.vendor == "postgresql"
    among = "= ANY(%s)" if postgresql else "IN (SELECT value FROM json_each(%s))"
    with connection.cursor() as cursor:
        given = list(pmids) if postgresql else json.dumps(list(pmids))
        cursor.execute(f"SELECT id FROM {NOTICES} WHERE doi = '' AND pmid {among}", [given])  # noqa: S608  names of ours alone
        return [pk for (pk,) in cursor.fetchall()]


def insert(rows: Sequence[tuple[tuple[Any, ...], str]], at: datetime) -> None:
    """Enter works: rows in the order of `COLUMNS`, each with why it was kept apart, if it was."""
    names = (*COLUMNS, *OTHERS)
    if connection.vendor == "postgresql":
        _copy(names, [(*row, "", False, because, at, at) for row, because in rows])
        return
    moment, day = connection.ops.adapt_datetimefield_value(at), connection.ops.adapt_datefield_value
    given = [(*row[:DATED], day(row[DATED]), *row[DATED + 1 :], "", False, because, moment, moment) for row, because in rows]
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} ({', '.join(names)}) VALUES ({marks})", given)  # noqa: S608  names of ours alone


def update(rows: Sequence[tuple[tuple[Any, ...], str, int]], at: datetime) -> None:
    """Change works: rows in the order of `COLUMNS`, each with why records were joined, and its key."""
    if not rows:
        return
    kind = "::jsonb" if connection.vendor == "postgresql" else ""
    sets = ", ".join(f"{name} = %s{kind if name in LISTS else ''}" for name in COLUMNS)
    moment, day = connection.ops.adapt_datetimefield_value(at), connection.ops.adapt_datefield_value
    given = [(*row[:DATED], day(row[DATED]), *row[DATED + 1 :], because, moment, moment, key) for row, because, key in rows]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {TABLE} SET {sets}, joined_because = %s, taken_back = FALSE, read_at = %s, changed_at = %s WHERE id = %s",  # noqa: S608
            given,
        )


def _copy(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
