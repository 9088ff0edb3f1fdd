"""Outside material, looks at its addresses, and reports of dead ones."""

from django.conf import settings
from django.db import models


class Cost(models.TextChoices):
    """What something costs, as far as it was read."""

    FREE = "free", "Free"
    PAID = "paid", "At a price"
    NONE = "none", "There is none"
    UNKNOWN = "unknown", "Not known"


class Resource(models.Model):
    """Something of others that the library vouches for. What is said of its cost was read on `cost_read`, not today."""

    class Kind(models.TextChoices):
        """What it is."""

        COURSE = "course", "Course"
        GUIDE = "guide", "Guide"
        GUIDELINE = "guideline", "Guideline"
        MANUAL = "manual", "Manual"
        TOOL = "tool", "Tool"
        CONSULTATION = "consultation", "Consultation"

    slug = models.SlugField("short name", max_length=80, unique=True)
    title = models.CharField("title", max_length=200)
    publisher = models.CharField("publisher", max_length=200)
    address = models.URLField("address", max_length=500)
    kind = models.CharField("kind", max_length=12, choices=Kind)
    topics = models.JSONField("topics", default=list)
    says = models.TextField("what it is good for")
    license = models.CharField("license, as far as it was read", max_length=200, blank=True)
    hours = models.CharField("hours, as its page says", max_length=20, blank=True)
    course = models.CharField("cost of the course", max_length=7, choices=Cost)
    certificate = models.CharField("cost of the certificate", max_length=7, choices=Cost)
    cost = models.TextField("what was read about the cost")
    cost_read = models.DateField("cost read")
    interests = models.TextField("interests of those who make it")
    last_checked = models.DateField("looked at by a contributor")
    how = models.CharField("how it was looked at", max_length=200)
    is_listed = models.BooleanField("in the library now", default=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def really_free(self) -> bool:
        """Whether both the course and its certificate are free."""
        return self.course == Cost.FREE and self.certificate == Cost.FREE


class Look(models.Model):
    """One attempt to see whether an address answers; never changed."""

    class Found(models.TextChoices):
        """What came of it."""

        WORKS = "works", "It answers"
        MOVED = "moved", "It has moved for good, and answers there"
        GONE = "gone", "It is gone"
        FAILS = "fails", "It answers with a fault"
        SILENT = "silent", "It does not answer"
        NOT_ASKED = "not_asked", "It was not asked"

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="looks")
    address = models.URLField("address asked", max_length=500)
    found = models.CharField("what came of it", max_length=9, choices=Found)
    status = models.PositiveSmallIntegerField("status answered", null=True, blank=True)
    says = models.CharField("detail", max_length=600, blank=True)
    at = models.DateTimeField("when")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["resource", "-id"], name="look_latest")]

    def __str__(self) -> str:
        return f"{self.address}: {self.found}"


class DeadReport(models.Model):
    """A person's word that an address is dead; once for a person and address."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="reports")
    address = models.URLField("address", max_length=500)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("when")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "address", "person"], name="dead_report_once")]

    def __str__(self) -> str:
        return f"{self.address} is dead"
