"""Works by DOI, and notices about works."""

from django.db import models

LONGEST_DOI = 250


class Work(models.Model):
    """A published work: its facts, whose they are, and when they were read."""

    class Source(models.TextChoices):
        """Where the facts come from."""

        CROSSREF = "crossref", "Crossref"
        COURSE = "course", "the text of a reference in a course"

    doi = models.CharField("DOI, in small letters", max_length=LONGEST_DOI, unique=True)
    title = models.TextField("title", blank=True)
    authors = models.JSONField("authors", default=list)
    year = models.PositiveIntegerField("year", null=True, blank=True)
    container = models.TextField("journal or book", blank=True)
    kind = models.CharField("kind, as the source says it", max_length=80, blank=True)
    citation = models.TextField("citation")
    source = models.CharField("whose facts", max_length=10, choices=Source)
    read_at = models.DateTimeField("read")

    class Meta:
        ordering = ["doi"]

    def __str__(self) -> str:
        return self.citation


class WorkNotice(models.Model):
    """That a work was retracted, doubted, corrected or reinstated; kept for any DOI, cited here or not."""

    class Nature(models.TextChoices):
        """What the notice says."""

        RETRACTION = "retraction", "Retraction"
        CONCERN = "concern", "Expression of concern"
        CORRECTION = "correction", "Correction"
        REINSTATEMENT = "reinstatement", "Reinstatement"

    key = models.CharField("its name at its source", max_length=540, unique=True)
    doi = models.CharField("DOI of the work, in small letters", max_length=LONGEST_DOI, db_index=True)
    nature = models.CharField("nature", max_length=14, choices=Nature)
    on = models.DateField("day of the notice", null=True, blank=True)
    notice_doi = models.CharField("DOI of the notice", max_length=LONGEST_DOI, blank=True)
    reason = models.TextField("reason given", blank=True)
    source = models.CharField("whose word", max_length=80)
    read_at = models.DateTimeField("read")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.nature} of {self.doi}"
