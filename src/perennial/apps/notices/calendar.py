"""Calendar files (RFC 5545): days and moments as events that any calendar program reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from perennial.core.values.late import late

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = late("icalendar")

PRODUCT = "-//Perennial//Continuing education//EN"
DAY = timedelta(days=1)
REFRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. `uid` stays the same from file to file, so that a calendar changes the event and makes no second one.

    `starts` is a day (an event of whole days; `ends` is then the last day, that day included) or an aware moment (`ends` is
    then the moment it is over; without it the event has no length). `alarms` are days before the start. `stamp` is the aware
    moment at which what the event says was found.
    """

    uid: str
    title: str
    starts: date | datetime
    stamp: datetime
    ends: date | datetime | None = None
    text: str = ""
    url: str = ""
    place: str = ""
    alarms: Sequence[int] = ()
    busy: bool = False


def calendar_file(events: Iterable[CalendarEvent], *, name: str) -> bytes:
    """The events as one calendar called `name`, in order of start and identity: the same events give the same bytes."""
    file = icalendar.Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add("name", name)
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", REFRESH)
    for event in sorted(events, key=lambda event: (event.starts.isoformat(), event.uid)):
        file.add_component(_component(event))
    return bytes(file.to_ical())


def _component(event: CalendarEvent) -> "icalendar.Event":
    found = icalendar.Event()
    found.add("uid", event.uid)
    found.add("dtstamp", event.stamp)
    found.add("last-modified", event.stamp)
    found.add("summary", event.title)
    found.add("dtstart", event.starts)
    if (end := _end(event)) is not None:
        found.add("dtend", end)
    for key, value in (("description", event.text), ("url", event.url), ("location", event.place)):
        if value:
            found.add(key, value)
    found.add("transp", "OPAQUE" if event.busy else "TRANSPARENT")
    for days in event.alarms:
        found.add_component(_alarm(days, event.title))
    return found


def _end(event: CalendarEvent) -> date | datetime | None:
    if isinstance(event.starts, datetime):
        return event.ends
    return (event.ends or event.starts) + DAY  # the file names the first day after the event


def _alarm(days: int, title: str) -> "icalendar.Alarm":
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -days * DAY)
    return alarm
