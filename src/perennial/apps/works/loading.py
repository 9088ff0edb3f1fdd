"""Loads the works of the starter library."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from perennial.apps.works.services import load_works


def load(report: Callable[[str], None]) -> None:
    """Keep what the folder `works` of the library holds; safe to repeat. `report` takes one line for the person who waits."""
    at = timezone.now()  # noqa: TID251  the loader is called from the rim
    count, problems = load_works(folder=settings.LIBRARY / "works", at=at)
    for problem in problems:
        report(f"work not as it should be: {problem}")
    report(f"{count} works")
