"""Works by DOI, PMID or title, and notices about works."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from perennial.core.literature.work import LONGEST_DOI
from perennial.tables.moving import point_to


class Work(models.Model):
    """A published work: its facts, whose they are, and when they were read.

    What refers to works says in `when_works_join` how it goes on to the one that stays when two turn out to be one.
    """

    class Source(models.TextChoices):
        """Where the facts come from, the one that tells most last."""

        COURSE = "course", "the text of a reference in a course"
        RIS = "ris", "a RIS file"
        BIBTEX = "bibtex", "a BibTeX file"
        CSL = "csl", "a CSL-JSON file"
        LIBRARY = "library", "the starter library"
        CROSSREF = "crossref", "Crossref"
        OPENALEX = "openalex", "OpenAlex"
        EUROPE_PMC = "europepmc", "Europe PMC"
        PUBMED = "pubmed", "PubMed"

    class Level(models.TextChoices):
        """The design of a work; in words and in order at core.literature.Level."""

        SYSTEMATIC_REVIEW = "systematic_review", "Systematic review"
        RANDOMIZED_TRIAL = "randomized_trial", "Randomized trial"
        CONTROLLED_STUDY = "controlled_study", "Controlled study without randomization"
        COHORT = "cohort", "Cohort study"
        CASE_CONTROL = "case_control", "Case-control study"
        CROSS_SECTIONAL = "cross_sectional", "Cross-sectional study"
        CASE_SERIES = "case_series", "Case report or series"
        QUALITATIVE = "qualitative", "Qualitative study"
        GUIDELINE = "guideline", "Guideline"
        NARRATIVE = "narrative", "Narrative review or textbook"
        OPINION = "opinion", "Opinion, letter or comment"
        PROTOCOL = "protocol", "Plan of a study, without results"
        LABORATORY = "laboratory", "Study of animals or in the laboratory"
        UNKNOWN = "unknown", "Design not known"

    doi = models.CharField("DOI, in small letters", max_length=LONGEST_DOI, blank=True)
    pmid = models.CharField("number at PubMed", max_length=20, blank=True)
    pmcid = models.CharField("number at PubMed Central", max_length=20, blank=True)
    title = models.TextField("title", blank=True)
    authors = models.JSONField("authors", default=list, blank=True)
    year = models.PositiveIntegerField("year", null=True, blank=True)
    published_on = models.DateField("day of publication", null=True, blank=True)
    container = models.TextField("journal or book", blank=True)
    volume = models.CharField("volume", max_length=80, blank=True)
    issue = models.CharField("issue", max_length=80, blank=True)
    pages = models.CharField("pages", max_length=80, blank=True)
    kind = models.CharField("kind, as the source says it", max_length=80, blank=True)
    kinds = models.JSONField("publication types, in the source's words", default=list, blank=True)
    mesh = models.JSONField("MeSH descriptors", default=list, blank=True)
    keywords = models.JSONField("keywords", default=list, blank=True)
    abstract = models.TextField("abstract", blank=True)
    language = models.CharField("language", max_length=40, blank=True)
    free_url = models.TextField("address of the free whole text", blank=True)
    level = models.CharField("design", max_length=20, choices=Level, default=Level.UNKNOWN)
    level_because = models.TextField("why we take it for that design", blank=True)
    summary = models.TextField("own two lines of the starter library", blank=True)
    title_key = models.CharField("title and year, to compare by", max_length=220, blank=True)
    citation = models.TextField("citation")
    source = models.CharField("whose facts", max_length=10, choices=Source)
    taken_back = models.BooleanField("its source has deleted it, or it was joined into another", default=False)
    joined_because = models.TextField("why records were taken for one work", blank=True)
    joined_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="joined",
        db_index=False,
        verbose_name="the work that it proved to be",
    )
    read_at = models.DateTimeField("read")
    changed_at = models.DateTimeField("last change", db_default=Now())

    class Meta:
        ordering = ["doi", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["doi"], condition=~Q(doi=""), name="work_doi_once"),
            models.UniqueConstraint(fields=["pmid"], condition=~Q(pmid=""), name="work_pmid_once"),
        ]
        indexes = [
            # SQLite uses a partial index only where it can prove its condition, which it cannot of a parameter: so whole ones beside.
            models.Index(fields=["doi"], name="work_doi"),
            models.Index(fields=["pmid"], name="work_pmid"),
            models.Index(fields=["title_key"], name="work_title_key"),
            models.Index(fields=["changed_at", "id"], name="work_changed"),
            models.Index(fields=["joined_into"], condition=Q(joined_into__isnull=False), name="work_joined"),
        ]

    def __str__(self) -> str:
        return self.citation

    @classmethod
    def when_works_join(cls, into: Mapping[int, int]) -> None:
        """What was joined into one that goes leads at once to the one that stays."""
        point_to(cls, "joined_into", into)


class WorkPractice(models.Model):
    """That a work is about a practice, and how that is known."""

    class How(models.TextChoices):
        """How it is known, the surest first."""

        LIBRARY = "library", "the starter library says so"
        PERSON = "person", "a person said so"
        MESH = "mesh", "a MeSH heading names it"
        TEXT = "text", "title or keywords name it"

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey("practices.Practice", on_delete=models.CASCADE, related_name="+")
    how = models.CharField("how it is known", max_length=7, choices=How)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["work", "practice"], name="work_practice_once")]

    def __str__(self) -> str:
        return f"{self.work_id} is about {self.practice_id}"

    @classmethod
    def when_works_join(cls, into: Mapping[int, int]) -> None:
        """Of two that say the same the surer one stays."""
        rows = list(cls.objects.filter(work__in=[*into, *into.values()]))
        kept: dict[tuple[int, int], WorkPractice] = {}
        for row in sorted(rows, key=lambda one: (list(cls.How.values).index(one.how), one.pk)):
            kept.setdefault((into.get(row.work_id, row.work_id), row.practice_id), row)
        stay = {row.pk for row in kept.values()}
        cls.objects.filter(pk__in=[row.pk for row in rows if row.pk not in stay]).delete()
        point_to(cls, "work", into)


class WorkImport(models.Model):
    """Taking over a file, or what a service answers to a question: how far it came, so that it goes on there."""

    key = models.CharField("form and digest of the file, or service and question", max_length=120, unique=True)
    form = models.CharField("form of the file, or the service", max_length=20)
    name = models.TextField("name of the file, or the question")
    place = models.PositiveIntegerField("parts done", default=0)
    cursor = models.TextField("where the service goes on", blank=True)
    taken = models.PositiveIntegerField("records taken", default=0)
    counts = models.JSONField("what came of them", default=dict)
    problems = models.JSONField("what could not be read", default=list)
    unread = models.PositiveIntegerField("how many could not be read", default=0)
    stopped = models.TextField("why it stopped", blank=True)
    started_at = models.DateTimeField("begun")
    changed_at = models.DateTimeField("last change")
    done_at = models.DateTimeField("done", null=True, blank=True)

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"{self.form} {self.name}"


class WorkNotice(models.Model):
    """That a work was retracted, doubted, corrected or reinstated; kept for any DOI or PMID, known here or not."""

    class Nature(models.TextChoices):
        """What the notice says."""

        RETRACTION = "retraction", "Retraction"
        CONCERN = "concern", "Expression of concern"
        CORRECTION = "correction", "Correction"
        REINSTATEMENT = "reinstatement", "Reinstatement"

    key = models.CharField("its name at its source", max_length=540, unique=True)
    doi = models.CharField("DOI of the work, in small letters", max_length=LONGEST_DOI, db_index=True, blank=True)
    pmid = models.CharField("number of the work at PubMed", max_length=20, blank=True)
    nature = models.CharField("nature", max_length=14, choices=Nature)
    on = models.DateField("day of the notice", null=True, blank=True)
    notice_doi = models.CharField("DOI of the notice", max_length=LONGEST_DOI, blank=True)
    reason = models.TextField("reason given", blank=True)
    source = models.CharField("whose word", max_length=80)
    read_at = models.DateTimeField("read")
    known_at = models.DateTimeField("first read", db_default=Now())

    class Meta:
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["pmid"], name="work_notice_pmid"),
            models.Index(fields=["known_at", "id"], name="work_notice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.nature} of {self.doi or self.pmid}"
