"""Makes trial databases for tests."""

import io
from collections.abc import Mapping

from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.trials.models import Dataset
from perennial.apps.trials.services import Told, take_in
from perennial.core.synthesis.builders import csv_of, trials

CREDIT = "Made up for tests; no rights."


def make_dataset(
    *, owner: Person | None = None, title: str = "Sample trials", body: bytes | None = None, columns: Mapping[str, str] | None = None
) -> Dataset:
    """A dataset of fourteen made-up studies; the site's where it has no owner."""
    told = Told(title, CREDIT, columns=columns or {})
    return take_in(file=io.BytesIO(body or csv_of(trials())), told=told, owner=owner, at=timezone.now())
