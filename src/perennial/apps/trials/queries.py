"""Reads trial databases."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q

from perennial.apps.accounts.queries import Person
from perennial.apps.trials.models import Dataset, PooledLine

__all__ = ["Dataset", "PooledLine", "datasets_for", "export_of", "pooled_for", "sites_datasets"]


def datasets_for(person: Person | None) -> Sequence[Dataset]:
    """The site's datasets and the person's own, by title, each with the version after it; one query."""
    seen = Q(owner=None) | Q(owner=person) if person is not None else Q(owner=None)
    return list(Dataset.objects.filter(seen).select_related("newer"))


def sites_datasets() -> list[Dataset]:
    """The site's datasets with the columns that were told and their files, the last brought first; one query."""
    return list(Dataset.objects.filter(owner=None).select_related("newer").order_by("-added_at", "-pk"))


def pooled_for(slugs: Collection[str]) -> list[PooledLine]:
    """What the site's datasets, each in its newest version, come to for these practices, most studies first; one query."""
    return list(PooledLine.objects.filter(practice__in=slugs, dataset__newer=None).select_related("dataset")[:6])


def export_of(person: Person) -> dict[str, Any]:
    """A person's own datasets as plain values; one query."""
    rows = Dataset.objects.filter(owner=person)
    return {"trial_datasets": [{"title": one.title, "credit": one.credit, "rows": one.rows, "sha256": one.digest} for one in rows]}
