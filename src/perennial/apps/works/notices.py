"""Keeps what was told of works later; an area's own part, called by its services."""

from collections.abc import Iterable
from datetime import datetime

from perennial.apps.works.models import WorkNotice
from perennial.core.literature import Told

NAMES = ("key", "doi", "pmid", "nature", "on", "notice_doi", "reason", "source")
BATCH = 1000


def keep_notices(told: Iterable[Told], at: datetime) -> int:
    """Keep these notices, each once by its key; a newer reading brings what changed, and the moment of the first stays."""
    rows = [
        WorkNotice(**{name: getattr(one, name) for name in NAMES}, read_at=at, known_at=at)
        for one in {one.key: one for one in told}.values()
    ]
    fields = [*NAMES[1:], "read_at"]
    WorkNotice.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=fields, batch_size=BATCH)
    return len(rows)
