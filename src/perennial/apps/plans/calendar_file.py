"""A plan as a calendar file: sessions on their days, the days that were set for the rest, and the days on which hours are due."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from perennial.apps.notices.queries import CalendarEvent, calendar_file
from perennial.apps.plans.choices import LIBRARY
from perennial.apps.plans.outcome import Item, Outcome
from perennial.apps.plans.words import price_in_words
from perennial.core.values.words import ce_hours, time_in_words

NAME = "My renewal plan"
AHEAD = (7,)


def calendar_of(outcome: Outcome, *, owner: int, at: datetime, address: str) -> bytes:
    """The plan's days as iCalendar; the same course keeps its identity from one file to the next. `address`: of this site."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    return calendar_file(_events(outcome, f"plan-{owner}", host, at, address), name=NAME)


def _events(outcome: Outcome, prefix: str, host: str, at: datetime, address: str) -> Iterator[CalendarEvent]:
    for item in outcome.items:
        on = date.fromisoformat(item.on)
        yield CalendarEvent(
            uid=f"{prefix}-{item.id.replace(':', '-')}@{host}",
            title=item.title if item.fixed else f"Finish: {item.title}",
            starts=date.fromisoformat(item.starts) if item.starts else on,
            ends=on,
            stamp=at,
            text=_text(item),
            url=address + reverse("courses:course", args=[item.ref]) if item.kind == LIBRARY else item.url,
            alarms=AHEAD,
        )
    for judged in outcome.judged:
        due = date.fromisoformat(judged.due)
        yield CalendarEvent(uid=f"{prefix}-due-{judged.license}@{host}", title=f"{judged.name}: hours are due", starts=due, stamp=at)


def _text(item: Item) -> str:
    facts = [f"{ce_hours(Decimal(item.minutes) / 60)}, {price_in_words(item.price_cents)}, takes {time_in_words(item.takes)}."]
    facts += [f"{served.name}: {served.words}." for served in item.serves]
    facts += [] if item.fixed else ["It can be taken on any day; this one was set by the plan."]
    return "\n".join(facts)
