"""Reads the queue, for the doctor and for pages that show how far something is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django_tasks.base import TaskResultStatus

from perennial.apps.jobs.models import Job

__all__ = ["Job", "Overview", "overview"]


@dataclass(frozen=True, slots=True)
class Overview:
    """How many jobs wait, since when the first is due, and how many failed for good."""

    waiting: int
    due_since: datetime | None
    failed: int
    failed_tasks: tuple[str, ...]


def overview(*, at: datetime) -> Overview:
    """The queue in figures; two queries."""
    due = Q(state=TaskResultStatus.READY, due_at__lte=at)
    figures = Job.objects.aggregate(waiting=Count("pk", filter=due), since=Min("due_at", filter=due))
    failed = dict(Job.objects.filter(state=TaskResultStatus.FAILED).order_by("task").values_list("task").annotate(Count("pk")))
    return Overview(figures["waiting"], figures["since"], sum(failed.values()), tuple(failed))
