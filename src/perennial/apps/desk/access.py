"""Who may do what at a desk: its members, and for everyone else it is not there."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.desk.models import Draft, DraftFile, DraftPart, PartRevision
from perennial.apps.desk.queries import Membership, Provider
from perennial.apps.providers.queries import membership_at


def desk_of(person: Person, slug: str) -> Membership:
    """The person's place at this provider's desk, with the provider; else 404."""
    membership = membership_at(person, slug)
    if membership is None:
        raise Http404("no such desk")
    return membership


def administered_by(person: Person, slug: str) -> Provider:
    """The provider, where the person is its administrator; else 404."""
    membership = desk_of(person, slug)
    if membership.role != Membership.Role.ADMINISTRATOR:
        raise Http404("for administrators")
    return membership.provider


def draft_of(person: Person, provider: str, slug: str) -> Draft:
    """A draft of a provider for whom the person works, also one put away, with the provider; else 404."""
    found = desk_of(person, provider).provider
    draft = get_object_or_404(Draft, provider=found, slug=slug)
    draft.provider = found
    return draft


def part_of(draft: Draft, kind: str, name: str = "") -> DraftPart:
    """A part of a draft, also one that was removed; else 404."""
    part = get_object_or_404(DraftPart, draft=draft, kind=kind, name=name)
    part.draft = draft
    return part


def revision_of(part: DraftPart, number: int) -> PartRevision:
    """A saved state of a part; else 404."""
    return get_object_or_404(PartRevision.objects.select_related("by"), part=part, number=number)


def file_of(draft: Draft, name: str) -> DraftFile:
    """A file of a draft; else 404."""
    return get_object_or_404(DraftFile, draft=draft, name=name)
