"""Who may reach which license: the thing itself, or 404."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.models import Duty, License


def license_of(person: Person, pk: int) -> License:
    """One of this person's own licenses, or 404."""
    return get_object_or_404(License, pk=pk, person=person, removed_at__isnull=True)


def removed_license_of(person: Person, pk: int) -> License:
    """One of this person's own licenses, also one that was removed, or 404."""
    return get_object_or_404(License, pk=pk, person=person)


def duty_of(person: Person, pk: int) -> Duty:
    """A duty that this person recorded, or 404."""
    return get_object_or_404(Duty, pk=pk, person=person)
