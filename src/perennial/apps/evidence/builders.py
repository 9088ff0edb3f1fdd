"""Makes what tests of the evidence need."""

from typing import Any

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.models import Digest, Saved, Week
from perennial.apps.evidence.weeks import monday_of
from perennial.apps.works.builders import make_work


def make_saved(*, person: Person | None = None, **changes: Any) -> Saved:
    """A saved search for “exposure” that has seen nothing."""
    now = timezone.now()
    values = {"name": "Exposure", "query": "q=exposure", "seen": 0, "made_at": now, "looked_at": now}
    return Saved.objects.create(person=person or make_person(), **{**values, **changes})


def make_digest(*, person: Person | None = None, **changes: Any) -> Digest:
    """A digest of this week with one work."""
    now = timezone.now()
    window = {"after": 0, "through": 0, "told_after": now, "told_through": now}
    week, _ = Week.objects.get_or_create(begins_on=monday_of(timezone.localdate()), defaults=window)
    work = make_work(title="Exposure for fear of dogs")
    facts: dict[str, Any] = {
        "works": [{"work": work.pk, "because": ["You follow Exposure"]}],
        "told": [],
        "found": 1,
        "made_at": now,
    }
    return Digest.objects.create(person=person or make_person(), week=week, **{**facts, **changes})
