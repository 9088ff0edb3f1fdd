"""What can be done with a journal club: hold it, take part, answer, discuss, sign in and out, close it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.attendance.queries import gathering_called
from perennial.apps.attendance.services import keep_gathering, mark_for, sign, strike
from perennial.apps.clubs.models import LONGEST, Guest, Meeting, Question, Said
from perennial.apps.clubs.queries import guests_of, key_of
from perennial.apps.notices.services import Draft, post_all
from perennial.apps.providers.queries import Provider
from perennial.apps.works.queries import Work
from perennial.core.values import Refusal, written

__all__ = [
    "MeetingFacts",
    "add_word",
    "answer",
    "call_off",
    "change",
    "close",
    "hold",
    "join",
    "leave",
    "mark_guest",
    "open_meeting",
    "sign_by_code",
    "strike",
]

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without those that are taken for one another
LONGEST_MEETING, MOST_QUESTIONS = timedelta(hours=8), 10
LINES = ("title", "about", "objectives", "starts_at", "ends_at", "zone", "where", "place", "topic", "bodies", "is_listed")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """What a host says of a meeting. `bodies` are the approval bodies under whose approval its provider holds it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    where: str
    about: str = ""
    objectives: Sequence[str] = ()
    place: str = ""
    topic: str = ""
    bodies: Sequence[str] = ()
    is_listed: bool = False
    questions: Sequence[str] = ()


@transaction.atomic
def hold(*, host: Person, work: Work, facts: MeetingFacts, provider: Provider | None, at: datetime) -> Meeting:
    """Hold a meeting; its host takes part."""
    _judge(facts, at)
    code = "".join(secrets.choice(LETTERS) for _ in range(6))
    values = {name: getattr(facts, name) for name in LINES}
    meeting = Meeting.objects.create(
        host=host,
        work=work,
        provider=provider,
        token=secrets.token_urlsafe(24),
        code=code,
        made_at=at,
        **{**values, "objectives": list(facts.objectives), "bodies": list(facts.bodies) if provider else []},
    )
    _keep_questions(meeting, facts.questions)
    keep_gathering(key=key_of(meeting), starts_at=facts.starts_at, ends_at=facts.ends_at)
    Guest.objects.create(meeting=meeting, person=host, joined_at=at)
    return meeting


@transaction.atomic
def change(*, meeting: Meeting, facts: MeetingFacts, at: datetime) -> Meeting:
    """Change what a meeting is, before it begins; everybody who takes part is told of a new time or place."""
    meeting = open_meeting(meeting)
    if at >= meeting.starts_at:
        raise Refusal("It has begun, so it stays as it was told. You can still write the minutes.")
    _judge(facts, at)
    moved = (meeting.starts_at, meeting.ends_at, meeting.place) != (facts.starts_at, facts.ends_at, facts.place)
    for name in LINES:
        setattr(meeting, name, getattr(facts, name))
    meeting.objectives, meeting.bodies = list(facts.objectives), list(facts.bodies) if meeting.provider_id else []
    keep_gathering(key=key_of(meeting), starts_at=facts.starts_at, ends_at=facts.ends_at)
    meeting.save()
    _keep_questions(meeting, facts.questions)
    if moved:
        _tell(meeting, f"moved:{at.isoformat()}", f"{meeting.title}: new time or place", "The host changed when or where you meet.", at)
    return meeting


@transaction.atomic
def call_off(*, meeting: Meeting, at: datetime) -> None:
    """Call a meeting off, and tell everybody who takes part; safe to repeat."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.called_off_at:
        return
    if meeting.closed_at:
        raise Refusal("It was held and is closed, so it cannot be called off.")
    meeting.called_off_at = at
    meeting.save(update_fields=["called_off_at"])
    _tell(meeting, "called-off", f"{meeting.title}: called off", "The host called this journal club off.", at)


@transaction.atomic
def join(*, meeting: Meeting, person: Person, at: datetime) -> Guest:
    """Take part; safe to repeat, and after one has left."""
    if meeting.called_off_at or meeting.closed_at:
        raise Refusal("This journal club is over. Look for another, or hold one yourself.")
    guest, _ = Guest.objects.get_or_create(meeting=meeting, person=person, defaults={"joined_at": at})
    if guest.left_at:
        guest.left_at = None
        guest.save(update_fields=["left_at"])
    return guest


@transaction.atomic
def leave(*, guest: Guest, at: datetime) -> None:
    """Say that one does not come. What one wrote stays until one takes it back."""
    if guest.meeting.host_id == guest.person_id:
        raise Refusal("You hold this meeting. Call it off if it shall not be.")
    guest.left_at = at
    guest.save(update_fields=["left_at"])


@transaction.atomic
def answer(*, guest: Guest, question: Question, text: str, at: datetime) -> Said:
    """Answer a question beforehand; until the meeting begins the answer may be changed."""
    meeting = open_meeting(guest.meeting)
    if at >= meeting.starts_at:
        raise Refusal("The meeting has begun, so answers stand. Say it in the discussion.")
    said, new = Said.objects.get_or_create(
        question=question, person=guest.person, defaults={"meeting": meeting, "text": _words(text), "at": at}
    )
    if not new and said.text != _words(text):
        said.text, said.at = _words(text), at
        said.save(update_fields=["text", "at"])
    return said


@transaction.atomic
def add_word(*, guest: Guest, text: str, at: datetime) -> Said:
    """Say something in the discussion; the same word twice in a row is kept once."""
    if guest.meeting.called_off_at:
        raise Refusal("This journal club was called off.")
    words = _words(text)
    last = Said.objects.filter(meeting=guest.meeting, question=None, person=guest.person).order_by("pk").last()
    if last is not None and last.text == words and not last.taken_back_at:
        return last
    return Said.objects.create(meeting=guest.meeting, person=guest.person, text=words, at=at)


@transaction.atomic
def take_back(*, said: Said, at: datetime) -> None:
    """Take a word of one's own back: its place stays, its text goes. Safe to repeat."""
    if not said.taken_back_at:
        said.taken_back_at, said.text = at, ""
        said.save(update_fields=["taken_back_at", "text"])


