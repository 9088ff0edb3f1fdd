"""Mistakes in rules that people reported, and what was decided about each."""

from django.conf import settings
from django.db import models
from django.db.models import Q

MOST_MINUTES = 60_000  # 1000 hours, the most that a rule file takes


class ProposalState(models.TextChoices):
    """What became of a report."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class RuleProposal(models.Model):
    """A mistake that someone saw in a rule, with its source: a change proposed to the rule file, never made by itself.

    `line` is a key path of the file (`requirements.total`), empty for the rule as a whole; `minutes` are the hours that the line
    should name, in whole minutes, from `starts_on` where that is given. Everything but the decision is as it was sent, for good.
    """

    jurisdiction = models.CharField(max_length=2)
    profession = models.CharField(max_length=60)
    line = models.CharField(max_length=120, blank=True)
    should_say = models.TextField(max_length=2000)
    minutes = models.PositiveIntegerField(null=True)
    starts_on = models.DateField(null=True)
    cite = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500)
    kind = models.CharField(max_length=20)
    read_on = models.DateField()
    email = models.EmailField(blank=True)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    reply = models.TextField(max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="rule_proposal_state_known"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"), name="rule_proposal_web_address"
            ),
            models.CheckConstraint(condition=~Q(should_say=""), name="rule_proposal_says_something"),
            models.CheckConstraint(condition=Q(minutes=None) | Q(minutes__lte=MOST_MINUTES), name="rule_proposal_minutes_possible"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, reply="") | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(reply="")),
                name="rule_proposal_decided_with_reply",
            ),
        ]
        indexes = [models.Index(fields=["state", "-made_at"], name="rule_proposal_by_state")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.jurisdiction} {self.profession} {self.line}".strip()
