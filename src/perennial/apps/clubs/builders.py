"""Makes journal clubs for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.attendance.queries import gathering_called
from perennial.apps.attendance.services import mark_for
from perennial.apps.clubs.models import Guest, Meeting
from perennial.apps.clubs.queries import key_of
from perennial.apps.clubs.services import MeetingFacts, close, hold, join
from perennial.apps.providers.queries import Provider
from perennial.apps.works.builders import make_work
from perennial.apps.works.queries import Work

STARTS = datetime(2027, 3, 5, 20, tzinfo=UTC)  # noon in California
BEFORE = STARTS - timedelta(days=7)


def make_facts(**changes: Any) -> MeetingFacts:
    """An hour at noon in California, online, with two questions and one objective."""
    facts = {
        "title": "Does exposure need relaxation?",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=1),
        "zone": "America/Los_Angeles",
        "where": "live_online",
        "objectives": ["Judge a dismantling trial"],
        "questions": ["What would change your mind?", "Who was left out?"],
    }
    return MeetingFacts(**{**facts, **changes})


def make_meeting(
    *, host: Person | None = None, work: Work | None = None, provider: Provider | None = None, at: datetime = BEFORE, **changes: Any
) -> Meeting:
    """A meeting a week ahead."""
    return hold(host=host or make_person(), work=work or make_work(), facts=make_facts(**changes), provider=provider, at=at)


def make_guest(meeting: Meeting, person: Person | None = None) -> Guest:
    """Somebody who takes part."""
    return join(meeting=meeting, person=person or make_person(), at=BEFORE)


def attended_and_closed(guest: Guest, *, minutes: int = 60) -> Guest:
    """The guest was there for the first minutes, and the host closed the meeting."""
    meeting, gathering = guest.meeting, gathering_called(key_of(guest.meeting))
    if gathering is None:
        raise ValueError("the meeting has no times")
    over = meeting.ends_at + timedelta(minutes=5)
    for arrives, when in ((True, meeting.starts_at), (False, meeting.starts_at + timedelta(minutes=minutes))):
        mark_for(gathering=gathering, person=guest.person, arrives=arrives, when=when, by=meeting.host, at=over)
    guest.meeting = close(meeting=meeting, minutes="We agreed to read the protocol next.", at=over)
    return guest
