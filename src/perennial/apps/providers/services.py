"""What is done with providers and their approvals."""

from datetime import date

from django.db import transaction

from perennial.apps.providers.models import Approval, Provider
from perennial.core.values import Refusal


@transaction.atomic
def keep_provider(*, slug: str, name: str, address: str = "", is_sample: bool = False) -> Provider:
    """Have the provider with this slug say this; safe to repeat. A sample never becomes real, nor a real one a sample."""
    provider = Provider.objects.select_for_update().filter(slug=slug).first() or Provider(slug=slug, is_sample=is_sample)
    if provider.is_sample != is_sample:
        raise Refusal(f"The provider “{slug}” is {'a sample' if provider.is_sample else 'real'} and stays so. Choose another slug.")
    provider.name, provider.address = name.strip(), address.strip()
    if not provider.name:
        raise Refusal("A provider needs a name, as it shall stand on certificates.")
    provider.save()
    return provider


@transaction.atomic
def keep_approval(*, provider: Provider, body: str, number: str, statement: str, starts_on: date, ends_on: date | None) -> Approval:
    """Have the provider hold this approval from `starts_on` until the day before `ends_on`; safe to repeat.

    Approvals of a sample provider are samples.
    """
    if ends_on is not None and ends_on <= starts_on:
        raise Refusal("An approval ends after it starts. Look at its two dates.")
    approval, _ = Approval.objects.update_or_create(
        provider=provider,
        body=body,
        starts_on=starts_on,
        defaults={"number": number, "statement": statement, "ends_on": ends_on, "is_sample": provider.is_sample},
    )
    return approval
