"""Certificates: facts frozen at issue; nothing but a revocation is ever added."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q


class Certificate(models.Model):
    """A certificate of completion. `number` stands on it and is no secret; `token` opens its public page and cannot be guessed.

    The database refuses to delete a row, to change what was frozen, and to take a revocation back.
    """

    number = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=160)
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=500, default="")

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="certificate_once_per_key"),
            models.CheckConstraint(condition=Q(revoked_at__isnull=True) ^ ~Q(revocation_reason=""), name="certificate_revoked_with_reason"),
        ]

    def __str__(self) -> str:
        return self.number

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("Certificates are kept for good: revoke instead of deleting.")


class Series(models.Model):
    """The last number given in a year, so that numbers follow one another without a gap."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
