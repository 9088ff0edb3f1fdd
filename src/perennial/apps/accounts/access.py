"""Who may reach which part of an account: the thing itself, or 404."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.models import AccessToken, Person


def token_of(person: Person, pk: int) -> AccessToken:
    """One of this person's own tokens, or 404."""
    return get_object_or_404(AccessToken, pk=pk, person=person)
