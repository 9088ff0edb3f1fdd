"""Drafts of courses, their parts, every saved state of a part, and the files that a draft carries."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """A course being written. `slug` is the course's short name on the whole site; it stays when the course is published."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField("short name", max_length=90, unique=True)
    title = models.CharField("title", max_length=90, help_text="As the part about the course says it, for lists.")
    bodies = models.JSONField("approval bodies", default=list, help_text="Slugs of the bodies whose clauses are checked.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField("begun")
    changed_at = models.DateTimeField("changed")
    removed_at = models.DateTimeField("put away", null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="draft_titled")]

    def __str__(self) -> str:
        return self.title


class DraftPart(models.Model):
    """One part of a draft as it stands now: the tables of the course folder that belong to it, and its place among its kind."""

    class Kind(models.TextChoices):
        """What a part holds."""

        ABOUT = "about", "About the course"
        OUTLINE = "outline", "Objectives and test"
        SECTION = "section", "Section"
        ITEM = "item", "Question"
        CASE = "case", "Case"
        MEDIA = "media", "Images, audio, video and files"
        REFERENCES = "references", "References"
        GLOSSARY = "glossary", "Glossary"
        EVALUATION = "evaluation", "Evaluation"
        DECLARATIONS = "declarations", "Declarations of interest"
        CREDIT = "credit", "Length and credit"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField("short name among its kind; empty where there is one of a kind", max_length=90, blank=True)
    place = models.PositiveIntegerField("place among its kind")
    revision = models.PositiveIntegerField("number of the revision that stands")
    data = models.JSONField("what stands", help_text="As in the course folder; decimals and dates as text.")
    changed_at = models.DateTimeField("changed")
    removed_at = models.DateTimeField("removed", null=True, blank=True)

    class Meta:
        ordering = ["kind", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "kind", "name"], name="part_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The part's name within the draft: about, section:01-start."""
        return f"{self.kind}:{self.name}" if self.name else self.kind


class PartRevision(models.Model):
    """A state of a part as somebody saved it; never changed.

    One that is `aside` was saved by somebody who had not seen the state that then stood: it is kept, and does not stand.
    """

    class How(models.TextChoices):
        """How a state came about."""

        BEGUN = "begun", "begun"
        SAVED = "saved", "saved"
        RESTORED = "restored", "brought back"
        IMPORTED = "imported", "read from a folder"

    part = models.ForeignKey(DraftPart, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    how = models.CharField(max_length=20, choices=How.choices, default=How.SAVED)
    aside = models.BooleanField("kept beside, because somebody else had saved since", default=False)
    data = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.part_id}, revision {self.number}"


class DraftFile(models.Model):
    """A file that the draft's sections show or offer; what it is called and says stands in the part `media`."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField("name in the folder media/", max_length=120)
    file = models.FileField(upload_to="desk/%Y/", max_length=200)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField("removed", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["draft", "name"], name="draft_file_once")]

    def __str__(self) -> str:
        return self.name
