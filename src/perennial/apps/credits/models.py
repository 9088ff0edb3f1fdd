"""The ledger of earned hours and its proof. Rows are written once: corrections and withdrawals are rows of their own."""

import secrets
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

MOST_MINUTES = 60_000


class AppendOnly(TypeError):
    """Raised by code that tries to change or delete what is kept for good; the database refuses it as well."""


class WrittenOnce(models.QuerySet[Any]):
    """Rows that can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("The ledger is append-only: add a correction instead of changing a row.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("The ledger is append-only: add a correction instead of changing rows.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly("The ledger is append-only: add a withdrawal instead of deleting rows.")


class Kept(models.Model):
    """A row that is written once."""

    objects: ClassVar[models.Manager[Any]] = models.Manager.from_queryset(WrittenOnce)()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Add the row; a row that is there already is refused."""
        if not self._state.adding:
            raise AppendOnly("The ledger is append-only: add a correction instead of changing a row.")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("The ledger is append-only: add a withdrawal instead of deleting a row.")


class Kind(models.TextChoices):
    """What a row of the ledger does."""

    EARNED = "earned", "Entered"
    CORRECTION = "correction", "Corrected"
    WITHDRAWAL = "withdrawal", "Withdrawn"


class Origin(models.TextChoices):
    """Where the hours were earned."""

    PERENNIAL = "perennial", "Perennial"
    OWN = "own", "Earned elsewhere"


class Entry(Kept):
    """One row of the ledger: hours earned, a correction that takes an entry's place, or a withdrawal that takes it out of the count.

    Entries form chains by `corrects`; the last of a chain is what holds. `minutes` are whole minutes of hours of 60.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    title = models.CharField(max_length=300)
    provider_name = models.CharField(max_length=200)
    completed_on = models.DateField()
    minutes = models.PositiveIntegerField()
    format = models.CharField(max_length=40)
    topics = models.JSONField(default=dict)
    approvals = models.JSONField(default=list)
    category = models.CharField(max_length=20, default="")
    course_key = models.CharField(max_length=200, default="")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    certificate_number = models.CharField(max_length=60, default="")
    note = models.CharField(max_length=1000, default="")
    final = models.BooleanField(default=False)  # a withdrawal by the issuer, which its owner cannot reverse
    entered_at = models.DateTimeField()
    key = models.CharField(max_length=160)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="entry_once_per_key"),
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=MOST_MINUTES), name="entry_minutes_possible"),
            models.CheckConstraint(condition=Q(kind="earned") ^ Q(corrects__isnull=False), name="entry_kind_fits_corrects"),
            models.CheckConstraint(condition=~Q(title=""), name="entry_titled"),
        ]
        indexes = [models.Index(fields=["certificate_number"], name="entry_certificate")]

    def __str__(self) -> str:
        return f"{self.title} ({self.completed_on}, {self.minutes} min, {self.kind})"


def random_name(proof: "Proof", original: str) -> str:
    """A file name that tells nothing and cannot be guessed."""
    return f"proofs/{secrets.token_urlsafe(32)}"


class Proof(Kept):
    """A file that shows a credit; `media_type` is what the content is, whatever the file was called."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="proofs")
    file = models.FileField(upload_to=random_name, max_length=120)
    original_name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["entry", "sha256"], name="proof_once_per_entry")]

    def __str__(self) -> str:
        return self.original_name


def shoebox_name(dropped: "Dropped", original: str) -> str:
    """A file name that tells nothing and cannot be guessed."""
    return f"shoebox/{secrets.token_urlsafe(32)}"


class Dropped(models.Model):
    """A file in someone's shoebox: as it was dropped, or out of a letter or an archive (`part` says which way led to it).

    It waits until `read_at` is set. Once nothing in it is left to decide, or if it cannot serve, the file goes and `size_bytes` is 0.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to=shoebox_name, max_length=120, blank=True)
    name = models.CharField(max_length=160)
    part = models.CharField(max_length=400, default="", blank=True)
    kind = models.CharField(max_length=10, default="", blank=True)
    media_type = models.CharField(max_length=40, default="", blank=True)  # empty where the file is no proof, such as a list
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    says = models.CharField(max_length=400, default="", blank=True)
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["person", "sha256"], name="dropped_once_per_person")]

    def __str__(self) -> str:
        return self.name


class ProposalState(models.TextChoices):
    """What its person made of a proposal."""

    OPEN = "open", "To look at"
    SKIPPED = "skipped", "Skipped"
    ENTERED = "entered", "Entered"


class Proposal(models.Model):
    """A credit that a file in the shoebox proposes: what was `read`, and what its person changed in it (`edited`, as the form sends it)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    dropped = models.ForeignKey(Dropped, on_delete=models.CASCADE, related_name="proposals")
    position = models.PositiveIntegerField()
    read = models.JSONField()
    edited = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("dropped_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["dropped", "position"], name="proposal_once_per_place"),
            models.CheckConstraint(condition=Q(state="entered") ^ Q(entry__isnull=True), name="proposal_entered_has_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.dropped}, {self.position + 1}"
