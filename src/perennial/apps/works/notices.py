"""Keeps what was told of works later; an area's own part, called by its services."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Max

from perennial.apps.works import bulk
from perennial.apps.works.models import Work, WorkNotice
from perennial.core.literature import Told

NAMES = ("key", "doi", "pmid", "nature", "on", "notice_doi", "reason", "source")
STAY = ("doi", "pmid", "on", "notice_doi", "reason")  # where a later reading does not tell them
BATCH = 1000


def keep_notices(told: Iterable[Told], at: datetime) -> int:
    """Keep these notices, each once by its key; gives how many.

    A newer reading brings what changed; what it does not tell stays, and so does the moment of the first. Where only a PMID names the work,
    the notice gets the DOI that the work has here.
    """
    newest: dict[str, Told] = {}
    for one in told:
        newest[one.key] = _filled(one, newest.get(one.key))
    if newest:
        bulk.lock()
    waiting = iter(sorted(newest.values(), key=lambda one: one.key))
    while some := list(islice(waiting, BATCH)):
        _keep_some(some, at)
    return len(newest)


def complete_notices(dois: Mapping[str, str], at: datetime) -> None:
    """Notices that name works by these PMIDs alone name them by the DOI beside each from now on, since that is known now.

    Whoever follows notices finds them again then, as known at this moment (later than all others, though `at` lies before a wait for the
    lock), unless the same was told of that DOI before. One query where there is nothing to do.
    """
    rows = WorkNotice.objects.in_bulk(bulk.notices_without_doi(dois)) if dois else {}
    if not rows:
        return
    before = set(WorkNotice.objects.filter(doi__in={dois[row.pmid] for row in rows.values()}).values_list("doi", "nature"))
    latest = WorkNotice.objects.aggregate(latest=Max("known_at"))["latest"]
    at = max(at, latest + timedelta(microseconds=1))
    for row in rows.values():
        row.doi = dois[row.pmid]
        row.known_at = row.known_at if (row.doi, row.nature) in before else at
    WorkNotice.objects.bulk_update(rows.values(), ["doi", "known_at"], batch_size=200)


def _keep_some(some: list[Told], at: datetime) -> None:
    there = WorkNotice.objects.in_bulk([one.key for one in some], field_name="key")
    some = [_filled(one, there.get(one.key)) for one in some]
    bare = {one.pmid for one in some if one.pmid and not one.doi}
    dois = dict(Work.objects.filter(pmid__in=bare).values_list("pmid", "doi")) if bare else {}
    some = [one if one.doi else replace(one, doi=dois.get(one.pmid, "")) for one in some]
    rows = [WorkNotice(**{name: getattr(one, name) for name in NAMES}, read_at=at, known_at=at) for one in some]
    WorkNotice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=[*NAMES[1:], "read_at"], batch_size=BATCH
    )


def _filled(told: Told, before: Told | WorkNotice | None) -> Told:
    """What is told, with what was told before where nothing is now."""
    return told if before is None else replace(told, **{name: getattr(told, name) or getattr(before, name) for name in STAY})
