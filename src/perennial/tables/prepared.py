"""Queries whose SQL is made once, for pages that ask the same thing of the same tables at every request.

Django builds a query's SQL anew each time, which takes several times as long as SQLite takes to answer. Here the ORM still writes it,
on the first call and once for each kind of database; later calls only put other keys into it.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import RawQuerySet

Row = TypeVar("Row", bound=Model)
FIRST_MARK = 1_790_000_000  # marks stand for keys while the SQL is made; no key of ours is as large


class Prepared(Generic[Row]):
    """`Prepared(lambda person: Duty.objects.filter(person_id=person))` gives `.all(person=7)`, a list of whole models in one query.

    Keys are whole numbers or texts, compared by `=`; joins and `defer` are fine, `select_related` and `prefetch_related` are not. The
    queryset must have the same SQL whatever the keys: no `if` on them, no `in`, no slices by them.
    """

    def __init__(self, query: Callable[..., QuerySet[Row, Any]]) -> None:
        self.query = query
        self.keys = tuple(signature(query).parameters)
        self.made: dict[str, tuple[type[Row], str, tuple[Any, ...]]] = {}

    def all(self, **keys: int | str) -> list[Row]:
        """The rows, as models, in the order of the query."""
        model, sql, slots = self._ready()
        return list(RawQuerySet(sql, model=model, params=self._filled(slots, keys), using=connection.alias))

    def first(self, **keys: int | str) -> Row | None:
        """The first row, if there is one; the query itself should ask for one alone."""
        return next(iter(self.all(**keys)), None)

    def number(self, **keys: int | str) -> int:
        """The first column of the first row, a whole number; 0 where there is no row. For a query of `.values()` with one aggregate."""
        row = self.row(**keys)
        return int(row[0] or 0) if row else 0

    def row(self, **keys: int | str) -> tuple[Any, ...] | None:
        """The first row as the database gives it, for a query of `.values()`: a moment may be text. None where there is no row."""
        _, sql, slots = self._ready()
        with connection.cursor() as cursor:
            cursor.execute(sql, self._filled(slots, keys))
            found: tuple[Any, ...] | None = cursor.fetchone()
        return found

    def _ready(self) -> tuple[type[Row], str, tuple[Any, ...]]:
        vendor = connection.vendor
        if vendor not in self.made:
            self.made[vendor] = self._make()
        return self.made[vendor]

    def _make(self) -> tuple[type[Row], str, tuple[Any, ...]]:
        queryset = self.query(*range(FIRST_MARK, FIRST_MARK + len(self.keys)))
        sql, given = queryset.query.get_compiler(using=connection.alias).as_sql()
        marks = {str(FIRST_MARK + place): key for place, key in enumerate(self.keys)}
        slots = tuple(_Slot(marks[str(value)]) if isinstance(value, int | str) and str(value) in marks else value for value in given)
        missing = set(self.keys) - {slot.key for slot in slots if isinstance(slot, _Slot)}
        if missing:
            raise TypeError(f"the query does not ask by {', '.join(sorted(missing))}")
        return queryset.model, sql, slots

    def _filled(self, slots: tuple[Any, ...], keys: dict[str, int | str]) -> tuple[Any, ...]:
        if keys.keys() != set(self.keys):
            raise TypeError(f"keys are {', '.join(self.keys)}, not {', '.join(keys)}")
        return tuple(keys[slot.key] if isinstance(slot, _Slot) else slot for slot in slots)


class _Slot:
    """Where a key stands in the parameters."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key = key
