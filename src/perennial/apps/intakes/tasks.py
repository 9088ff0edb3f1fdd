"""Reads large files of questions in the background."""

from django_tasks import task

from perennial.apps.intakes.models import Intake
from perennial.apps.intakes.services import read_intake


@task()
def read_later(intake: int) -> None:
    """Read this intake, if it is still there; safe to repeat."""
    found = Intake.objects.filter(pk=intake).first()
    if found is not None:
        read_intake(intake=found)
