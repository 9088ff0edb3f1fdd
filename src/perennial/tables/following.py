"""Rows that follow a moment and, at that moment, a key: how a reader goes on where it ended."""

from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q, TextField, Value


def following(field: str, moment: datetime, pk: int) -> Q:
    """Rows whose `field` lies after the moment, or at it with a greater key.

    SQLite keeps moments as text and compares them so. What its own clock wrote (`db_default=Now()`) has three places behind the second,
    what Django writes six or, on a whole second, none; so that form of the moment is asked for beside the other.
    """
    later = Q(**{f"{field}__gt": moment}) | Q(**{field: moment, "pk__gt": pk})
    if connection.vendor != "sqlite" or moment.microsecond % 1000:
        return later
    short = Value(f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03d}", output_field=TextField())
    return (later | Q(**{field: short, "pk__gt": pk})) & ~Q(**{field: short, "pk__lte": pk})
