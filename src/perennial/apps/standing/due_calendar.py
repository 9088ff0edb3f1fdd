"""A person's due days as a calendar, each with what is missing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings

from perennial.apps.accounts.queries import Person
from perennial.apps.notices.queries import CalendarEvent, calendar_file, choice_of
from perennial.apps.standing.queries import LicenseStanding, standing_of
from perennial.apps.standing.reminding import page_of
from perennial.apps.standing.reminding_words import Lack, lack_of


def due_calendar(person: Person, *, day: date) -> bytes:
    """The due day of each license as an event of that day with alarms at the person's steps; the same on the whole day of asking."""
    steps = choice_of(person).steps
    return calendar_file(_events(standing_of(person, day=day), steps, day), name="Renewals")


def _events(standings: list[LicenseStanding], steps: tuple[int, ...], day: date) -> Iterator[CalendarEvent]:
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    stamp = datetime.combine(day, time(), tzinfo=UTC)
    for standing in standings:
        due = standing.answer.due if standing.answer else standing.license.expires_on
        lack = lack_of(standing, day=day)
        yield CalendarEvent(
            uid=f"license-{standing.license.pk}-{due.isoformat()}@{host}",
            title=f"{standing.name} due" + (f": {lack.headline}" if lack is not None and lack.kind == "missing" else ""),
            starts=due,
            stamp=stamp,
            text=_text(standing, lack, day),
            url=settings.SITE_ADDRESS + page_of(standing.license),
            alarms=steps if lack is not None else (),
        )


def _text(standing: LicenseStanding, lack: Lack | None, day: date) -> str:
    answer = standing.answer
    if lack is not None:
        says = lack.text
    elif answer is not None and answer.due < day:
        says = "This period has ended."
    elif answer is not None and not answer.owed:
        says = "No CE hours are owed at this renewal."
    else:
        says = "Nothing is missing."
    where = settings.SITE_ADDRESS + page_of(standing.license)
    return f"{says}\nWhat this license needs: {where}\nThe board has the last word."
