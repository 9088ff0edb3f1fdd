"""Queries whose SQL is made once, for pages that ask the same thing of the same tables at every request.

Django builds a query's SQL anew each time, which takes several times as long as SQLite takes to answer. Here the ORM still writes it,
on the first call and once for each kind of database; later calls only put other keys into it, and read the columns as they were read then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
FIRST_MARK = 1_790_000_000  # marks stand for keys while the SQL is made; no key of ours is as large


@dataclass(frozen=True, slots=True)
class _Made(Generic[Row]):
    """A query as the ORM writes it for one kind of database, and how a row of its answer becomes a model."""

    model: type[Row]
    sql: str
    slots: tuple[Any, ...]
    names: tuple[str, ...]  # of the model's fields, column by column
    reads: tuple[tuple[int, Any, tuple[Callable[..., Any], ...]], ...]  # where a column's values differ from the field's: what turns them


class Prepared(Generic[Row]):
    """`Prepared(lambda person: Duty.objects.filter(person_id=person))` gives `.all(person=7)`, a list of whole models in one query.

    Keys are whole numbers or texts, compared by `=`; joins and `defer` are fine, `select_related` and `prefetch_related` are not. The
    queryset must have the same SQL whatever the keys: no `if` on them, no `in`, no slices by them.
    """

    def __init__(self, query: Callable[..., QuerySet[Row, Any]]) -> None:
        self.query = query
        self.keys = tuple(signature(query).parameters)
        self.made: dict[str, _Made[Row]] = {}

    def all(self, **keys: int | str) -> list[Row]:
        """The rows, as models, in the order of the query."""
        made, alias = self._ready(), connection.alias
        with connection.cursor() as cursor:
            cursor.execute(made.sql, self._filled(made.slots, keys))
            rows = cursor.fetchall()
        return [made.model.from_db(alias, made.names, self._read(made, row)) for row in rows]

    def first(self, **keys: int | str) -> Row | None:
        """The first row, if there is one; the query itself should ask for one alone."""
        return next(iter(self.all(**keys)), None)

    def number(self, **keys: int | str) -> int:
        """The first column of the first row, a whole number; 0 where there is no row. For a query of `.values()` with one aggregate."""
        row = self.row(**keys)
        return int(row[0] or 0) if row else 0

    def row(self, **keys: int | str) -> tuple[Any, ...] | None:
        """The first row as the database gives it, for a query of `.values()`: a moment may be text. None where there is no row."""
        made = self._ready()
        with connection.cursor() as cursor:
            cursor.execute(made.sql, self._filled(made.slots, keys))
            found: tuple[Any, ...] | None = cursor.fetchone()
        return found

    @staticmethod
    def _read(made: _Made[Row], row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for place, expression, converters in made.reads:
            value = values[place]
            for convert in converters:
                value = convert(value, expression, connection)
            values[place] = value
        return values

    def _ready(self) -> _Made[Row]:
        vendor = connection.vendor
        if vendor not in self.made:
            self.made[vendor] = self._make()
        return self.made[vendor]

    def _make(self) -> _Made[Row]:
        queryset = self.query(*range(FIRST_MARK, FIRST_MARK + len(self.keys)))
        compiler = queryset.query.get_compiler(using=connection.alias)
        sql, given = compiler.as_sql()
        marks = {str(FIRST_MARK + place): key for place, key in enumerate(self.keys)}
        slots = tuple(_Slot(marks[str(value)]) if isinstance(value, int | str) and str(value) in marks else value for value in given)
        missing = set(self.keys) - {slot.key for slot in slots if isinstance(slot, _Slot)}
        if missing:
            raise TypeError(f"the query does not ask by {', '.join(sorted(missing))}")
        return _Made(queryset.model, sql, slots, *_columns(compiler))

    def _filled(self, slots: tuple[Any, ...], keys: dict[str, int | str]) -> tuple[Any, ...]:
        if keys.keys() != set(self.keys):
            raise TypeError(f"keys are {', '.join(self.keys)}, not {', '.join(keys)}")
        return tuple(keys[slot.key] if isinstance(slot, _Slot) else slot for slot in slots)


class _Slot:
    """Where a key stands in the parameters."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key = key


def _columns(compiler: SQLCompiler) -> tuple[tuple[str, ...], tuple[tuple[int, Any, tuple[Callable[..., Any], ...]], ...]]:
    """The names of the fields that a compiled query reads, and how values of columns become values of fields; nothing for `.values()`."""
    if compiler.klass_info is None:
        return (), ()
    columns: list[Any] = [entry[0] for entry in compiler.select]
    reads = ((place, expression, tuple(converters)) for place, (converters, expression) in compiler.get_converters(columns).items())
    return tuple(column.target.attname for column in columns), tuple(reads)
