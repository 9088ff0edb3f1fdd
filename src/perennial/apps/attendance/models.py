"""Gatherings, and marks of who was there; both are kept for good."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from perennial.core.attendance import Kind


class KeptForGood(TypeError):
    """Raised by code that tries to change or delete a mark."""


class Gathering(models.Model):
    """A time at which people are somewhere together. `key` is the name that its area gives it, such as "club:12"."""

    key = models.CharField("its name", max_length=120, unique=True)
    starts_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_start")]

    def __str__(self) -> str:
        return self.key


class Mark(models.Model):
    """That somebody came or went, at a moment, by whose word. Never changed: a false one is struck by an entry of its own."""

    class Kind(models.TextChoices):
        """What it says."""

        IN = Kind.IN, "Came"
        OUT = Kind.OUT, "Left"

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("when")
    kind = models.CharField("what", max_length=5, choices=Kind)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField("entered")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["gathering", "person", "at", "kind"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.kind} at {self.at:%Y-%m-%d %H:%M}"

    def save(self, **kwargs: Any) -> None:
        """Add the mark; one that is there already is refused."""
        if not self._state.adding:
            raise KeptForGood("Marks of attendance are append-only: strike it, and add another.")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise KeptForGood("Marks of attendance are append-only: strike it.")


class Strike(models.Model):
    """That a mark does not hold, by whose word and why."""

    mark = models.OneToOneField(Mark, on_delete=models.CASCADE, related_name="strike")
    reason = models.CharField("why", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("when")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="strike_has_reason")]

    def __str__(self) -> str:
        return f"{self.mark}: struck"
