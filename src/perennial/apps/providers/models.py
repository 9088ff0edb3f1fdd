"""Organizations that offer courses, who works for them, and the approvals that they hold."""

from datetime import date, timedelta
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

STARTER = "perennial-starter-library"  # short name of the provider of the starter library


class Provider(models.Model):
    """An organization that offers courses. A sample is not real and is marked wherever it shows."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    accommodation = models.TextField("how to ask for accommodation", blank=True)
    refund = models.TextField("refunds and cancellation", blank=True)
    grievance = models.TextField("complaints", blank=True)
    records = models.TextField("records", blank=True, help_text="What is kept, and for how long.")
    administrators = models.JSONField("administrators of the program", default=list, help_text="Name and qualifications of each.")
    is_sample = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(
        "known to the site", default=True, help_text="Its courses show in the catalog; until then by link alone."
    )

    class Meta:
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="provider_named")]

    def __str__(self) -> str:
        return self.name


class AppendOnly(TypeError):
    """Raised by code that tries to change or delete what is kept for good; the database refuses it as well."""


class Approval(models.Model):
    """An entry of the approvals' record, written once: a body's word for a provider, in force from `starts_on` until the day
    before `ends_on` (empty: no end known).

    A correction is a new entry that `replaces` one; a `void` entry says that there was no such approval. What nothing replaces
    and is not void stands. `slug` is the body's in `core.approval`, or empty; `statement` is what the provider typed.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="approvals")
    slug = models.CharField("body's short name", max_length=40, blank=True)
    body = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    statement = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    is_void = models.BooleanField("entered in error", default=False)
    reason = models.CharField("why it was corrected", max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("body", "starts_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="approval_ends_after_start"),
            models.UniqueConstraint(
                fields=["provider", "body", "starts_on"], condition=Q(replaces__isnull=True), name="approval_first_once_per_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}".strip()

    def save(self, **kwargs: Any) -> None:
        """Add the entry; one that is there already is refused."""
        if not self._state.adding:
            raise AppendOnly("The approvals' record is append-only: add an entry that replaces this one.")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("The approvals' record is append-only: add an entry that says it was in error.")

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; nothing where no end is known."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None


class Membership(models.Model):
    """That a person works at a provider's desk: an administrator also invites others and keeps the provider's papers."""

    class Role(models.TextChoices):
        """What a member may do."""

        ADMINISTRATOR = "administrator", "Administrator"
        AUTHOR = "author", "Author"

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField()

    class Meta:
        ordering = ("since", "pk")
        constraints = [models.UniqueConstraint(fields=["provider", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.provider}"


class Invitation(models.Model):
    """A link that makes whoever opens it, signed in, a member; only a digest of its secret is kept, and it works once."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Membership.Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.role} at {self.provider}"
