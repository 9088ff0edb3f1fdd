"""Courses by version, enrolments, what was read, and a reader's notes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Course(models.Model):
    """One version of a course, as its folder was when it was loaded; never changed but for `is_current`."""

    slug = models.SlugField("short name", max_length=90)
    version = models.PositiveIntegerField("version")
    digest = models.CharField("digest of the content", max_length=64)
    is_current = models.BooleanField("offered now", default=True)
    title = models.CharField("title", max_length=90)
    summary = models.TextField("summary")
    level = models.CharField("level", max_length=20)
    is_free = models.BooleanField("free")
    minutes = models.PositiveIntegerField("minutes of credit")
    topics = models.JSONField("minutes of each topic, inside the minutes of credit")
    parts = models.PositiveSmallIntegerField("number of sections")
    data = models.JSONField("the whole course")
    bank = models.ForeignKey("assessments.Bank", on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField("loaded", auto_now_add=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "digest"], name="course_once_per_content"),
            models.UniqueConstraint(fields=["slug"], condition=Q(is_current=True), name="course_one_current"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="course_minutes_positive"),
        ]

    def __str__(self) -> str:
        return self.title


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
