"""Who may see a certificate with everything on it: its owner; all others see the public page."""

import re

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.models import Certificate

PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def certificate_of(person: Person, number: str) -> Certificate:
    """One of the person's own certificates, or 404."""
    return get_object_or_404(Certificate.objects.select_related("superseded_by"), number=_plain(number), person=person)


def certificate_for(token: str) -> Certificate:
    """The certificate whose secret address one holds, or 404."""
    return get_object_or_404(Certificate.objects.select_related("superseded_by"), token=_plain(token))


def _plain(word: str) -> str:
    """The word, or 404 where it holds what no number or token does and a database may choke on."""
    if not PLAIN.fullmatch(word):
        raise Http404
    return word
