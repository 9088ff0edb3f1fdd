"""Hands waiting mail to the mail server: each is taken by one worker, marked the moment it is accepted, and kept until then.

What is promised, and what is not, stands in docs/algorithms/reminders.md.
"""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from perennial.apps.notices.models import Mail, MailState, Notice
from perennial.apps.notices.queries import unsubscribe_token

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)
MOST_ATTEMPTS = 40  # more than a week
PERMANENT = range(500, 600)
LONGEST_FAULT = 300

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a mail was not taken; `final`: it would be refused the next time too."""

    says: str
    final: bool


def deliver(*, worker: int, clock: Clock, ended: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, one mail after another, until nothing is or `ended` says so. Gives how many were accepted.

    The connection is open before a mail is taken, so that a mail is in doubt only while it is handed over.
    """
    accepted = 0
    connection = get_connection()
    try:
        while not ended() and Mail.objects.filter(state=MailState.WAITING, next_attempt_at__lte=clock()).exists():
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                postpone_all(fault=fault_in(error).says, at=clock())
                break
            mail = take(worker=worker, at=clock())
            if mail is None:
                break
            fault = hand_over(mail, connection)
            if fault is None:
                accepted += mark_sent(mail, at=clock())
                continue
            mark_fault(mail, fault, at=clock())
            connection.close()
            connection = get_connection()
    finally:
        connection.close()
    return accepted


@transaction.atomic
def take(*, worker: int, at: datetime) -> Mail | None:
    """The mail that is due first, now marked as this worker's; None where nothing is due. No two workers take the same."""
    due = Mail.objects.filter(state=MailState.WAITING, next_attempt_at__lte=at)
    mail = due.select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.state, mail.worker_id, mail.attempts = MailState.SENDING, worker, mail.attempts + 1
    mail.save(update_fields=["state", "worker_id", "attempts"])
    return mail


def hand_over(mail: Mail, connection: BaseEmailBackend) -> Fault | None:
    """Give one mail to the server; None where it was accepted."""
    try:
        connection.send_messages([message_of(mail)])
    except (smtplib.SMTPException, OSError, ValueError) as error:  # a text that cannot be sent is a ValueError
        return fault_in(error)
    except Exception as error:
        log.exception("Mail %d could not be handed over; it is tried again", mail.pk)
        return fault_in(error)
    return None


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The mail with the headers that let its reader end further mail with one press (RFC 8058)."""
    address = settings.SITE_ADDRESS + (mail.leave or reverse("notices:unsubscribe", args=[unsubscribe_token(mail.person_id)]))
    headers = {
        "Message-ID": mail.message_id,
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.recipient], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message


def fault_in(error: Exception) -> Fault:
    """What went wrong, in a line; final where the server refused the address or the text for good, or it cannot be written."""
    says = " ".join(str(error).split())
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
        says = "; ".join(f"{code} {_words(words)}" for code, words in answers)
        return Fault(says[:LONGEST_FAULT], all(code in PERMANENT for code, _ in answers))
    if isinstance(error, smtplib.SMTPDataError):
        return Fault(f"{error.smtp_code} {_words(error.smtp_error)}"[:LONGEST_FAULT], error.smtp_code in PERMANENT)
    final = isinstance(error, smtplib.SMTPNotSupportedError) or (isinstance(error, ValueError) and not isinstance(error, OSError))
    return Fault((says or type(error).__name__)[:LONGEST_FAULT], final)


def delay_after(attempts: int) -> timedelta:
    """How long a mail rests after so many attempts in vain: a minute, then twice as long each time, six hours at most."""
    doubled: timedelta = FIRST_DELAY * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_DELAY)


def mark_sent(mail: Mail, *, at: datetime) -> int:
    """Keep that the server accepted a mail; gives 1."""
    return Mail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=at, fault="", worker=None)


@transaction.atomic
def mark_fault(mail: Mail, fault: Fault, *, at: datetime) -> None:
    """Keep a mail for later; where it is refused for good, keep that and tell the person on the site, once per address."""
    row = Mail.objects.filter(pk=mail.pk)
    if not fault.final and mail.attempts < MOST_ATTEMPTS:
        row.update(state=MailState.WAITING, next_attempt_at=at + delay_after(mail.attempts), fault=fault.says, worker=None)
        return
    row.update(state=MailState.FAILED, fault=fault.says, worker=None)
    notice = Notice(
        person_id=mail.person_id,
        kind="mail",
        key=f"mail-refused-{mail.pk}",
        title="A mail to you could not be delivered",
        text=f"“{mail.subject}” to {mail.recipient} was refused: {fault.says}. Look whether your address is still right.",
        link=reverse("account_email"),
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


def postpone_all(*, fault: str, at: datetime) -> None:
    """The server cannot be reached: let all that is due rest as long as the first of it has earned, in one query."""
    due = Mail.objects.filter(state=MailState.WAITING, next_attempt_at__lte=at)
    attempts = due.values_list("attempts", flat=True).first()
    if attempts is not None:
        due.update(attempts=F("attempts") + 1, next_attempt_at=at + delay_after(attempts + 1), fault=fault)


def release(*, workers: list[int], at: datetime) -> int:
    """Let mail that dead workers held be sent again, under the same Message-ID. Gives how many were in doubt."""
    held = Mail.objects.filter(state=MailState.SENDING, worker__in=workers)
    return held.update(state=MailState.WAITING, worker=None, doubts=F("doubts") + 1, next_attempt_at=at)


def _words(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())
