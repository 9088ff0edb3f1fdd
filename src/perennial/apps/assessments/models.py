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
    data = models.JSONField("question", help_text="As core.courses.Item; decimals as text.")
    key = models.JSONField("key that stands instead", null=True, blank=True, help_text="Set by the last correction of the key, if any.")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["bank", "item_id"], name="item_once_per_bank")]

    def __str__(self) -> str:
        return self.item_id


class Attempt(models.Model):
    """One try at a test: which questions, in which order, and how it ended.

    The score is that of the keys that stand now, but no correction of a key lowers it: see `Regrade` for what it was before.
    """

    class Time(models.TextChoices):
        """How much of the usual time the person asked for before starting."""

        USUAL = "usual", "The usual time"
        HALF_MORE = "half_more", "Half as much again"
        DOUBLE = "double", "Twice as much"
        UNLIMITED = "unlimited", "No time limit"

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
    time_asked = models.CharField("time asked for", max_length=10, choices=Time.choices, default=Time.USUAL)
    breaks = models.PositiveSmallIntegerField("breaks left", default=0)
    paused_at = models.DateTimeField("in a break since", null=True, blank=True)

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
    chosen = models.JSONField("chosen", help_text="A list; see core.scoring.marking for what it holds for each kind.")
    saved_at = models.DateTimeField("saved")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "item_id"], name="answer_once_per_question")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.chosen}"


class KeyCorrection(models.Model):
    """That another answer is right, or any, from now on and for all who answered before; never changed, a second one is a new entry."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="corrections")
    before = models.JSONField("key before")
    after = models.JSONField("key from now on")
    reason = models.TextField("why")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("when")
    done_at = models.DateTimeField("every attempt scored again", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why")]

    def __str__(self) -> str:
        return f"{self.item}: {self.after}"


class Regrade(models.Model):
    """That an attempt was scored again after a correction: what the score was, and what the new key gives. Never changed."""

    correction = models.ForeignKey(KeyCorrection, on_delete=models.PROTECT, related_name="regrades")
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="regrades")
    percent_before = models.PositiveSmallIntegerField("score before")
    percent_by_key = models.PositiveSmallIntegerField("score by the new key")
    passed_before = models.BooleanField("passed before")
    passed_after = models.BooleanField("passed now")
    at = models.DateTimeField("when")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "attempt"], name="regrade_once_per_correction"),
            models.CheckConstraint(condition=Q(passed_before=False) | Q(passed_after=True), name="regrade_takes_no_pass"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.percent_before} to {self.percent_by_key}"


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
