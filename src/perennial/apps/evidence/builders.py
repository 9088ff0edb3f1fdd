"""Makes what tests of the evidence need."""

from typing import Any

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.models import Saved


def make_saved(*, person: Person | None = None, **changes: Any) -> Saved:
    """A saved search for “exposure” that has seen nothing."""
    now = timezone.now()
    values = {"name": "Exposure", "query": "q=exposure", "seen": 0, "made_at": now, "looked_at": now}
    return Saved.objects.create(person=person or make_person(), **{**values, **changes})
