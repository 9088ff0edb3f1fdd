"""Makes valid providers for tests."""

from datetime import date
from itertools import count

from perennial.apps.providers.models import Approval, Provider
from perennial.apps.providers.services import keep_approval, keep_provider

_numbers = count(1)


def make_provider(*, name: str = "Sample Seminar", is_sample: bool = True) -> Provider:
    """A provider in the database."""
    return keep_provider(slug=f"provider-{next(_numbers)}", name=name, address="1 Sample Street, Sampleton", is_sample=is_sample)


def make_approval(
    *,
    provider: Provider | None = None,
    body: str = "Sample Approval Body (not real)",
    starts_on: date = date(2026, 1, 1),
    ends_on: date | None = date(2029, 1, 1),
) -> Approval:
    """An approval of three years."""
    return keep_approval(
        provider=provider or make_provider(), body=body, number="SAMPLE-0000", statement="A sample.", starts_on=starts_on, ends_on=ends_on
    )
