"""Reads people; other areas take the name `Person` from here."""

from perennial.apps.accounts.models import Person

__all__ = ["Person", "person_by_email"]


def person_by_email(email: str) -> Person | None:
    """The person who signs in with this address, whatever its case."""
    return Person.objects.filter(email=email.strip().lower()).first()
