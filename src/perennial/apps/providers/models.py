"""Organizations that offer courses, and the approvals that they hold."""

from django.db import models
from django.db.models import F, Q


class Provider(models.Model):
    """An organization that offers courses. A sample is not real and is marked wherever it shows."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="provider_named")]

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """An approval body's word for a provider, in force from `starts_on` until the day before `ends_on` (empty: no end known).

    `statement` is the body's fixed wording; authors of courses cannot edit it.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="approvals")
    body = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    statement = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("body", "starts_on")
        constraints = [
            models.UniqueConstraint(fields=["provider", "body", "starts_on"], name="approval_once_per_start"),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="approval_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}".strip()
