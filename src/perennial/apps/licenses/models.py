"""Licenses, what holds of their owner, and duties done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class License(models.Model):
    """A license in its present renewal period. `expires_on` is that period's last day.

    `own_requirements` is a list of {name, hours, topic} for a credential that no rule covers; `own_months` the period's length.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    jurisdiction = models.CharField(max_length=2)
    profession = models.CharField(max_length=40)
    credential = models.CharField(max_length=60, default="", blank=True)
    number = models.CharField(max_length=40, default="", blank=True)
    issued_on = models.DateField(null=True)
    expires_on = models.DateField()
    birth_month = models.PositiveSmallIntegerField(null=True)
    renewal_number = models.PositiveSmallIntegerField(null=True)
    last_application_received_on = models.DateField(null=True)
    own_requirements = models.JSONField(default=list)
    own_months = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("expires_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "jurisdiction", "profession", "credential", "number"],
                condition=Q(removed_at__isnull=True),
                name="license_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(expires_on__gte=F("issued_on")), name="license_expires_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(birth_month__isnull=True) | Q(birth_month__gte=1, birth_month__lte=12), name="license_birth_month_exists"
            ),
            models.CheckConstraint(
                condition=Q(renewal_number__isnull=True) | Q(renewal_number__gte=1), name="license_renewal_number_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.credential or self.profession}"


class PersonAttributes(models.Model):
    """What a person answered to the questions of rules, as slugs of the vocabulary: `attributes` hold, those in `denied` do not.

    What is in neither is not answered.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    attributes = models.JSONField(default=list)
    denied = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.attributes)


class Duty(models.Model):
    """A duty done that earns no hours, or a one-time topic met: for one license, or for all where `license` is empty."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    license = models.ForeignKey(License, null=True, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=80)
    on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("on", "pk")
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "license", "what", "on"], condition=Q(withdrawn_at__isnull=True), name="duty_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["person", "what", "on"],
                condition=Q(withdrawn_at__isnull=True, license__isnull=True),
                name="duty_for_all_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.on})"
