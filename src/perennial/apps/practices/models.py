"""Practices as the library tells them, and who follows which."""

from django.conf import settings
from django.db import models


class Practice(models.Model):
    """A way of working, a condition, a population or a topic; its facts come from library/practices."""

    class Kind(models.TextChoices):
        """What it is; in words for lists at core.vocabulary.Kind."""

        MODALITY = "modality", "Way of working"
        CONDITION = "condition", "Condition"
        POPULATION = "population", "Population"
        TOPIC = "topic", "Topic"

    slug = models.SlugField("short name", max_length=80, unique=True)
    name = models.CharField("name", max_length=120)
    kind = models.CharField("kind", max_length=10, choices=Kind)
    synonyms = models.JSONField("also called", default=list, blank=True)
    abbreviations = models.JSONField("abbreviations", default=list, blank=True)
    mesh = models.JSONField("MeSH descriptors", default=list, blank=True)
    definition = models.TextField("definition")
    references = models.JSONField("key references, each with doi and text", default=list, blank=True)
    broader = models.JSONField("short names of what it is a part of", default=list, blank=True)
    related = models.JSONField("short names of its neighbors", default=list, blank=True)
    checked = models.DateField("checked on")
    digest = models.CharField("digest of all this", max_length=64)
    is_listed = models.BooleanField("in the library now", default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Follow(models.Model):
    """That a person wants to hear what changes in a practice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="follows")
    at = models.DateTimeField("since")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "practice"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.practice_id}"
