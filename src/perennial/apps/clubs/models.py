"""Journal clubs: meetings about one work, questions beforehand, what people say, and what came of it."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from perennial.core.appraisal import Answer
from perennial.tables.moving import point_to

SHORT, LONG, LONGEST = 200, 1000, 6000
ANSWERS = [(one.value, one.words) for one in Answer]
ZONE_WORDS = {
    "America/New_York": "Eastern time",
    "America/Chicago": "Central time",
    "America/Denver": "Mountain time",
    "America/Phoenix": "Arizona time",
    "America/Los_Angeles": "Pacific time",
    "America/Anchorage": "Alaska time",
    "Pacific/Honolulu": "Hawaii time",
    "UTC": "UTC",
}


class Meeting(models.Model):
    """One meeting about one work. It is over when its host closes it; then nothing in it changes but the minutes."""

    class Where(models.TextChoices):
        """How people meet; the words are the formats of credits."""

        ONLINE = "live_online", "Live, online"
        ROOM = "live_in_person", "Live, in person"

    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("providers.Provider", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    work = models.ForeignKey("works.Work", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("title", max_length=SHORT)
    about = models.TextField("why this paper", max_length=LONG, blank=True)
    objectives = models.JSONField("what people will be able to do", default=list)
    starts_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends")
    zone = models.CharField("time zone", max_length=60)
    where = models.CharField("how people meet", max_length=14, choices=Where)
    place = models.CharField("room, or address of the call", max_length=500, blank=True)
    topic = models.CharField("topic of the credit", max_length=80, blank=True)
    bodies = models.JSONField("bodies under whose approval it is held", default=list)
    token = models.CharField("secret of its link", max_length=64, unique=True)
    code = models.CharField("code said at the meeting", max_length=12)
    is_listed = models.BooleanField("open to everybody on the site", default=False)
    made_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField("minutes", max_length=LONGEST, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="club_ends_after_start")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def when_works_join(cls, into: Mapping[int, int]) -> None:
        """Meetings about a work that goes are about the one that stays."""
        point_to(cls, "work", into)

    @property
    def zone_words(self) -> str:
        """The zone for people, such as "Pacific time"."""
        return ZONE_WORDS.get(self.zone, self.zone.replace("_", " "))


class Question(models.Model):
    """Something to think about before the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "text"], name="club_question_once")]

    def __str__(self) -> str:
        return self.text


class Guest(models.Model):
    """Somebody who takes part."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField("said that they do not come", null=True, blank=True)
    evaluated_at = models.DateTimeField("told how it was", null=True, blank=True)
    certificate_number = models.CharField(max_length=40, blank=True)
    entry_key = models.CharField("its entry in their own record", max_length=160, blank=True)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="club_guest_once")]

    def __str__(self) -> str:
        return f"{self.person} at {self.meeting}"


class Sheet(models.Model):
    """The form by which everybody at a meeting appraises the work, exactly as it was when its host chose it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="sheet")
    form = models.ForeignKey("appraisals.FormVersion", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Form of {self.meeting}"


class Brought(models.Model):
    """The appraisal that a guest makes, or made, for a meeting; it counts in the room once it is finished."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="brought")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    appraisal = models.ForeignKey("appraisals.Appraisal", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="club_appraisal_once")]

    def __str__(self) -> str:
        return f"{self.person} for {self.meeting}"


class Agreed(models.Model):
    """What the group answers to a question of its form, and why; never changed, a later one stands above it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agreed")
    item = models.CharField("question", max_length=40)
    said = models.CharField("answer", max_length=14, choices=ANSWERS)
    reason = models.CharField("why", max_length=600)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="club_agreed_says_why")]

    def __str__(self) -> str:
        return f"{self.item}: {self.said}"


class Said(models.Model):
    """What somebody says: an answer to a question (one for each, changed until the meeting begins), or a word in the discussion."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="said")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=LONGEST)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], condition=Q(question__isnull=False), name="club_answer_once"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
