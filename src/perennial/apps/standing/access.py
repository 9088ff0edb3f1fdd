"""Who may have which license judged: its owner; for anyone else it is not there."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.queries import License, licenses_of


def license_of(person: Person, pk: int) -> License:
    """One of this person's own licenses, or 404."""
    license = get_object_or_404(licenses_of(person), pk=pk)
    license.person = person  # known already, so that it is not read again
    return license
