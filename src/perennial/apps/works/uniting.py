"""Unites works that stood here twice: all that refers to one that goes goes on to the one that stays, within the transaction of the proof.

The one that goes is left as it was, without its numbers, in no list, and leads to the other. Whatever refers to works says itself what
follows (`when_works_join`); it is found by asking the tables, so that this area knows none of those above it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol, cast

from django.db import transaction

from perennial.apps.works.models import Work

AT_ONCE = 200


class Refers(Protocol):
    """A table that refers to works."""

    def when_works_join(self, into: Mapping[int, int]) -> None:
        """Rows about works that are keys of `into` are about those beside them from now on; nothing that people made is lost."""


def referring() -> list[Refers]:
    """The tables that refer to works, always in the same order, so that two who unite wait for one another."""
    relations = Work._meta.get_fields(include_hidden=True)  # noqa: SLF001  Django's own door to what refers to a table
    models = {one.related_model for one in relations if one.auto_created and not one.concrete and one.related_model}
    return [cast("Refers", model) for model in sorted(cast("set[Any]", models), key=lambda one: one._meta.label)]  # noqa: SLF001  as above


def unite(*, into: Mapping[int, tuple[int, str]], works: Mapping[int, Work], at: datetime) -> None:
    """Let works go into others, by key with the key of the one that stays and why. All of them are given, and locked."""
    for gone, (stays, because) in into.items():
        one, other = works[gone], works[stays]
        other.summary = other.summary or one.summary
        one.doi = one.pmid = one.title_key = ""
        one.taken_back, one.joined_into_id, one.joined_because, one.changed_at = True, stays, because, at
    left = ["doi", "pmid", "title_key", "taken_back", "joined_into", "joined_because", "changed_at"]
    Work.objects.bulk_update([works[gone] for gone in into], left, batch_size=AT_ONCE)
    Work.objects.bulk_update([works[stays] for stays in {key for key, _ in into.values()}], ["summary"], batch_size=AT_ONCE)
    move({gone: stays for gone, (stays, _) in into.items()})


@transaction.atomic
def settle(*, since: datetime) -> int:
    """Let what somebody made of a work at the very moment at which it went follow it; gives how many went since then. Safe to repeat."""
    went = Work.objects.filter(joined_into__isnull=False, changed_at__gte=since).values_list("pk", "joined_into")
    into = {gone: stays for gone, stays in went if stays}
    if into:
        move(into)
    return len(into)


def move(into: Mapping[int, int]) -> None:
    """Let all that refers to works that went refer to those that stay; safe to repeat."""
    for one in referring():
        one.when_works_join(into)
