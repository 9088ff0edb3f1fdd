"""A person's own library: works they keep, their notes, and collections of them."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q

from perennial.tables.moving import point_to

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

    @classmethod
    def when_works_join(cls, into: Mapping[int, int]) -> None:
        """Who kept both keeps the one that stays, with both notes and the collections of both."""
        rows = cls.objects.select_for_update().filter(work__in=[*into, *into.values()]).order_by("added_at", "pk")
        first: dict[tuple[int, int], Kept] = {}
        for row in rows.prefetch_related("collections"):
            work = row.work_id or 0
            stays = first.setdefault((row.person_id, into.get(work, work)), row)
            if stays is not row:
                stays.absorb(row)
        point_to(cls, "work", into)

    def absorb(self, other: "Kept") -> None:
        """Take over what its person made of the other, which goes."""
        self.note = "\n\n".join(dict.fromkeys(filter(None, (self.note, other.note))))
        self.dropped_at = max(self.dropped_at, other.dropped_at) if self.dropped_at and other.dropped_at else None
        self.collections.add(*other.collections.all())
        other.delete()
        self.save(update_fields=["note", "dropped_at"])
