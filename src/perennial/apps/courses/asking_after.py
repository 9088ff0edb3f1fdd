"""Tells people that something is to be answered after a course: once for each time it is due, and never what was stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.urls import reverse

from perennial.apps.courses.models import FollowUp
from perennial.apps.notices.queries import Choice, choices_of, unsubscribe_token
from perennial.apps.notices.services import Draft, post_all

BATCH = 200
KIND = "after-a-course"


@dataclass(frozen=True, slots=True)
class FollowUpMail:
    """What the templates of the mail read, as `mail`."""

    subject: str
    owner: str
    text: str
    act: str
    address: str
    choose: str


def tell_all(*, day: date, at: datetime, carry_on: Callable[[], bool] = lambda: True) -> int:
    """Tell everyone what is due by this day; gives how many were told. Safe to repeat and to break off at any moment.

    Where several times of one kind are due for a course, as after the site stood still, only the last is told of. Each batch is a
    transaction of its own with the same number of queries; `carry_on` is asked before each.
    """
    told, more = 0, True
    while more and carry_on():
        more, now = _tell_some(day, at)
        told += now
    return told


@transaction.atomic
def _tell_some(day: date, at: datetime) -> tuple[bool, int]:
    """Whether there may be more, and how many were told."""
    due = FollowUp.objects.filter(told_at=None, ended_at=None, due_on__lte=day, enrolment__person__is_active=True)
    due = due.select_for_update(of=("self",), skip_locked=True).select_related("enrolment__person", "enrolment__course")
    rows = list(due.defer("enrolment__course__data").order_by("due_on", "pk")[:BATCH])
    if not rows:
        return False, 0
    last = {(row.enrolment_id, row.kind): row for row in rows}
    choices = choices_of({row.enrolment.person_id for row in rows})
    drafts = [draft_of(row, choices[row.enrolment.person_id]) for row in last.values()]
    FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    post_all(drafts=drafts, at=at)
    return len(rows) == BATCH, len(drafts)


def draft_of(row: FollowUp, choice: Choice) -> Draft:
    """What is told, and, where its owner wants mail, as mail."""
    enrolment, key = row.enrolment, f"follow-up-{row.pk}"
    title, text, act = words_for(row)
    link = page_of(row)
    if not choice.by_mail:
        return Draft(enrolment.person_id, KIND, key, title, text, link)
    mail = FollowUpMail(
        subject=title,
        owner=str(enrolment.person),
        text=text,
        act=act,
        address=settings.SITE_ADDRESS + link,
        choose=settings.SITE_ADDRESS + reverse("notices:unsubscribe", args=[unsubscribe_token(enrolment.person_id)]),
    )
    plain, html = (get_template(f"courses/emails/follow_up.{kind}").render({"mail": mail}) for kind in ("txt", "html"))
    return Draft(enrolment.person_id, KIND, key, title, text, link, enrolment.person.email, title, plain, html)


def words_for(row: FollowUp) -> Sequence[str]:
    """Title, text and what to press. The words of commitments stay on the site."""
    course = row.enrolment.course.title
    if row.kind == FollowUp.Kind.COMMITMENTS:
        text = f"About {row.days} days ago you wrote down what you would do with this course. Say in one press how each went, or skip it."
        return f"How did it go? {course}", text, "Say how it went"
    text = "A few questions of the course, as you asked for. Nothing counts; you see at once what is right and why."
    return f"Questions again: {course}", text, "Answer the questions"


def page_of(row: FollowUp) -> str:
    """The page on which it is answered."""
    name = "commitments" if row.kind == FollowUp.Kind.COMMITMENTS else "recall"
    return reverse(f"courses:{name}", args=[row.enrolment.slug, row.enrolment.occurrence])
