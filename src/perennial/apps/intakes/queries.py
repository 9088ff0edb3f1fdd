"""Reads intakes."""

from perennial.apps.intakes.models import Intake
from perennial.apps.providers.queries import Provider

__all__ = ["Intake", "intake_at", "intake_being_taken", "intakes_for"]


def intake_at(provider: Provider, pk: int) -> Intake | None:
    """An intake of this provider, if there is one; one query."""
    return Intake.objects.filter(provider=provider, pk=pk).first()


def intake_being_taken(pk: int) -> Intake | None:
    """An intake that the worker is to take, with its provider; nothing where it is taken or gone. One query."""
    return Intake.objects.select_related("provider").filter(pk=pk, state=Intake.State.TAKING).first()


def intakes_for(provider: Provider, draft: str) -> list[Intake]:
    """The intakes for a draft (those for new drafts, where `draft` is empty), the newest first, without their reports; one query."""
    return list(Intake.objects.filter(provider=provider, draft=draft).defer("report", "made")[:50])
