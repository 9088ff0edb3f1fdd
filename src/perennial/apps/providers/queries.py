"""Reads providers and the approvals in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from perennial.apps.providers.models import Approval, Provider

__all__ = ["ApprovalView", "Provider", "all_providers", "approvals_by_name", "approvals_on", "provider_by_slug"]


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """An approval as certificates and pages show it; `ends_on` is the first day on which it no longer holds."""

    body: str
    number: str
    statement: str
    starts_on: date
    ends_on: date | None
    is_sample: bool


def provider_by_slug(slug: str) -> Provider | None:
    """The provider with this slug."""
    return Provider.objects.filter(slug=slug).first()


def all_providers() -> list[Provider]:
    """Every provider by name, with its approvals fetched; two queries."""
    return list(Provider.objects.prefetch_related("approvals"))


def approvals_on(provider: Provider, day: date) -> list[ApprovalView]:
    """The approvals of a provider that are in force on `day`, by body; one query."""
    open_on = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return [approval_view(approval) for approval in Approval.objects.filter(open_on, provider=provider, starts_on__lte=day)]


def approvals_by_name(names: Iterable[str]) -> dict[str, list[ApprovalView]]:
    """Every approval on record, past ones included, of the providers with these names; one query."""
    found: dict[str, list[ApprovalView]] = {}
    for approval in Approval.objects.filter(provider__name__in=set(names)).select_related("provider"):
        found.setdefault(approval.provider.name, []).append(approval_view(approval))
    return found


def approval_view(approval: Approval) -> ApprovalView:
    """An approval as other areas see it."""
    return ApprovalView(
        body=approval.body,
        number=approval.number,
        statement=approval.statement,
        starts_on=approval.starts_on,
        ends_on=approval.ends_on,
        is_sample=approval.is_sample,
    )
