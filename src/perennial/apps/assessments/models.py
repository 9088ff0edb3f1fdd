"""Banks of questions, attempts at them, answers as they were given, and evaluations."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Bank(models.Model):
    """The questions of one version of a course or the like; never changed, a new version is a new bank."""

    owner_key = models.CharField("owner", max_length=120, help_text="What the questions belong to, e.g. course:telehealth.")
    version = models.CharField("version", max_length=64, help_text="Digest of the content that the questions came with.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_key", "version"], name="bank_once_per_version")]

    def __str__(self) -> str:
        return f"{self.owner_key} {self.version[:8]}"


class Item(models.Model):
    """One question as it was when the bank was made."""

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="items")
    item_id = models.CharField("id", max_length=90)
    place = models.PositiveIntegerField("place in the bank")
    data = models.JSONField("question", help_text="kind, objective, section, stem, options with rationale.")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["bank", "item_id"], name="item_once_per_bank")]

    def __str__(self) -> str:
        return self.item_id


class Attempt(models.Model):
    """One try at a test: which questions, in which order, and how it ended."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="+")
    purpose_key = models.CharField("purpose", max_length=120, help_text="What the test is taken for, e.g. enrolment:17.")
    number = models.PositiveIntegerField("number")
    drawn = models.JSONField("questions drawn", help_text="Ids in the order in which they are asked.")
    seed = models.PositiveIntegerField("seed of the order of options")
    pass_percent = models.PositiveSmallIntegerField("percent to pass")
    started_at = models.DateTimeField("started")
    due_at = models.DateTimeField("ends", null=True, blank=True)
    submitted_at = models.DateTimeField("handed in", null=True, blank=True)
    score_percent = models.PositiveSmallIntegerField("score in percent", null=True, blank=True)
    passed = models.BooleanField("passed", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose_key", "number"], name="attempt_number_once"),
            models.UniqueConstraint(fields=["person", "purpose_key"], condition=Q(submitted_at=None), name="attempt_one_open"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, score_percent=None, passed=None)
                | Q(submitted_at__isnull=False, score_percent__lte=100, passed__isnull=False),
                name="attempt_scored_when_handed_in",
            ),
            models.CheckConstraint(condition=Q(due_at=None) | Q(due_at__gt=F("started_at")), name="attempt_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose_key}, attempt {self.number}"


class Answer(models.Model):
    """What was chosen for one question, last."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="answers")
    item_id = models.CharField("question", max_length=90)
    chosen = models.JSONField("chosen", help_text="Places of the options in the bank, from 0.")
    saved_at = models.DateTimeField("saved")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "item_id"], name="answer_once_per_question")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.chosen}"


class Evaluation(models.Model):
    """What a person said of a course; given once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose_key = models.CharField("purpose", max_length=120)
    answers = models.JSONField("answers")
    submitted_at = models.DateTimeField("handed in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "purpose_key"], name="evaluation_once_per_purpose")]

    def __str__(self) -> str:
        return self.purpose_key
