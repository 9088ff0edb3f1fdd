"""What can be done about what people are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from perennial.apps.accounts.queries import Person
from perennial.apps.notices.feeds import new_seed, token_of
from perennial.apps.notices.models import STEPS, Errand, Mail, MailState, Notice, Preferences

__all__ = [
    "Draft",
    "mark_errand",
    "notify",
    "open_feed",
    "post_all",
    "quiet_mail",
    "read_all",
    "read_notice",
    "revoke_feed",
    "save_choice",
]

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What is told to one person, once per `key`: on the site, and by mail where `subject` is given.

    `leave` is the path where its reader ends mails of this kind alone; without it, one press in a mail program ends all reminders.
    """

    person_id: int
    kind: str
    key: str
    title: str
    text: str
    link: str
    recipient: str = ""
    subject: str = ""
    plain: str = ""
    html: str = ""
    leave: str = ""


def notify(*, person: Person, kind: str, title: str, text: str, link: str, key: str) -> None:
    """Tell a person something on the site; the same key a second time changes nothing. `link` is a path of this site."""
    _tell([Draft(person.pk, kind, key, title, text, link)])


def post_all(*, drafts: Sequence[Draft], at: datetime) -> None:
    """Tell and post each draft; a key that was used before changes nothing. Runs in the caller's transaction, two queries."""
    _tell(drafts)
    mails = [
        Mail(
            person_id=draft.person_id,
            key=draft.key,
            message_id=message_id(draft.key),
            recipient=draft.recipient,
            subject=_one_line(draft.subject),
            text=draft.plain,
            html=draft.html,
            leave=_path(draft.leave),
            created_at=at,
            next_attempt_at=at,
        )
        for draft in drafts
        if draft.subject
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)


def message_id(key: str) -> str:
    """The same for the same key for good, so that a mail handed over twice can be known as one; tells nothing of the key."""
    digest = salted_hmac("perennial.notices.message-id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}>"


@transaction.atomic
def read_notice(*, notice: Notice, at: datetime) -> None:
    """Mark a notice as read; a second time changes nothing."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def read_all(*, person: Person, at: datetime) -> None:
    """Mark every notice of a person as read."""
    Notice.objects.filter(person=person, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def save_choice(*, person: Person, steps: Iterable[int], by_mail: bool) -> None:
    """Keep at which days before the due day a person wants to be told, and whether by mail; no step at all means quiet."""
    chosen = set(steps)
    values = {"steps": [step for step in STEPS if step in chosen], "by_mail": by_mail}
    Preferences.objects.update_or_create(person=person, defaults=values)


@transaction.atomic
def quiet_mail(*, person: Person) -> None:
    """Send this person no further reminders by mail, also not those that wait; the site still shows them."""
    Mail.objects.filter(person=person, state=MailState.WAITING).delete()
    Preferences.objects.update_or_create(person=person, defaults={"by_mail": False})


@transaction.atomic
def open_feed(*, person: Person) -> str:
    """Open a private calendar address, or make it anew: the one before opens nothing from now on. Gives its secret part."""
    row, _ = Preferences.objects.update_or_create(person=person, defaults={"feed_seed": new_seed()})
    return token_of(row.feed_seed or "")


@transaction.atomic
def revoke_feed(*, person: Person) -> None:
    """Close the private calendar address."""
    Preferences.objects.filter(person=person).update(feed_seed=None)


@transaction.atomic
def mark_errand(*, name: str, day: date) -> None:
    """Keep that daily work was done to the end for this day."""
    Errand.objects.update_or_create(name=name, defaults={"done_on": day})


def _tell(drafts: Iterable[Draft]) -> None:
    rows = [
        Notice(person_id=d.person_id, kind=d.kind, key=d.key, title=_one_line(d.title), text=d.text, link=_path(d.link)) for d in drafts
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"


def _path(link: str) -> str:
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("A notice leads to a page of this site: its link begins with one slash.")
    return link
