"""Reads what people are told and how they want it; offers calendar files to the areas above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import Case, Count, Min, Q, When

from perennial.apps.accounts.queries import Person
from perennial.apps.notices.calendar import CalendarEvent, calendar_file
from perennial.apps.notices.feeds import seed_in, token_of
from perennial.apps.notices.models import STEPS, Errand, Mail, MailState, Notice, Preferences, Worker
from perennial.tables import Prepared

__all__ = [
    "STEPS",
    "CalendarEvent",
    "Choice",
    "MailOverview",
    "Notice",
    "calendar_file",
    "choice_of",
    "choices_of",
    "errand_done_on",
    "export_of",
    "feed_token_of",
    "last_worker",
    "mail_overview",
    "mail_waits",
    "notices_of",
    "person_by_feed",
    "person_by_unsubscribe",
    "unread_count",
    "unsubscribe_token",
]

UNSUBSCRIBE = "perennial.notices.unsubscribe"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants: at which days before the due day to be told, and whether by mail as well."""

    steps: tuple[int, ...] = STEPS
    by_mail: bool = True


@dataclass(frozen=True, slots=True)
class MailOverview:
    """Mail that has not left: how much waits, since when, how much was tried in vain, and what failed for good."""

    waiting: int
    oldest_at: datetime | None
    retried: int
    failed: int
    doubted: int
    fault: str


def notices_of(person: Person, *, most: int = 100) -> Sequence[Notice]:
    """What a person was told, the unread first, then the latest first; one query."""
    unread_first = Case(When(read_at__isnull=True, then=0), default=1)
    return list(Notice.objects.filter(person=person).order_by(unread_first, "-created_at", "-pk")[:most])


_unread = Prepared(
    lambda person: (
        Notice.objects.filter(person_id=person, read_at__isnull=True).order_by().values("person_id").annotate(n=Count("pk")).values("n")
    )
)


def unread_count(person: Person) -> int:
    """How many notices a person has not read."""
    return _unread.number(person=person.pk)


def choice_of(person: Person) -> Choice:
    """What a person wants to be told."""
    return choices_of([person.pk])[person.pk]


def choices_of(people: Iterable[int]) -> dict[int, Choice]:
    """What each of these people wants to be told, by number; one query."""
    chosen = {pk: Choice() for pk in people}
    for row in Preferences.objects.filter(person_id__in=list(chosen)):
        chosen[row.person_id] = Choice(tuple(step for step in STEPS if step in row.steps), row.by_mail)
    return chosen


def feed_token_of(person: Person) -> str:
    """The secret part of a person's calendar address; empty where none is open."""
    seed = Preferences.objects.filter(person=person).values_list("feed_seed", flat=True).first()
    return token_of(seed) if seed else ""


def person_by_feed(token: str) -> Person | None:
    """Whose calendar an address opens, if it is open and its owner may sign in."""
    seed = seed_in(token)
    if not seed:
        return None
    found = Preferences.objects.select_related("person").filter(feed_seed=seed, person__is_active=True).first()
    return found.person if found else None


def unsubscribe_token(person_id: int) -> str:
    """What lets the reader of a mail choose what further mail comes, without signing in; it never lapses."""
    return signing.Signer(salt=UNSUBSCRIBE).sign(str(person_id)).replace(":", "~")


def person_by_unsubscribe(token: str) -> Person | None:
    """Whose mail this token is about."""
    try:
        pk = signing.Signer(salt=UNSUBSCRIBE).unsign(token.replace("~", ":"))
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=pk).first()


def mail_waits(*, at: datetime) -> bool:
    """Whether a mail is due."""
    return Mail.objects.filter(state=MailState.WAITING, next_attempt_at__lte=at).exists()


def mail_overview() -> MailOverview:
    """What waits and what failed, for whoever looks after the site."""
    unsent = Q(state__in=(MailState.WAITING, MailState.SENDING))
    counts = Mail.objects.exclude(state=MailState.SENT).aggregate(
        waiting=Count("pk", filter=unsent),
        oldest_at=Min("created_at", filter=unsent),
        retried=Count("pk", filter=unsent & Q(attempts__gt=0)),
        failed=Count("pk", filter=Q(state=MailState.FAILED)),
    )
    last = Mail.objects.filter(unsent).exclude(fault="").order_by("-pk").values_list("fault", flat=True).first()
    return MailOverview(**counts, doubted=Mail.objects.filter(doubts__gt=0).count(), fault=last or "")


def last_worker() -> Worker | None:
    """The background worker that was seen last; `ended_at` tells whether it took its leave."""
    return Worker.objects.order_by("-seen_at", "-pk").first()


def errand_done_on(name: str) -> date | None:
    """The last day on which daily work was done to the end."""
    return Errand.objects.filter(name=name).values_list("done_on", flat=True).first()


def export_of(person: Person) -> dict[str, Any]:
    """Everything this area keeps of a person, as plain values: notices, mails with when they left, and what was chosen."""
    choice = choice_of(person)
    moments = ("created_at", "sent_at")
    mails = Mail.objects.filter(person=person).order_by("pk")
    return {
        "notices": [
            {
                **{name: getattr(row, name) for name in ("kind", "title", "text", "link")},
                **{name: value.isoformat() if (value := getattr(row, name)) else None for name in ("created_at", "read_at")},
            }
            for row in Notice.objects.filter(person=person).order_by("pk")
        ],
        "mails": [
            {
                **{name: getattr(row, name) for name in ("recipient", "subject", "text", "state", "message_id")},
                **{name: value.isoformat() if (value := getattr(row, name)) else None for name in moments},
            }
            for row in mails
        ],
        "reminders": {"days_before": list(choice.steps), "by_mail": choice.by_mail, "calendar_address": bool(feed_token_of(person))},
    }