def sign_by_code(*, guest: Guest, code: str, arrives: bool, at: datetime) -> None:
    """Sign in or out at the meeting, with the code that its host says there."""
    meeting = guest.meeting
    if meeting.called_off_at or meeting.closed_at:
        raise Refusal("The meeting is over and its attendance is closed. Ask the host if something is wrong.")
    if guest.person_id != meeting.host_id and not secrets.compare_digest(code.strip().upper().encode(), meeting.code.encode()):
        raise Refusal("That is not the code of this meeting. The host says it when you meet.")
    gathering = gathering_called(key_of(meeting))
    if gathering is not None:
        sign(gathering=gathering, person=guest.person, arrives=arrives, at=at)


def mark_guest(*, meeting: Meeting, guest: Guest, arrives: bool, when: datetime, at: datetime) -> None:
    """The host's word that a guest came or went at a time."""
    if meeting.closed_at:
        raise Refusal("The meeting is closed, and so is its attendance: credit may rest on it.")
    gathering = gathering_called(key_of(meeting))
    if gathering is not None:
        mark_for(gathering=gathering, person=guest.person, arrives=arrives, when=when, by=meeting.host, at=at)


@transaction.atomic
def close(*, meeting: Meeting, minutes: str, at: datetime) -> Meeting:
    """Close a meeting that is over: whoever was there can have their minutes counted from now on. Its minutes may be written anew later."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("work", "host", "provider").get(pk=meeting.pk)
    if meeting.called_off_at or at < meeting.ends_at:
        raise Refusal("It can be closed once it is over.")
    first = meeting.closed_at is None
    meeting.minutes, meeting.closed_at = written(minutes, "minutes", LONGEST), meeting.closed_at or at
    meeting.save(update_fields=["minutes", "closed_at"])
    if first:
        _tell(meeting, "closed", f"{meeting.title}: closed", "Tell how it was, and your time there can be counted.", at)
    return meeting


def open_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked. Refused once it is over."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("work", "host", "provider").get(pk=meeting.pk)
    if found.called_off_at or found.closed_at:
        raise Refusal("This journal club is over, so nothing in it changes.")
    return found


def _judge(facts: MeetingFacts, at: datetime) -> None:
    if facts.ends_at <= facts.starts_at or facts.ends_at - facts.starts_at > LONGEST_MEETING:
        raise Refusal("It ends before it begins, or lasts over eight hours. Mend the times.")
    if facts.starts_at < at:
        raise Refusal("It begins in the past. Choose a time to come.")
    if len(facts.questions) > MOST_QUESTIONS:
        raise Refusal(f"Ask at most {MOST_QUESTIONS} questions beforehand; people answer the ones that matter.")
    if facts.bodies and not facts.objectives:
        raise Refusal("Approval bodies ask for objectives. Write at least one: what will people be able to do?")


def _keep_questions(meeting: Meeting, texts: Sequence[str]) -> None:
    there = {one.text: one for one in meeting.questions.all()}
    answered = set(Said.objects.filter(meeting=meeting, question__isnull=False).values_list("question_id", flat=True))
    gone = [one for text, one in there.items() if text not in texts]
    if any(one.pk in answered for one in gone):
        raise Refusal("Somebody has answered a question that you took out or reworded. Leave it as it is, and add another.")
    meeting.questions.filter(pk__in=[one.pk for one in gone]).delete()
    for place, text in enumerate(dict.fromkeys(texts), 1):
        Question.objects.update_or_create(meeting=meeting, text=text, defaults={"place": place})


def _words(text: str) -> str:
    return written(text, "text", LONGEST, required=True)


def _tell(meeting: Meeting, what: str, title: str, text: str, at: datetime) -> None:
    others = [guest.person for guest in guests_of(meeting) if guest.person_id != meeting.host_id]
    link = f"/clubs/{meeting.pk}/"
    post_all(drafts=[Draft(person.pk, "club", f"{key_of(meeting)}:{what}:{person.pk}", title, text, link) for person in others], at=at)
