"""Loads the provider of the starter library, which holds no approvals, and on a local site a sample provider with a sample approval."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from perennial.apps.providers.models import STARTER
from perennial.apps.providers.services import keep_approval, keep_provider

SAMPLE = "sample-institute"
SAMPLE_BODY = "Sample Approval Body (not real)"
SAMPLE_STATEMENT = (
    "SAMPLE, NOT REAL: Sample Institute (not real) is approved by the Sample Approval Body (not real), which does not exist. "
    "No board accepts this statement; it shows where a real one would stand."
)


def load(report: Callable[[str], None]) -> None:
    """Have these providers in the tables; safe to repeat."""
    keep_provider(slug=STARTER, name="Perennial starter library")
    if not settings.SAMPLES:
        report("1 provider, without approvals")
        return
    sample = keep_provider(slug=SAMPLE, name="Sample Institute (not real)", address="1 Sample Street, Sampleton (not real)", is_sample=True)
    keep_approval(
        provider=sample,
        body=SAMPLE_BODY,
        number="SAMPLE-0000",
        statement=SAMPLE_STATEMENT,
        starts_on=date(2026, 1, 1),
        ends_on=date(2029, 1, 1),
    )
    report("2 providers, one of them a sample with a sample approval")
