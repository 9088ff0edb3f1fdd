"""Saved searches, weekly digests, and to whom a retraction was told."""

from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST_NAME, LONGEST_QUERY = 120, 2000


class Saved(models.Model):
    """A search that a person keeps, as the part of the address after the question mark; `seen` is the newest work of their last look."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("name", max_length=LONGEST_NAME)
    query = models.CharField("what is asked", max_length=LONGEST_QUERY)
    seen = models.BigIntegerField("greatest key of a work at the last look")
    made_at = models.DateTimeField("kept since")
    looked_at = models.DateTimeField("last look")
    removed_at = models.DateTimeField("taken out", null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "query"], name="saved_search_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Week(models.Model):
    """The window of one week's digests: works by key, notices by the moment they were read; fixed when the first is made."""

    begins_on = models.DateField("its Monday", unique=True)
    after = models.BigIntegerField("works after this key")
    through = models.BigIntegerField("works up to this key")
    told_after = models.DateTimeField("notices read after")
    told_through = models.DateTimeField("notices read up to")
    done_at = models.DateTimeField("everybody has theirs", null=True, blank=True)

    class Meta:
        ordering = ["-begins_on"]

    def __str__(self) -> str:
        return f"Week of {self.begins_on}"


class Digest(models.Model):
    """What a week brought a person: `works` with why each is here, `told` of works that courses cite, estimates that `moved`. It is never
    changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="digests")
    works = models.JSONField("works, each with key and reasons")
    told = models.JSONField("notices, each with key and courses")
    moved = models.JSONField("pooled estimates that moved, each with words and addresses", default=list)
    found = models.PositiveIntegerField("how many works fitted")
    made_at = models.DateTimeField("made")

    class Meta:
        ordering = ["-week__begins_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.week_id}"


class Wish(models.Model):
    """How a person wants the digest; without a row by mail, and no feed. `feed_seed` is half of the private address."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by_mail = models.BooleanField("by mail", default=True)
    feed_seed = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001  absent, and then not unique

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"{self.person_id}: {'mail' if self.by_mail else 'no mail'}"


class Passed(models.Model):
    """That a person was told of a notice about a work, once."""

    notice = models.ForeignKey("works.WorkNotice", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("told")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_passed_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} to {self.person_id}"


class Reached(models.Model):
    """How far notices were passed on: the latest moment at which one became known, and the greatest key."""

    name = models.SlugField("what", max_length=40, unique=True)
    moment = models.DateTimeField("moment of the last")
    key = models.BigIntegerField("key of the last")

    class Meta:
        verbose_name_plural = "places reached"

    def __str__(self) -> str:
        return self.name
