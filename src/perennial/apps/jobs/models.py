"""Jobs: calls of tasks that wait, run, or are done."""

from django.db import models
from django.db.models import Q
from django_tasks.base import TaskResultStatus


class Job(models.Model):
    """One call of a task. `task` is the dotted path of its function; arguments and result are what JSON holds."""

    key = models.CharField(max_length=32, unique=True)
    task = models.CharField(max_length=200)
    queue = models.CharField(max_length=40)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TaskResultStatus, default=TaskResultStatus.READY)
    enqueued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    workers = models.JSONField(default=list)  # each that took it, in order: the attempts
    worker = models.ForeignKey("notices.Worker", null=True, on_delete=models.SET_NULL, related_name="+")
    faults = models.JSONField(default=list)
    result = models.JSONField(null=True)

    class Meta:
        ordering = ("-priority", "due_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TaskResultStatus.values), name="job_state_known"),
            models.CheckConstraint(condition=Q(finished_at__isnull=False) | Q(state__in=["READY", "RUNNING"]), name="job_done_at_a_moment"),
        ]
        indexes = [models.Index(fields=["-priority", "due_at"], condition=Q(state="READY"), name="job_waiting")]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"
