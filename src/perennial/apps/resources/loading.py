"""Loads the outside material of the starter library."""

from collections.abc import Callable

from django.conf import settings

from perennial.apps.resources.services import keep_resources, read_resources


def load(report: Callable[[str], None]) -> None:
    """List what the folder `resources` of the library holds; safe to repeat. `report` takes one line for the person who waits."""
    resources, problems = read_resources(settings.LIBRARY / "resources")
    for problem in problems:
        report(f"resource not listed: {problem}")
    report(f"{keep_resources(resources=resources)} outside resources")
