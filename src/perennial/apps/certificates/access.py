"""Who may see a certificate with everything on it: its owner; all others see the public page."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.models import Certificate


def certificate_of(person: Person, number: str) -> Certificate:
    """One of the person's own certificates, or 404."""
    return get_object_or_404(Certificate.objects.select_related("superseded_by"), number=number, person=person)


def certificate_for(token: str) -> Certificate:
    """The certificate whose secret address one holds, or 404."""
    return get_object_or_404(Certificate.objects.select_related("superseded_by"), token=token)
