"""Reads trial databases."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from perennial.apps.accounts.queries import Person
from perennial.apps.trials.models import Dataset

__all__ = ["Dataset", "datasets_for", "export_of"]


def datasets_for(person: Person | None) -> Sequence[Dataset]:
    """The site's datasets and the person's own, by title; one query."""
    seen = Q(owner=None) | Q(owner=person) if person is not None else Q(owner=None)
    return list(Dataset.objects.filter(seen))


def export_of(person: Person) -> dict[str, Any]:
    """A person's own datasets as plain values; one query."""
    rows = Dataset.objects.filter(owner=person)
    return {"trial_datasets": [{"title": one.title, "credit": one.credit, "rows": one.rows, "sha256": one.digest} for one in rows]}
