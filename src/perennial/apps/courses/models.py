"""Courses by version, enrolments, what was read, and a reader's notes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from perennial.apps.providers.queries import STARTER


class Course(models.Model):
    """One version of a course, as its folder was when it was loaded; never changed but for being offered."""

    slug = models.SlugField("short name", max_length=90)
    version = models.PositiveIntegerField("version")
    digest = models.CharField("digest of the content", max_length=64)
    is_current = models.BooleanField("offered now", default=True)
    provider = models.SlugField("short name of its provider", max_length=80, default=STARTER)
    bodies = models.JSONField("approval bodies whose clauses it met when it was published", default=list, blank=True)
    is_listed = models.BooleanField("in the catalog", default=True, help_text="No: found by its link alone.")
    title = models.CharField("title", max_length=90)
    summary = models.TextField("summary")
    level = models.CharField("level", max_length=20)
    is_free = models.BooleanField("free")
    minutes = models.PositiveIntegerField("minutes of credit")
    topics = models.JSONField("minutes of each topic, inside the minutes of credit")
    parts = models.PositiveSmallIntegerField("number of sections")
    format = models.CharField("format", max_length=60, default="asynchronous")
    practices = models.JSONField("practices that it teaches", default=list)
    data = models.JSONField("the whole course")
    bank = models.ForeignKey("assessments.Bank", on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField("offered since", auto_now=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "digest"], name="course_once_per_content"),
            models.UniqueConstraint(fields=["slug"], condition=Q(is_current=True), name="course_one_current"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="course_minutes_positive"),
        ]
        indexes = [models.Index(fields=["loaded_at"], condition=Q(is_current=True, is_listed=True), name="course_in_catalog")]

    def __str__(self) -> str:
        return self.title


class CourseFile(models.Model):
    """A file that a version shows or hands out; equal files of all versions lie in one place, named by their content."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("name in the folder media/", max_length=120)
    file = models.FileField(upload_to="courses/", max_length=200)
    size = models.PositiveBigIntegerField("bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["course", "name"], name="course_file_once")]

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """A person taking a course: one occurrence, on the version on which it began."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField("the course's short name", max_length=90)
    occurrence = models.PositiveIntegerField("which time")
    started_at = models.DateTimeField("started")
    completed_at = models.DateTimeField("completed", null=True, blank=True)
    last_section = models.CharField("section opened last", max_length=120, blank=True, default="")
    place = models.CharField("heading reached in it", max_length=200, blank=True, default="")
    certificate_number = models.CharField("certificate", max_length=40, blank=True, default="")
    bodies = models.JSONField("approval bodies for which it was offered when it began", null=True, blank=True)

    class Meta:
        ordering = ["occurrence"]
        constraints = [
            models.UniqueConstraint(fields=["person", "slug", "occurrence"], name="enrolment_occurrence_once"),
            models.UniqueConstraint(fields=["person", "slug"], condition=Q(completed_at=None), name="enrolment_one_open"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("started_at")), name="enrolment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}, occurrence {self.occurrence}"

    @property
    def promised(self) -> list[str]:
        """The approval bodies that its certificate may name: those of the offer that was taken, whatever it is published for since."""
        return list(self.course.bodies if self.bodies is None else self.bodies)


class SectionProgress(models.Model):
    """That a section was opened, and read to its end."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="progress")
    file = models.CharField("section", max_length=120)
    opened_at = models.DateTimeField("opened")
    read_at = models.DateTimeField("read", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "file"], name="progress_once_per_section")]

    def __str__(self) -> str:
        return self.file


class CaseRun(models.Model):
    """How someone goes through a branching case: the way taken last, and every step seen on any way."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="cases")
    case_id = models.CharField("case", max_length=90)
    way = models.JSONField("way", default=list, help_text="Places of the choices made, from 0, in their order.")
    seen = models.JSONField("steps seen", default=list)
    changed_at = models.DateTimeField("changed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "case_id"], name="case_once_per_enrolment")]

    def __str__(self) -> str:
        return f"{self.case_id} of {self.enrolment}"


class Note(models.Model):
    """A reader's own note on a section; no one else sees it, and it stays through versions and occurrences."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField("the course's short name", max_length=90)
    file = models.CharField("section", max_length=120)
    text = models.TextField("note", blank=True)
    revision = models.PositiveIntegerField("how often it was saved")
    saved_at = models.DateTimeField("saved")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "slug", "file"], name="note_once_per_section")]

    def __str__(self) -> str:
        return f"{self.slug} {self.file}"


class Highlight(models.Model):
    """A passage that a reader marked: its words, those around it, and a note if wanted. The page that makes it gives it its key."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uid = models.UUIDField("key")
    slug = models.SlugField("the course's short name", max_length=90)
    file = models.CharField("section", max_length=120)
    quote = models.TextField("passage")
    before = models.CharField("words before it", max_length=64, blank=True)
    after = models.CharField("words after it", max_length=64, blank=True)
    note = models.TextField("note", blank=True)
    revision = models.PositiveIntegerField("how often its note was saved", default=0)
    made_at = models.DateTimeField("made")
    saved_at = models.DateTimeField("saved")
    removed_at = models.DateTimeField("removed", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "uid"], name="highlight_once")]
        indexes = [models.Index(fields=["person", "slug"], name="highlight_of_course")]

    def __str__(self) -> str:
        return self.quote[:60]


class ReadingChoice(models.Model):
    """How a person wants to read; what is not chosen is the standard."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    choices = models.JSONField("choices by name", default=dict)

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.choices.items()) or "standard"


class Commitment(models.Model):
    """What someone means to do after a course, in their own words; nobody else sees it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField("number")
    text = models.CharField("what", max_length=300)
    made_at = models.DateTimeField("made")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="commitment_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class CommitmentReport(models.Model):
    """How a commitment went, so many days after the course; a later word stands for an earlier."""

    class Outcome(models.TextChoices):
        """What became of it."""

        KEPT = "kept", "Kept"
        PARTLY = "partly", "Partly"
        NOT = "not", "Not kept"

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reports")
    days = models.PositiveSmallIntegerField("days after the course")
    outcome = models.CharField("outcome", max_length=8, choices=Outcome.choices)
    said_at = models.DateTimeField("said")

    class Meta:
        ordering = ["days"]
        constraints = [models.UniqueConstraint(fields=["commitment", "days"], name="commitment_report_once")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} after {self.days} days"


class FollowUp(models.Model):
    """That someone is to be asked something so many days after a course: about commitments, or questions of the course again."""

    class Kind(models.TextChoices):
        """What is asked."""

        COMMITMENTS = "commitments", "Commitments"
        RECALL = "recall", "Questions again"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField("what is asked", max_length=12, choices=Kind.choices)
    days = models.PositiveSmallIntegerField("days after the course")
    due_on = models.DateField("from when")
    told_at = models.DateTimeField("told", null=True, blank=True)
    ended_at = models.DateTimeField("answered, skipped or stopped", null=True, blank=True)

    class Meta:
        ordering = ["days"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "kind", "days"], name="follow_up_once")]
        indexes = [models.Index(fields=["due_on"], condition=Q(told_at=None, ended_at=None), name="follow_up_waiting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} after {self.days} days: {self.enrolment}"
