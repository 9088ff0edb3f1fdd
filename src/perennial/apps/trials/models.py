"""Trial databases as files, with whose they are and what must be said of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Dataset(models.Model):
    """A file of trials. With an owner it is theirs alone, but for whoever has its link; without, it is the site's, open to everybody."""

    slug = models.SlugField("short name", max_length=80, unique=True)
    title = models.CharField("title", max_length=200)
    credit = models.TextField("whose data they are, and under which license", max_length=1000)
    about = models.TextField("what is in it", max_length=2000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    token = models.CharField("secret of its link", max_length=64, blank=True)
    file = models.FileField("file", upload_to="trials/", max_length=200)
    digest = models.CharField("digest of the file", max_length=64)
    columns = models.JSONField("columns by meaning, where their names do not tell", default=dict, blank=True)
    rows = models.PositiveIntegerField("rows")
    added_at = models.DateTimeField("added")
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="newer", verbose_name="the version before"
    )

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(credit=""), name="dataset_told_of")]

    def __str__(self) -> str:
        return self.title


class PooledLine(models.Model):
    """What a dataset of the site's comes to for one practice, worked out when it was brought."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="lines")
    practice = models.SlugField("short name of the practice", max_length=80)
    says = models.TextField("one plain sentence")
    limits = models.TextField("what it cannot say")
    query = models.CharField("part of the address after the question mark", max_length=500)
    estimate = models.FloatField("pooled effect")
    studies = models.PositiveIntegerField("studies")

    class Meta:
        ordering = ["-studies", "pk"]
        constraints = [models.UniqueConstraint(fields=["dataset", "practice"], name="pooled_line_once")]
        indexes = [models.Index(fields=["practice"], name="pooled_line_practice")]

    def __str__(self) -> str:
        return self.says
