"""The approvals that a provider holds or held, and their record: who entered what, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone

from perennial.apps.desk.access import desk_of
from perennial.apps.desk.queries import Membership, Provider
from perennial.apps.providers.queries import Approval, approval_record
from perennial.core.approval import Element, HeldApproval, bodies, statement_elements
from perennial.core.values.words import day_in_words
from perennial.ui import Page, SignedIn, show

SOON = timedelta(days=90)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """An approval that stands, with its state on the day in words, and what its statement lacks."""

    approval: Approval
    state: str
    says: str
    lacking: Sequence[Element]


class ApprovalsPage(Page):
    """What stands, and every entry."""

    template = "desk/pages/approvals.html"
    nav = "desk"
    provider: Provider
    may_enter: bool
    standing: Sequence[Standing]
    record: Sequence[Approval]


@login_required
def approvals(request: SignedIn, provider: str) -> HttpResponse:
    """Show the approvals."""
    membership = desk_of(request.user, provider)
    record = approval_record(membership.provider)
    today = timezone.localdate()
    page = ApprovalsPage(
        title=f"{membership.provider.name}: approvals",
        provider=membership.provider,
        may_enter=membership.role == Membership.Role.ADMINISTRATOR,
        standing=[standing_on(entry, membership.provider, today) for entry in standing_entries(record)],
        record=record,
    )
    return show(request, page)


def standing_entries(record: Sequence[Approval]) -> list[Approval]:
    """The entries that nothing replaces and that are not void, those that began last first."""
    replaced = {entry.replaces_id for entry in record}
    found = [entry for entry in record if entry.pk not in replaced and not entry.is_void]
    return sorted(found, key=lambda entry: (entry.starts_on, entry.pk), reverse=True)


def standing_on(approval: Approval, provider: Provider, day: date) -> Standing:
    """The approval with its state on a day, and the elements that its statement lacks."""
    state, says = state_on(approval, day)
    return Standing(approval, state, says, [each for each in elements_of(approval, provider) if each.lack])


def state_on(approval: Approval, day: date) -> tuple[str, str]:
    """The state of an approval on a day: its leaf, and words."""
    ends = approval.ends_on
    if day < approval.starts_on:
        return "booked", f"Begins on {day_in_words(approval.starts_on)}"
    if ends is None:
        return "met", "In force, no end known"
    last = day_in_words(ends - DAY)
    if day >= ends:
        return "missing", f"Ended: {last} was its last day"
    if ends - day <= SOON:
        return "part", f"Ends soon: {last} is its last day"
    return "met", f"In force until {last}"


def elements_of(approval: Approval, provider: Provider) -> tuple[Element, ...]:
    """What the body asks of the statement; nothing where the body is not known here."""
    if approval.slug not in bodies():
        return ()
    held = HeldApproval(approval.slug, approval.number, approval.statement, approval.starts_on, approval.ends_on)
    return statement_elements(held, provider.name, bodies()[approval.slug])
