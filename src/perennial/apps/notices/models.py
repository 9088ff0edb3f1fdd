"""What a person is told, on the site and by mail, and the background worker's own marks."""

from django.conf import settings
from django.db import models
from django.db.models import Q

STEPS = (180, 90, 60, 30, 7)  # days before hours are due


def every_step() -> list[int]:
    """What holds until a person chooses."""
    return list(STEPS)


class Notice(models.Model):
    """Something a person is told on the site, once per `key`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField(default="", blank=True)
    link = models.CharField(max_length=300, default="", blank=True)
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once_per_key")]
        indexes = [models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread")]

    def __str__(self) -> str:
        return self.title


class Preferences(models.Model):
    """What a person wants to be told. Without a row: everything, by mail as well, and no calendar address.

    `feed_seed` is half of the private calendar address; the other half is made of it with the site's secret, so that
    the table alone opens no calendar.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    steps = models.JSONField(default=every_step)
    by_mail = models.BooleanField(default=True)
    feed_seed = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001  absent, and then not unique

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        return f"{self.person_id}: {', '.join(map(str, self.steps)) or 'quiet'}"


class MailState(models.TextChoices):
    """Where a mail is on its way."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being handed over"
    SENT = "sent", "Accepted by the mail server"
    FAILED = "failed", "Refused for good"


class Mail(models.Model):
    """A mail to one person, written in the same transaction as what it tells of, and once per `key`.

    `doubts` counts the times when a worker died while it handed this mail over: the server may have taken it then.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    leave = models.CharField("path where its reader ends mails of its kind, where not all", max_length=200, default="", blank=True)
    state = models.CharField(max_length=8, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, default="", blank=True)
    worker = models.ForeignKey("Worker", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("next_attempt_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(condition=Q(sent_at__isnull=False) | ~Q(state="sent"), name="mail_sent_at_a_moment"),
        ]
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="mail_waiting")]

    def __str__(self) -> str:
        return self.subject


class Worker(models.Model):
    """A background worker: where it runs, and when it last said that it lives."""

    host = models.CharField(max_length=255)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.host}:{self.process}"


class Errand(models.Model):
    """Work that is done once a day: the last day on which it was done to the end."""

    name = models.SlugField(max_length=60, unique=True)
    done_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} ({self.done_on})"
