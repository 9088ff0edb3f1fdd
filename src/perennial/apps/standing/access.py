"""Who may have which license judged, and fetch which packet: the license's owner; for anyone else it is not there."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.queries import License, licenses_of
from perennial.apps.standing.models import PacketOrder


def license_of(person: Person, pk: int) -> License:
    """One of this person's own licenses, or 404."""
    license = get_object_or_404(licenses_of(person), pk=pk)
    license.person = person  # known already, so that it is not read again
    return license


def packet_order_of(person: Person, pk: int) -> PacketOrder:
    """A packet that was ordered for one of this person's own licenses, or 404."""
    found: PacketOrder = get_object_or_404(PacketOrder.objects.select_related("license"), pk=pk, license__in=licenses_of(person))
    found.license.person = person  # known already
    return found
