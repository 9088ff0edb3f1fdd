"""A file of questions of others, its report, and what was made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Intake(models.Model):
    """A file that somebody brought: waiting, read, being taken, taken (with the keys of the parts that were made), or taken back again."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "waiting to be read"
        READ = "read", "read"
        TAKING = "taking", "being taken"
        TAKEN = "taken", "taken"
        UNDONE = "undone", "taken back"

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    draft = models.SlugField("short name of the draft; empty for a new one", max_length=90, blank=True)
    name = models.CharField("name of the file", max_length=200)
    file = models.FileField(upload_to="intakes/%Y/", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("bytes")
    format = models.CharField("format; empty until its content told it", max_length=20, blank=True)
    short_as_reflection = models.BooleanField("typed words become reflections", default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    questions_read = models.PositiveIntegerField("questions read so far", default=0)
    title = models.CharField("title that the file gives its course", max_length=90, blank=True)
    report = models.JSONField("lines of the report", default=list, help_text="where, what, mend, state, title, item")
    counts = models.JSONField(default=dict, help_text="taken, changed, refused, pages, links")
    fault = models.CharField("why it could not be taken", max_length=300, blank=True)
    made = models.JSONField("keys of the parts that were made", default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("brought")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(state="taken") | Q(taken_at__isnull=False), name="intake_taken_when")]

    def __str__(self) -> str:
        return self.name
