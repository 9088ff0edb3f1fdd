"""Who may reach which saved search and digest: the thing itself, or 404."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.models import Digest, Saved


def saved_search(person: Person, pk: int) -> Saved:
    """One of this person's own saved searches, also one that was taken out, or 404."""
    return get_object_or_404(Saved, person=person, pk=pk)


def own_digest(person: Person, pk: int) -> Digest:
    """One of this person's own digests with its week, or 404."""
    return get_object_or_404(Digest.objects.select_related("week"), person=person, pk=pk)
