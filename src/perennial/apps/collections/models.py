"""A person's own library: works they keep, their notes, and collections of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST_NAME, LONGEST_NOTE = 80, 8000


class Collection(models.Model):
    """A name under which a person puts works together."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("name", max_length=LONGEST_NAME)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="collection_once_per_name"),
            models.CheckConstraint(condition=~Q(name=""), name="collection_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Kept(models.Model):
    """A work that a person keeps: one that the site knows, or `facts` of their own (core.literature.Record) that stay theirs alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    work = models.ForeignKey("works.Work", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField("own facts", default=dict, blank=True)
    own_key = models.CharField("by which own facts are known again", max_length=260, blank=True)
    title = models.TextField("title")
    collections = models.ManyToManyField(Collection, related_name="kept", blank=True)
    note = models.TextField("note", blank=True, max_length=LONGEST_NOTE)
    added_at = models.DateTimeField("kept since")
    dropped_at = models.DateTimeField("taken out", null=True, blank=True)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "work"], condition=Q(work__isnull=False), name="kept_work_once"),
            models.UniqueConstraint(fields=["person", "own_key"], condition=~Q(own_key=""), name="kept_own_once"),
            models.CheckConstraint(condition=Q(work__isnull=False) | ~Q(own_key=""), name="kept_is_something"),
        ]

    def __str__(self) -> str:
        return self.title
