"""Loads the sample people of a local site."""

from collections.abc import Callable

from django.conf import settings

from perennial.apps.accounts.services import make_sample_people


def load(report: Callable[[str], None]) -> None:
    """Make the sample people where the settings allow it; safe to repeat."""
    if settings.SAMPLES:
        report(f"{len(make_sample_people())} sample people")
