"""Finds the licenses whose day draws near, and tells their owners what is missing: each step once, and nothing where nothing is.

The algorithm, with an example, stands in docs/algorithms/reminders.md.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from perennial.apps.licenses.queries import License, licenses_of_all, owners_between
from perennial.apps.notices.queries import STEPS, Choice, choices_of, unsubscribe_token
from perennial.apps.notices.services import Draft, post_all
from perennial.apps.standing.models import Reminder
from perennial.apps.standing.queries import LicenseStanding, core_license, rule_of, standings_of_all
from perennial.apps.standing.reminding_words import Lack, lack_of
from perennial.core.rules import credit_window
from perennial.core.values.words import day_in_words, listed

log = logging.getLogger(__name__)

BATCH = 200
ASK_STEP = 90
# Hours may be due up to a year and a day before the license itself ends.
FARTHEST = timedelta(days=max(STEPS) + 367)


@dataclass(frozen=True, slots=True)
class Told:
    """How a search went: licenses whose day draws near, how many of them were judged, how many reminders were given."""

    near: int
    judged: int
    given: int


@dataclass(frozen=True, slots=True)
class Near:
    """A license, its due day, the step it has reached, and the steps that were given for this day."""

    license: License
    due: date
    step: int
    given: frozenset[int]


@dataclass(frozen=True, slots=True)
class ReminderMail:
    """What the templates of the mail read, as `mail`."""

    lack: Lack
    owner: str
    on: str
    subject: str
    links: tuple[tuple[str, str], ...]
    steps: str
    choose: str


def step_reached(days_left: int, steps: Sequence[int]) -> int | None:
    """The step that a license has reached: the smallest with no fewer days than are left; None before the first and after the day."""
    return min((step for step in steps if 0 <= days_left <= step), default=None)


def remind_all(*, day: date, at: datetime, carry_on: Callable[[], bool] = lambda: True) -> Told:
    """Look at everyone's licenses and give the reminders that are due; safe to repeat and to break off at any moment.

    Works through people in batches, each with the same number of queries and a transaction of its own. `carry_on` is asked
    before each batch.
    """
    near = judged = given = after = 0
    last = day + FARTHEST
    while carry_on() and (people := owners_between(day, last, after=after, most=BATCH)):
        after = people[-1]
        choices = choices_of(people)
        found = list(_near(licenses_of_all(people, first=day, last=last), choices, day))
        wanted = [one for one in found if one.step not in one.given]
        near, judged = near + len(found), judged + len(wanted)
        given += give(wanted, choices, day=day, at=at) if wanted else 0
    return Told(near, judged, given)


def give(wanted: Sequence[Near], choices: dict[int, Choice], *, day: date, at: datetime) -> int:
    """Judge these licenses and tell of those that lack something: mark, notice and mail in one transaction. Gives how many."""
    reminders, drafts = [], []
    for one, standing in zip(wanted, judged_each([one.license for one in wanted], day), strict=True):
        lack = lack_of(standing, day=day) if standing else None
        step = _step_for(lack, one) if lack else None
        if standing is None or lack is None or step is None:
            continue
        key = f"reminder-{one.license.pk}-{one.due.isoformat()}-{step}"
        reminders.append(Reminder(license=one.license, due_on=one.due, step=step, kind=lack.kind, key=key, given_at=at))
        drafts.append(draft_of(lack, standing, choices[one.license.person_id], key=key, day=day))
    if reminders:
        with transaction.atomic():
            Reminder.objects.bulk_create(reminders, ignore_conflicts=True)
            post_all(drafts=drafts, at=at)
    return len(reminders)


def judged_each(licenses: Sequence[License], day: date) -> Sequence[LicenseStanding | None]:
    """Licenses judged on a day. One that cannot be judged is our bug: it is logged, stands as None, and holds back no other."""
    try:
        return standings_of_all(licenses, day=day)
    except DatabaseError:
        raise
    except Exception:
        if len(licenses) == 1:
            log.exception("License %d could not be judged; no reminder is given for it", licenses[0].pk)
            return [None]
        return [found for license in licenses for found in judged_each([license], day)]


def draft_of(lack: Lack, standing: LicenseStanding, choice: Choice, *, key: str, day: date) -> Draft:
    """The reminder as notice and, where its owner wants it, as mail."""
    license = standing.license
    title, link = lack.title, page_of(license)
    if not choice.by_mail:
        return Draft(license.person_id, "reminder", key, title, lack.text, link)
    mail = ReminderMail(
        lack=lack,
        owner=str(license.person),
        on=day_in_words(day),
        subject=title,
        links=tuple((words, settings.SITE_ADDRESS + path) for words, path in _links(license)),
        steps=listed(choice.steps),
        choose=settings.SITE_ADDRESS + reverse("notices:unsubscribe", args=[unsubscribe_token(license.person_id)]),
    )
    plain = get_template("standing/emails/reminder.txt").render({"mail": mail})
    html = get_template("standing/emails/reminder.html").render({"mail": mail})
    return Draft(license.person_id, "reminder", key, title, lack.text, link, license.person.email, title, plain, html)


def page_of(license: License) -> str:
    """The page that shows what a license needs."""
    return _page("portal:requirement", license.pk) or "/"


def _near(licenses: Sequence[License], choices: dict[int, Choice], day: date) -> Iterator[Near]:
    dues = {license.pk: due_of(license) for license in licenses}
    given: dict[tuple[int, date], set[int]] = {}
    for row in Reminder.objects.filter(license_id__in=list(dues)):
        given.setdefault((row.license_id, row.due_on), set()).add(row.step)
    for license in licenses:
        due = dues[license.pk]
        step = step_reached((due - day).days, choices[license.person_id].steps)
        if step is not None:
            yield Near(license, due, step, frozenset(given.get((license.pk, due), ())))


def due_of(license: License) -> date:
    """The day on which a license's hours are due; its last day where no rule tells another."""
    rule = rule_of(license)
    return credit_window(rule.file, core_license(license)).end if rule else license.expires_on


def _step_for(lack: Lack, one: Near) -> int | None:
    """The step that a reminder is given for: what only the board can settle is told once, at 90 days or at the first chance after."""
    if lack.kind != "ask":
        return one.step
    told = any(step <= ASK_STEP for step in one.given)
    return None if one.step > ASK_STEP or told else one.step


def _links(license: License) -> Iterator[tuple[str, str]]:
    named = (("Audit check", "standing:audit", license.pk), ("Plan the renewal", "plans:plan"), ("Look for a course", "courses:catalog"))
    yield "What this license needs", page_of(license)
    for words, name, *args in named:
        if path := _page(name, *args):
            yield words, path


def _page(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
