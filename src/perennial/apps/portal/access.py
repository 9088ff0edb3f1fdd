"""Who may see which license's working, and which practices there are: the thing itself, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.queries import Duty, License, licenses_of
from perennial.apps.practices.queries import Practice, practice_of


def license_of(person: Person, pk: int) -> License:
    """One of this person's own licenses, or 404."""
    license = get_object_or_404(licenses_of(person), pk=pk)
    license.person = person  # known already, so that it is not read again
    return license


def duty_of(person: Person, pk: int) -> Duty:
    """A duty that this person recorded, or 404."""
    return get_object_or_404(Duty, pk=pk, person=person, withdrawn_at__isnull=True)


def practice_on_map(slug: str) -> Practice:
    """A practice that is in the library now; else 404."""
    found = practice_of(slug)
    if found is None:
        raise Http404
    return found
