"""Outside courses that a person considers, and the plans that were kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

MOST_MINUTES = 60_000
MOST_CENTS = 100_000_00


class OutsideCourse(models.Model):
    """A course, event or session found elsewhere, as its owner told it. Never shown to anyone else.

    `minutes` are whole minutes of credit, those inside `topics` too; `takes_minutes` is the time that it takes.
    `approvals` is a list of {body, number, from, until}. Without `starts_on` it can be taken on any day; without a
    price (None) it can be asked about and not planned with.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    catalog_key = models.CharField("name in a catalog", max_length=200, blank=True, default="")
    title = models.CharField("title", max_length=300)
    provider_name = models.CharField("provider", max_length=200, blank=True, default="")
    starts_on = models.DateField("first day", null=True)
    ends_on = models.DateField("last day", null=True)
    minutes = models.PositiveIntegerField("minutes of credit")
    minutes_per_hour = models.PositiveSmallIntegerField("minutes in an hour of the certificate", default=60)
    takes_minutes = models.PositiveIntegerField("minutes that it takes")
    format = models.CharField("format", max_length=40)
    topics = models.JSONField("minutes of each topic, inside the minutes of credit", default=dict)
    approvals = models.JSONField("approvals", default=list)
    price_cents = models.PositiveIntegerField("price in cents", null=True)
    url = models.CharField("address", max_length=500, blank=True, default="")
    course_key = models.CharField("course number", max_length=200, blank=True, default="")
    created_at = models.DateTimeField("entered")
    changed_at = models.DateTimeField("changed last")
    removed_at = models.DateTimeField("removed", null=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "catalog_key"], condition=~Q(catalog_key="") & Q(removed_at=None), name="outside_course_once_per_catalog"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=MOST_MINUTES), name="outside_course_minutes_possible"),
            models.CheckConstraint(condition=Q(takes_minutes__gt=0), name="outside_course_takes_time"),
            models.CheckConstraint(condition=Q(minutes_per_hour__in=(50, 55, 60)), name="outside_course_hour_known"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")), name="outside_course_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.title


class KeptPlan(models.Model):
    """A plan that its owner kept: the wishes it was made from, the result as it was shown, and the facts it stood on."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField("made")
    wishes = models.JSONField("wishes")
    result = models.JSONField("result")
    basis = models.JSONField("licenses, rules and credits it stood on")
    put_away_at = models.DateTimeField("put away", null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"plan of {self.made_at:%Y-%m-%d}"


class RunState(models.TextChoices):
    """Where a search for a plan is on its way."""

    WAITING = "waiting", "Waiting for its turn"
    WORKING = "working", "Being worked out"
    DONE = "done", "Ended"
    FAILED = "failed", "Broken off by a fault"


class PlanRun(models.Model):
    """A search for a plan that takes longer than a page may: a worker's work, and what came of it.

    `key` stands for everything that the plan depends on, so that a plan is shown only where it still holds. `result` is
    the best so far from the beginning; `before` the plan if nothing were left out. `best` and `bound` are in the unit of
    what is spared (cents, CE hours, minutes), `seconds` is the most that may be spent on it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    wishes = models.JSONField("wishes")
    state = models.CharField(max_length=8, choices=RunState, default=RunState.WAITING)
    seconds = models.PositiveIntegerField("most seconds")
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField("result")
    before = models.JSONField("plan with nothing left out", null=True)
    best = models.CharField(max_length=40, blank=True, default="")
    bound = models.CharField(max_length=40, blank=True, default="")
    asked_at = models.DateTimeField("asked for")
    started_at = models.DateTimeField("begun", null=True)
    ended_at = models.DateTimeField("ended", null=True)
    stop_asked_at = models.DateTimeField("asked to stop", null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="plan_run_state_known"),
            models.UniqueConstraint(
                fields=["owner", "key"], condition=Q(state__in=["waiting", "working"]), name="plan_run_one_open_per_case"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "key"], name="plan_run_of_case"),
            models.Index(fields=["asked_at"], condition=Q(state__in=("waiting", "working")), name="plan_run_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.asked_at:%Y-%m-%d %H:%M}"
