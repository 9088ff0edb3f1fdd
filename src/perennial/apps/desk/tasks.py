"""What the background worker does for desks: takes large files of questions into drafts, and scores attempts again."""

from django.utils import timezone
from django_tasks import task

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.services import score_again
from perennial.apps.desk.models import Draft
from perennial.apps.desk.taking import Wishes, take_intake
from perennial.apps.intakes.queries import intake_being_taken
from perennial.apps.intakes.services import mark_not_taken
from perennial.apps.providers.queries import membership_at
from perennial.core.values import Refusal


@task()
def take_later(intake: int, draft: int | None, person: int, wishes: dict[str, str | bool]) -> None:
    """Take this intake, if it is still to be taken; safe to repeat. A no is kept for the page."""
    found = intake_being_taken(intake)
    if found is None:
        return
    into = Draft.objects.select_related("provider").filter(pk=draft).first() if draft else None
    try:
        who = Person.objects.filter(pk=person, is_active=True).first()
        if who is None or membership_at(who, found.provider.slug) is None:
            raise Refusal("Whoever asked for it works here no longer. Take it yourself if it is wanted.")
        take_intake(intake=found, draft=into, person=who, wishes=Wishes(**wishes), at=timezone.now())  # type: ignore[arg-type]  # as they were enqueued
    except Refusal as refusal:
        mark_not_taken(intake=found, why=str(refusal))


@task()
def score_again_later(correction: int) -> None:
    """Score again every attempt that this correction of a key is about; safe to repeat."""
    score_again(correction=correction, clock=timezone.now)
