"""Reads journal clubs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from perennial.apps.accounts.queries import Person
from perennial.apps.attendance.queries import Gathering, There, doors_open, everybody_at, gathering_called, one_at
from perennial.apps.clubs.models import ZONE_WORDS, Agreed, Brought, Guest, Meeting, Question, Said
from perennial.apps.notices.queries import CalendarEvent, calendar_file

__all__ = [
    "ZONE_WORDS",
    "Asked",
    "Guest",
    "Meeting",
    "Question",
    "Said",
    "Shelf",
    "asked_of",
    "calendar_of",
    "can_sign",
    "discussion_of",
    "everybody_there",
    "export_of",
    "guest_at",
    "guests_of",
    "key_of",
    "meetings_for",
    "state_of",
    "there_at",
]

LISTED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with one's own answer, and those of others, which show only once one has answered."""

    question: Question
    own: Said | None
    others: Sequence[Said]
    hidden: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """What somebody sees in the list: meetings to come that are theirs, those open to all, and those that were."""

    mine: Sequence[Meeting]
    open: Sequence[Meeting]
    past: Sequence[Meeting]


def key_of(meeting: Meeting) -> str:
    """The name of a meeting in records of attendance, evaluations, certificates and credits."""
    return f"club:{meeting.pk}"


def state_of(meeting: Meeting, at: datetime) -> str:
    """Where it stands: called_off, closed, ahead, now or over."""
    if meeting.called_off_at:
        return "called_off"
    if meeting.closed_at:
        return "closed"
    return "ahead" if at < meeting.starts_at else "now" if at < meeting.ends_at else "over"


def meetings_for(person: Person, at: datetime) -> Shelf:
    """The meetings a person sees; two queries."""
    rows = _with_work(Meeting.objects.filter(Q(host=person) | Q(guests__person=person, guests__left_at__isnull=True)).distinct())
    mine = list(rows.order_by("-starts_at")[:200])
    ahead = [one for one in reversed(mine) if one.ends_at >= at and not one.called_off_at]
    there = {one.pk for one in ahead}
    listed = _with_work(Meeting.objects.filter(is_listed=True, called_off_at=None, ends_at__gte=at)).exclude(pk__in=there)
    return Shelf(ahead, list(listed[:50]), [one for one in mine if one.pk not in there])


def guest_at(meeting: Meeting, person: Person) -> Guest | None:
    """How a person takes part, if they do."""
    return Guest.objects.filter(meeting=meeting, person=person).first()


def guests_of(meeting: Meeting) -> list[Guest]:
    """Those who take part, with the people; one query."""
    return list(Guest.objects.filter(meeting=meeting, left_at=None).select_related("person"))


def asked_of(meeting: Meeting, person: Person, *, shown: bool = False) -> list[Asked]:
    """The questions beforehand, with what was answered; two queries. `shown` shows all answers, as once the meeting has begun."""
    answers = list(Said.objects.filter(meeting=meeting, question__isnull=False, taken_back_at=None).select_related("person"))
    return [
        _asked(question, [one for one in answers if one.question_id == question.pk], person, shown=shown)
        for question in meeting.questions.all()
    ]


def discussion_of(meeting: Meeting) -> list[Said]:
    """The discussion, the oldest first; one query."""
    return list(Said.objects.filter(meeting=meeting, question=None).select_related("person"))


def there_at(meeting: Meeting, person: Person) -> There | None:
    """A person's marks and what they come to; two queries."""
    gathering = gathering_called(key_of(meeting))
    return one_at(gathering, person) if gathering else None


def can_sign(meeting: Meeting, at: datetime) -> bool:
    """Whether guests can sign in and out now."""
    times = Gathering(starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    return not meeting.called_off_at and not meeting.closed_at and doors_open(times, at)


def everybody_there(meeting: Meeting) -> list[There]:
    """Everybody with a mark; two queries."""
    gathering = gathering_called(key_of(meeting))
    return everybody_at(gathering) if gathering else []


def calendar_of(meeting: Meeting, *, address: str) -> bytes:
    """The meeting as a calendar file."""
    zone = ZoneInfo(meeting.zone)
    event = CalendarEvent(
        uid=f"club-{meeting.pk}@perennial",
        title=f"Journal club: {meeting.title}",
        starts=meeting.starts_at.astimezone(zone),
        ends=meeting.ends_at.astimezone(zone),
        stamp=meeting.made_at,
        text=f"{meeting.work.citation}\n{address}",
        url=address,
        place=meeting.place,
        alarms=(1,),
        busy=True,
    )
    return calendar_file([event], name="Journal club")


def export_of(person: Person) -> dict[str, Any]:
    """A person's part in journal clubs, as plain values; five queries."""
    return {
        "hosted": [
            {"title": one.title, "starts_at": one.starts_at.isoformat(), "work": one.work.citation, "minutes": one.minutes}
            for one in Meeting.objects.filter(host=person).select_related("work")
        ],
        "joined": [_joined(one) for one in Guest.objects.filter(person=person).select_related("meeting")],
        "appraised": [
            {"meeting": one.meeting.title, "appraisal": one.appraisal_id, "at": one.at.isoformat()}
            for one in Brought.objects.filter(person=person).select_related("meeting")
        ],
        "agreed": [
            {"meeting": one.meeting.title, "question": one.item, "answer": one.said, "reason": one.reason, "at": one.at.isoformat()}
            for one in Agreed.objects.filter(by=person).select_related("meeting")
        ],
        "said": [
            {
                "meeting": one.meeting.title,
                "question": one.question.text if one.question else "",
                "text": one.text,
                "at": one.at.isoformat(),
            }
            for one in Said.objects.filter(person=person).select_related("meeting", "question")
        ],
    }


def _joined(guest: Guest) -> Mapping[str, Any]:
    return {
        "meeting": guest.meeting.title,
        "joined_at": guest.joined_at.isoformat(),
        "left_at": guest.left_at.isoformat() if guest.left_at else None,
        "certificate_number": guest.certificate_number,
    }


def _asked(question: Question, answers: Sequence[Said], person: Person, *, shown: bool) -> Asked:
    own = next((one for one in answers if one.person_id == person.pk), None)
    others = [one for one in answers if one is not own]
    return Asked(question, own, others if own or shown else (), 0 if own or shown else len(others))


def _with_work(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return rows.select_related("work", "host", "provider")
