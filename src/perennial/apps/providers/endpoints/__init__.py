"""What other programs see of the area `providers`."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from perennial.apps.providers.queries import Provider, all_providers

router = Router()


class ApprovalOut(Schema):
    """An approval; it holds from `starts_on` until the day before `ends_on`."""

    body: str
    number: str
    statement: str
    starts_on: date
    ends_on: date | None
    is_sample: bool


class ProviderOut(Schema):
    """A provider with every approval that it holds or held."""

    slug: str
    name: str
    address: str
    is_sample: bool
    approvals: list[ApprovalOut]


@router.get("", response=list[ProviderOut], auth=None, summary="Providers and their approvals")
def providers(request: HttpRequest) -> list[Provider]:
    """Every provider by name."""
    return all_providers()
