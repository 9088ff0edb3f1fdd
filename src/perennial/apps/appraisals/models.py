"""Appraisals with every answer that was ever given, whom they are shown to, pairs of raters, and tries in the gym."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from perennial.core.appraisal import Answer as Said
from perennial.tables.moving import point_to

ANSWERS = [(one.value, one.words) for one in Said]


class FormVersion(models.Model):
    """A form exactly as it was when somebody first used it; never changed."""

    design = models.CharField("design", max_length=40)
    version = models.PositiveIntegerField("version")
    digest = models.CharField("digest", max_length=64, unique=True)
    content = models.JSONField("content", help_text="As core.appraisal.plain gives it.")

    def __str__(self) -> str:
        return f"{self.design} {self.version}"


class Pairing(models.Model):
    """Two people who appraise one work by one form, each alone; what they said is compared once both have finished."""

    work = models.ForeignKey("works.Work", on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", help_text="Who asked for it.")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField("made")
    joined_at = models.DateTimeField("second rater joined", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(second=None) | ~Q(second=F("person")), name="pairing_of_two_people"),
            models.CheckConstraint(
                condition=Q(second=None, joined_at=None) | Q(second__isnull=False, joined_at__isnull=False), name="pairing_joined_when"
            ),
        ]

    def __str__(self) -> str:
        return f"Pair {self.pk}"

    @classmethod
    def when_works_join(cls, into: Mapping[int, int]) -> None:
        """Pairs go on with the work that stays."""
        point_to(cls, "work", into)


class Appraisal(models.Model):
    """One person's appraisal of one work; locked once finished, and a correction is a new one that names it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    work = models.ForeignKey("works.Work", on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    pairing = models.ForeignKey(Pairing, null=True, blank=True, on_delete=models.SET_NULL, related_name="appraisals")
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by")
    number = models.PositiveIntegerField("version of this appraisal", default=1)
    said = models.TextField("what I take from it", blank=True)
    started_at = models.DateTimeField("started")
    finished_at = models.DateTimeField("finished", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pairing", "person"], name="appraisal_once_for_a_pairing"),
            models.CheckConstraint(
                condition=Q(corrects=None, number=1) | Q(corrects__isnull=False, number__gt=1), name="appraisal_version_counted"
            ),
            models.CheckConstraint(condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")), name="appraisal_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"Appraisal {self.pk}"

    @classmethod
    def when_works_join(cls, into: Mapping[int, int]) -> None:
        """Appraisals of both are of the work that stays; who made two keeps two."""
        point_to(cls, "work", into)


class Answer(models.Model):
    """One answer to one question as it was given at a moment; never changed, a later one stands above it."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField("question", max_length=40)
    said = models.CharField("answer", max_length=14, choices=ANSWERS)
    page = models.CharField("page", max_length=20, blank=True)
    quote = models.CharField("a few words of the paper", max_length=200, blank=True)
    note = models.CharField("note", max_length=600, blank=True)
    at = models.DateTimeField("when")
    carried = models.BooleanField("taken over from the version before", default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(said__in=[value for value, _ in ANSWERS]), name="appraisal_answer_known")]

    def __str__(self) -> str:
        return f"{self.item}: {self.said}"


class Applicability(models.Model):
    """One person's comparison of a study's people with their own clients; for them alone, and it may change with the clients."""

    appraisal = models.OneToOneField(Appraisal, on_delete=models.CASCADE, related_name="applicability")
    told = models.JSONField("what was told", default=dict, help_text="By aspect: study, mine, found.")
    changed_at = models.DateTimeField("changed")

    def __str__(self) -> str:
        return f"Clients, appraisal {self.appraisal_id}"


class Share(models.Model):
    """That a finished appraisal is shown: to the person with this e-mail address, or with an empty one to everybody."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="shares")
    email = models.EmailField("e-mail address", blank=True)
    made_at = models.DateTimeField("since")
    ended_at = models.DateTimeField("until", null=True, blank=True)

    class Meta:
        ordering = ["email", "pk"]
        constraints = [models.UniqueConstraint(fields=["appraisal", "email"], condition=Q(ended_at=None), name="share_once_while_open")]

    def __str__(self) -> str:
        return self.email or "everybody"


class Consensus(models.Model):
    """What a pair agreed on for a question that they had answered differently, and why; never changed, a later one stands above it."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="consensus")
    item = models.CharField("question", max_length=40)
    said = models.CharField("answer", max_length=14, choices=ANSWERS)
    reason = models.CharField("why", max_length=600)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("when")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="consensus_says_why")]

    def __str__(self) -> str:
        return f"{self.item}: {self.said}"


class GymTry(models.Model):
    """One answer in the gym; never changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    design = models.CharField("design", max_length=40)
    example = models.CharField("example", max_length=60)
    item = models.CharField("question", max_length=40)
    said = models.CharField("answer", max_length=14, choices=ANSWERS)
    right = models.BooleanField("as the key, or defensible")
    at = models.DateTimeField("when")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "id"], name="gym_try_of_person")]

    def __str__(self) -> str:
        return f"{self.example}, {self.item}: {self.said}"
