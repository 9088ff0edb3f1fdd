"""Loads the map of practice of the starter library."""

from collections.abc import Callable

from django.conf import settings

from perennial.apps.practices.services import load_practices


def load(report: Callable[[str], None]) -> None:
    """List what the folder `practices` of the library holds; safe to repeat. `report` takes one line for the person who waits."""
    count, problems = load_practices(folder=settings.LIBRARY / "practices")
    for problem in problems:
        report(f"practice: {problem}")
    report(f"{count} practices")
