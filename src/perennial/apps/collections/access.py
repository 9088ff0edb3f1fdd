"""One's own library is one's own: the thing itself, or 404."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.collections.models import Collection, Kept


def kept_of(person: Person, pk: int) -> Kept:
    """A work in the person's own library, also one taken out; else 404."""
    return get_object_or_404(Kept.objects.select_related("work", "person"), pk=pk, person=person)


def collection_of(person: Person, pk: int) -> Collection:
    """The person's own collection; else 404."""
    return get_object_or_404(Collection, pk=pk, person=person)
