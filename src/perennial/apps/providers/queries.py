"""Reads providers, who works for them, and the approvals in force on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from perennial.apps.accounts.queries import Person, digest
from perennial.apps.providers.models import STARTER, Approval, Invitation, Membership, Provider
from perennial.core import approval as core
from perennial.core.approval import bodies

__all__ = [
    "STARTER",
    "Approval",
    "ApprovalView",
    "Invitation",
    "Membership",
    "Provider",
    "all_providers",
    "approval_of",
    "approval_record",
    "approvals_by_name",
    "approvals_in_force",
    "approvals_of",
    "approvals_on",
    "as_value",
    "invitation_by_secret",
    "members_of",
    "membership_at",
    "memberships_of",
    "policies_of",
    "provider_by_slug",
    "unconfirmed_providers",
]


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """An approval as certificates and pages show it; `ends_on` is the first day on which it no longer holds."""

    body: str
    number: str
    statement: str
    starts_on: date
    ends_on: date | None
    is_sample: bool
    slug: str = ""

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, where one is set."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def approver(self) -> str:
        """The body as the rules of licensing boards know it: its short name there, or else its name."""
        return bodies()[self.slug].counts_as or self.body if self.slug in bodies() else self.body


def provider_by_slug(slug: str) -> Provider | None:
    """The provider with this slug."""
    return Provider.objects.filter(slug=slug).first()


def all_providers() -> list[Provider]:
    """Every provider by name, with the approvals that stand fetched; two queries."""
    return list(Provider.objects.prefetch_related(Prefetch("approvals", queryset=_standing())))


def _standing() -> QuerySet[Approval]:
    """The entries that nothing replaces and that are not void."""
    return Approval.objects.filter(replaced_by=None, is_void=False)


def approvals_of(provider: Provider) -> list[Approval]:
    """The approvals that stand, past and coming ones included, by body and first day; one query."""
    return list(_standing().filter(provider=provider))


def approval_of(provider: Provider, pk: int) -> Approval | None:
    """An entry of the provider's record, with the provider; one query."""
    return Approval.objects.filter(provider=provider, pk=pk).select_related("provider").first()


def approval_record(provider: Provider) -> list[Approval]:
    """Every entry that was ever made, the newest first, with who made it and what it replaces; one query."""
    found = Approval.objects.filter(provider=provider).select_related("entered_by", "replaces", "replaced_by")
    return list(found.order_by("-pk"))


def policies_of(provider: Provider) -> list[tuple[str, str]]:
    """What a provider tells learners of its policies, each under its title; those that are not written are left out."""
    said = (
        ("Accommodation", provider.accommodation),
        ("Refunds and cancellation", provider.refund),
        ("Complaints", provider.grievance),
        ("Records", provider.records),
    )
    return [(title, text) for title, text in said if text]


def as_value(provider: Provider, held: Sequence[Approval] | None = None) -> core.Provider:
    """The provider as checks look at it; `held` are the approvals that stand, looked up where they are not given."""
    standing = approvals_of(provider) if held is None else held
    return core.Provider(
        name=provider.name,
        address=provider.address,
        accommodation=provider.accommodation,
        refund=provider.refund,
        grievance=provider.grievance,
        records=provider.records,
        administrators=tuple(core.Administrator(each["name"], each["qualifications"]) for each in provider.administrators),
        approvals=tuple(core.HeldApproval(e.slug, e.number, e.statement, e.starts_on, e.ends_on) for e in standing if e.slug),
    )


def approvals_on(provider: Provider, day: date) -> list[ApprovalView]:
    """The approvals of a provider that are in force on `day`, by body; one query."""
    open_on = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return [approval_view(approval) for approval in _standing().filter(open_on, provider=provider, starts_on__lte=day)]


def approvals_in_force(day: date) -> dict[str, list[ApprovalView]]:
    """The approvals of every provider that are in force on `day`, by the provider's slug; one query."""
    open_on = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    found: dict[str, list[ApprovalView]] = {}
    for approval in _standing().filter(open_on, starts_on__lte=day).select_related("provider"):
        found.setdefault(approval.provider.slug, []).append(approval_view(approval))
    return found


def approvals_by_name(names: Iterable[str]) -> dict[str, list[ApprovalView]]:
    """Every approval on record, past ones included, of the providers with these names; one query."""
    found: dict[str, list[ApprovalView]] = {}
    for approval in _standing().filter(provider__name__in=set(names)).select_related("provider"):
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
        slug=approval.slug,
    )


def memberships_of(person: Person) -> list[Membership]:
    """Where a person works, with the providers; one query."""
    return list(Membership.objects.filter(person=person).select_related("provider").order_by("provider__name"))


def membership_at(person: Person, slug: str) -> Membership | None:
    """The person's place at the provider with this slug; one query."""
    return Membership.objects.filter(person=person, provider__slug=slug).select_related("provider").first()


def members_of(provider: Provider) -> list[Membership]:
    """Who works for a provider, with the people; one query."""
    return list(Membership.objects.filter(provider=provider).select_related("person"))


def invitation_by_secret(secret: str, at: datetime) -> Invitation | None:
    """The invitation of a link, where it is neither used nor over."""
    return Invitation.objects.select_related("provider").filter(digest=digest(secret), used_at=None, ends_at__gt=at).first()


def unconfirmed_providers() -> list[Provider]:
    """The providers whose courses wait to show in the catalog, by name."""
    return list(Provider.objects.filter(is_confirmed=False))
