"""A work appraised by everybody at a meeting: each alone by one form, then the room question by question, then what the group answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from perennial.apps.accounts.queries import Person
from perennial.apps.appraisals.queries import Answer, Appraisal, answers_by, finished_by, form_in, given_in
from perennial.apps.appraisals.services import form_for, start_by
from perennial.apps.appraisals.showing import LEAF
from perennial.apps.clubs.models import Agreed, Brought, Guest, Meeting, Sheet
from perennial.apps.clubs.services import open_meeting
from perennial.core import appraisal as core
from perennial.core.values import Refusal, written

CHOSEN = "Somebody has begun by this form, so it stays. Who wants another appraises by themselves."


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's answer to a question, and the note beside it."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Share:
    """Those who gave one of the five answers."""

    answer: core.Answer
    voices: Sequence[Voice]

    @property
    def leaf(self) -> str:
        """The mark of the answer."""
        return LEAF[self.answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answers of the room, the most frequent first, and what the group answers."""

    item: core.Item
    place: int
    shares: Sequence[Share]
    agreed: Agreed | None

    @property
    def differ(self) -> bool:
        """Whether not all gave the same answer."""
        return len(self.shares) > 1


@dataclass(frozen=True, slots=True)
class Room:
    """What a person sees of a common appraisal. `asked` is empty until their own is finished or the meeting is closed."""

    form: core.Form | None
    own: Appraisal | None
    begun: int
    finished: int
    asked: Sequence[Asked]
    agreement: core.GroupAgreement | None


@transaction.atomic
def choose_form(*, meeting: Meeting, design: str, at: datetime) -> Sheet:
    """Choose the form for everybody. Refused once somebody has begun by it, or the meeting is over."""
    open_meeting(meeting)
    if Brought.objects.filter(meeting=meeting).exists():
        raise Refusal(CHOSEN)
    return Sheet.objects.update_or_create(meeting=meeting, defaults={"form": form_for(design), "chosen_at": at})[0]


@transaction.atomic
def bring(*, guest: Guest, at: datetime) -> Appraisal:
    """The guest's appraisal for the meeting: what they brought, else one that they have finished by this form, else a new one."""
    meeting = open_meeting(guest.meeting)
    sheet = form_chosen(meeting)
    if sheet is None:
        raise Refusal("The host has not chosen a form yet. Appraise it by yourself, or ask the host.")
    there = Brought.objects.select_related("appraisal").filter(meeting=meeting, person=guest.person).first()
    if there:
        return there.appraisal
    work = meeting.work
    own = finished_by(guest.person, work, sheet.form) or start_by(person=guest.person, work=work, kept=sheet.form, at=at)
    Brought.objects.create(meeting=meeting, person=guest.person, appraisal=own, at=at)
    return own


@transaction.atomic
def agree_on(*, meeting: Meeting, item: str, said: str, reason: str, by: Person, at: datetime) -> Agreed:
    """Keep what the group answers, in the words of its host. Refused before the meeting and until two have finished."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.called_off_at or at < row.starts_at:
        raise Refusal("What the group answers is written down once you meet.")
    sheet = form_chosen(meeting)
    if sheet is None or len(_brought(row)) < 2:
        raise Refusal("Two people or more finish first. Then there is something to agree on.")
    if form_in(sheet.form).item(item) is None or said not in set(core.Answer):
        raise Refusal("Choose one of the five answers to a question of the form.")
    text = written(reason, "reason", 600, required=True)
    last = Agreed.objects.filter(meeting=meeting, item=item).last()
    if last and (last.said, last.reason) == (said, text):
        return last
    return Agreed.objects.create(meeting=meeting, item=item, said=said, reason=text, by=by, at=at)


def room_of(meeting: Meeting, person: Person) -> Room:
    """What the person may see of it; at most five queries, however many take part."""
    sheet = form_chosen(meeting)
    if sheet is None:
        return Room(None, None, 0, 0, (), None)
    form, rows = form_in(sheet.form), list(Brought.objects.filter(_staying(meeting)).select_related("appraisal", "person"))
    own = next((row.appraisal for row in rows if row.person_id == person.pk), None)
    counted = [row for row in rows if _counts(row, meeting)]
    open_to = meeting.closed_at is not None or (own is not None and own.finished_at is not None)
    if not open_to or not counted:
        return Room(form, own, len(rows), len(counted), (), None)
    given = answers_by([row.appraisal for row in counted])
    answers = [(row.person.name or "A guest", given.get(row.appraisal_id, {})) for row in counted]
    said = [given_in(each) for _, each in answers]
    agreement = core.agree_all(said, [item.id for item in form.items]) if len(said) > 1 else None
    return Room(form, own, len(rows), len(counted), _asked(meeting, form, answers), agreement)


def form_chosen(meeting: Meeting) -> Sheet | None:
    """The form of a meeting; one query."""
    return Sheet.objects.select_related("form").filter(meeting=meeting).first()


def _asked(meeting: Meeting, form: core.Form, answers: Sequence[tuple[str, Mapping[str, Answer]]]) -> list[Asked]:
    agreed = {row.item: row for row in Agreed.objects.filter(meeting=meeting).select_related("by")}
    return [Asked(item, place, _shares(item.id, answers), agreed.get(item.id)) for place, item in enumerate(form.items, 1)]


def _shares(item: str, answers: Sequence[tuple[str, Mapping[str, Answer]]]) -> list[Share]:
    found: dict[core.Answer, list[Voice]] = {one: [] for one in core.Answer}
    for name, given in answers:
        if item in given:
            found[core.Answer(given[item].said)].append(Voice(name, given[item].note))
    return sorted((Share(one, voices) for one, voices in found.items() if voices), key=lambda share: -len(share.voices))


def _brought(meeting: Meeting) -> list[Brought]:
    rows = Brought.objects.filter(_staying(meeting)).select_related("appraisal")
    return [row for row in rows if _counts(row, meeting)]


def _staying(meeting: Meeting) -> Q:
    """Those who take part still: who said that they do not come takes their appraisal along."""
    return Q(meeting=meeting, person__in=Guest.objects.filter(meeting=meeting, left_at=None).values("person"))


def _counts(row: Brought, meeting: Meeting) -> bool:
    """Whether it was finished, and before the room was open to all."""
    done = row.appraisal.finished_at
    return done is not None and (meeting.closed_at is None or done <= meeting.closed_at)
