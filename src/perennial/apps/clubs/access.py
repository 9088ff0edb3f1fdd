"""Who may see a journal club, and who holds it: the thing itself, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.clubs.models import Guest, Meeting, Said
from perennial.apps.clubs.queries import guest_at

ROWS = Meeting.objects.select_related("work", "host", "provider")


def meeting_seen_by(person: Person, pk: int) -> Meeting:
    """A meeting that the person holds or takes part in, or one open to everybody; else 404."""
    meeting = get_object_or_404(ROWS, pk=pk)
    if meeting.host_id == person.pk or meeting.is_listed or guest_at(meeting, person) is not None:
        return meeting
    raise Http404


def meeting_of_host(person: Person, pk: int) -> Meeting:
    """A meeting that the person holds; else 404."""
    return get_object_or_404(ROWS, pk=pk, host=person)


def meeting_by_link(token: str) -> Meeting:
    """The meeting that a link names; else 404."""
    return get_object_or_404(ROWS, token=token)


def part_in(person: Person, pk: int) -> Guest:
    """How the person takes part in a meeting, with the meeting; else 404."""
    return get_object_or_404(
        Guest.objects.select_related("meeting__work", "meeting__host", "meeting__provider", "person"),
        meeting_id=pk,
        person=person,
        left_at=None,
    )


def own_word(person: Person, pk: int, said: int) -> Said:
    """A word of the person's own in the discussion; else 404."""
    return get_object_or_404(Said.objects.select_related("meeting"), pk=said, meeting_id=pk, person=person, question=None)
