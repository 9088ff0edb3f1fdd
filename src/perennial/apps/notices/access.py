"""Who may reach which notice: the thing itself, or 404."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.notices.models import Notice


def notice_of(person: Person, pk: int) -> Notice:
    """One of this person's own notices, or 404."""
    return get_object_or_404(Notice, pk=pk, person=person)
