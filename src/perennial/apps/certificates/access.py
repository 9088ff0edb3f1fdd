"""Who may see a certificate with everything on it: its owner; who may revoke it: its provider's administrators, and the site's staff."""

import re

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.queries import issued_by
from perennial.apps.providers.queries import Membership, Provider, memberships_of

PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def certificate_of(person: Person, number: str) -> Certificate:
    """One of the person's own certificates, or 404."""
    return get_object_or_404(Certificate.objects.select_related("superseded_by"), number=_plain(number), person=person)


def certificate_for(token: str) -> Certificate:
    """The certificate whose secret address one holds, or 404."""
    return get_object_or_404(Certificate.objects.select_related("superseded_by"), token=_plain(token))


def issued_certificate(person: Person, number: str) -> Certificate:
    """A certificate that the person may revoke or correct, or 404."""
    found = get_object_or_404(Certificate.objects.select_related("superseded_by", "provider", "person"), number=_plain(number))
    if not person.is_staff and found.provider_id not in {provider.pk for provider in administered(person)}:
        raise Http404
    return found


def certificates_issued(person: Person, words: str) -> QuerySet[Certificate]:
    """What the person's providers issued, or for staff the whole site; 404 for whoever administers none."""
    providers = None if person.is_staff else administered(person)
    if providers == []:
        raise Http404
    return issued_by(providers, words=words)


def administered(person: Person) -> list[Provider]:
    """The providers whose administrator the person is; one query."""
    return [place.provider for place in memberships_of(person) if place.role == Membership.Role.ADMINISTRATOR]


def _plain(word: str) -> str:
    """The word, or 404 where it holds what no number or token does and a database may choke on."""
    if not PLAIN.fullmatch(word):
        raise Http404
    return word
