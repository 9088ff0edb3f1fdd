"""Which reminders were given, and audit packets that are being made or wait to be fetched."""

import secrets

from django.db import models
from django.db.models import Q


class Reminder(models.Model):
    """A reminder that was given: for one license, one due day and one step, once. `key` is that of its notice and its mail."""

    license = models.ForeignKey("licenses.License", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    step = models.PositiveSmallIntegerField()  # days before the due day
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=120)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["license", "due_on", "step"], name="reminder_once_per_step")]

    def __str__(self) -> str:
        return self.key


class OrderState(models.TextChoices):
    """How far a packet has come."""

    WAITING = "waiting", "Waiting"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


def packet_path(order: "PacketOrder", original: str) -> str:
    """A file name that tells nothing and cannot be guessed."""
    return f"packets/{secrets.token_urlsafe(32)}"


class PacketOrder(models.Model):
    """An audit packet that takes a while: made in the background, kept for a day, then gone with its file.

    `day` is the day as of which it judges; `done` of its `proofs` are laid so far; `asides` are [name, why] of files on no page.
    """

    license = models.ForeignKey("licenses.License", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    site = models.CharField(max_length=300)
    state = models.CharField(max_length=7, choices=OrderState, default=OrderState.WAITING)
    proofs = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to=packet_path, max_length=120, blank=True)  # the ZIP; the PDF lies in it
    asides = models.JSONField(default=list, blank=True)
    says = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OrderState.values), name="packet_state_known"),
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(file=""), name="packet_ready_with_file"),
            models.UniqueConstraint(fields=["license"], condition=Q(state__in=["waiting", "making"]), name="packet_one_open_per_license"),
        ]

    def __str__(self) -> str:
        return f"{self.license_id}: {self.state}"
