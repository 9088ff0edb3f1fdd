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
    provider = models.ForeignKey("providers.Provider", null=True, on_delete=models.PROTECT, related_name="+")
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


class Written(models.Model):
    """A row that is written once: neither code nor the database changes or deletes it."""

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Add the row; one that is there already is refused."""
        if not self._state.adding:
            raise TypeError("This is written once, and never changed.")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("This is kept for good.")


class StatusPlace(Written):
    """Which bit of which status list tells whether a certificate was revoked; by chance, and never given twice."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="place")
    number = models.PositiveIntegerField("status list")
    index = models.PositiveIntegerField("bit, from the left")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "index"], name="status_place_once")]

    def __str__(self) -> str:
        return f"{self.number}#{self.index}"


class IssuerKey(Written):
    """A public key by which this site signs from `since` until the next of its kind: a did, or an X.509 certificate as PEM.

    Private keys are never in tables.
    """

    class Kind(models.TextChoices):
        """What it signs."""

        CREDENTIAL = "credential", "Credentials and status lists"
        DOCUMENT = "document", "PDFs"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField("did, or SHA-256 of the certificate", max_length=200, unique=True)
    pem = models.TextField(default="")
    since = models.DateTimeField()

    class Meta:
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """The last number given in a year, so that numbers follow one another without a gap."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
